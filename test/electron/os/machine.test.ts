import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { readMachine } from '../../../electron/os/machine.ts';

test.runIf(process.platform === 'linux')(
  '[row 63] a PC is told from others by a hash that says nothing else of it',
  async () => {
    const machine = await readMachine();
    expect(machine).toMatch(/^[\da-f]{64}$/);
    expect(await readMachine()).toBe(machine);
    expect(machine).not.toContain(readFileSync('/etc/machine-id', 'utf8').trim());
    expect(machine).not.toContain(hostname());
  },
);

// The programs that are asked there are not here, as they may be missing or forbidden on a locked-down PC.
test.runIf(process.platform === 'linux').each(['win32', 'darwin'] as const)(
  '[row 63] a PC that does not tell its id (%s) is not told apart, and nothing fails',
  async (platform) => {
    expect(await readMachine(platform)).toBeUndefined();
  },
);
