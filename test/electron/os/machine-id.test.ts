import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { readMachine, type MachineParts } from '../../../electron/os/machine-id.ts';

test.runIf(process.platform === 'linux')(
  '[row 63] the id of a PC is a hash that reveals nothing else',
  async () => {
    const machine = await readMachine();
    expect(machine?.id).toMatch(/^[\da-f]{64}$/);
    expect(await readMachine()).toEqual(machine);
    expect(JSON.stringify(machine)).not.toContain(readFileSync('/etc/machine-id', 'utf8').trim());
    expect(JSON.stringify(machine)).not.toContain(hostname());
  },
);

const ID = '0123456789abcdef0123456789abcdef';
const GUID = '6f9619ff-8b86-d011-b42d-00c04fc964ff';
const UUID = '564D9B4D-0A7B-5C2F-8E1D-9A0B1C2D3E4F';

/** A PC of each system, as its own programs report it. */
const SYSTEMS = [
  ['linux', ID, { readText: async () => `${ID}\n` }],
  [
    'win32',
    GUID,
    {
      run: async (_file: string, args: readonly string[]) =>
        args.includes('MachineGuid')
          ? `\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\r\n    MachineGuid    REG_SZ    ${GUID}\r\n\r\n`
          : '',
    },
  ],
  [
    'darwin',
    UUID,
    {
      run: async () =>
        `+-o J316  <class IOPlatformExpertDevice>\n    {\n      "IOPlatformUUID" = "${UUID}"\n    }\n`,
    },
  ],
] as const;

function aPc(platform: NodeJS.Platform, parts: Partial<MachineParts>): MachineParts {
  const missing = async () => Promise.reject(new Error('not on this PC'));
  return { platform, hostname: () => 'RECEPTION-1', run: missing, readText: missing, ...parts };
}

test.each(SYSTEMS)(
  '[row 134] a PC (%s) with another name keeps its id, and another machine id is another PC',
  async (platform, id, parts) => {
    const before = await readMachine(aPc(platform, parts));
    const renamed = await readMachine({
      ...aPc(platform, parts),
      hostname: () => 'FRONT-DESK',
    });
    expect(before?.id).toMatch(/^[\da-f]{64}$/);
    expect(renamed?.id).toBe(before?.id);
    expect(before?.id).not.toContain(id);
    const other = {
      readText: async () => 'f'.repeat(32),
      run: async () => '"IOPlatformUUID" = "f"',
    };
    if (platform !== 'win32')
      expect((await readMachine(aPc(platform, other)))?.id).not.toBe(before?.id);
  },
);

test.each(SYSTEMS)(
  '[row 134] recognises the id of earlier versions (%s)',
  async (platform, id, parts) => {
    const machine = await readMachine(aPc(platform, parts));
    const name = platform === 'darwin' ? '' : 'RECEPTION-1';
    const former = createHash('sha256').update(`deskbell ${id} ${name}`).digest('hex');
    expect(machine?.formerIds).toEqual([former]);
  },
);

test('[row 134] an image that was never started has no id yet', async () => {
  const parts = { readText: async () => 'uninitialized\n' };
  expect(await readMachine(aPc('linux', parts))).toBeUndefined();
});

// These programs may be missing or forbidden on a locked-down PC.
test.each(['win32', 'darwin', 'linux'] as const)(
  '[row 63] a PC without a readable id (%s) has none, and nothing fails',
  async (platform) => {
    expect(await readMachine(aPc(platform, {}))).toBeUndefined();
  },
);
