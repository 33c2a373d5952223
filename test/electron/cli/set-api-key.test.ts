import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { KeyWriting } from '../../../electron/os/api-key.ts';
import type { InputSource } from '../../../electron/cli/read-input.ts';
import { setApiKey } from '../../../electron/cli/set-api-key.ts';
import { SECOND_MS } from '../../../shared/time.ts';
import { holdFiles } from '../../support/builtin-fs.ts';
import { createFakeClock } from '../../support/clock.ts';

function aRollOut(source: InputSource, written: KeyWriting = { kind: 'done' }) {
  const said: string[] = [];
  const saved: string[] = [];
  const clock = createFakeClock(0);
  const code = setApiKey({
    managed: { kind: 'read', settings: {}, file: null, authorities: [] },
    source,
    clock,
    say: (line) => said.push(line),
    openApiKey: () => ({
      read: async () => ({ kind: 'absent' }),
      save: async (key) => {
        if (written.kind === 'done') saved.push(key);
        return written;
      },
      remove: async () => ({ kind: 'done' }),
    }),
  });
  return { code, said, saved, clock };
}

function aFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'key.txt');
  writeFileSync(path, text);
  return path;
}

describe('[row 172] --set-api-key=<file>', () => {
  test('stores the key and deletes the file', async () => {
    const path = aFile('made-up-key\r\n');
    const { code, saved, said } = aRollOut({ kind: 'file', path });
    expect(await code).toBe(0);
    expect(saved).toEqual(['made-up-key']);
    expect(existsSync(path)).toBe(false);
    expect(said).toEqual(['The key for api.partoo.co is stored.']);
  });

  test.each([
    ['two words', 'two words', undefined],
    ['nothing', '', undefined],
    ['a key, but the keychain is locked', 'made-up-key', 'timeout'],
  ] as const)('keeps a file with %s', async (_title, text, why) => {
    const path = aFile(text);
    const written = why === undefined ? undefined : ({ kind: 'unavailable', why } as const);
    const { code, saved, said } = aRollOut({ kind: 'file', path }, written);
    expect(await code).toBe(1);
    expect(saved).toEqual([]);
    expect(existsSync(path)).toBe(true);
    expect(said.join('\n')).toMatch(/^No key was stored: /);
  });

  test('reports a file that does not exist', async () => {
    const path = `${aFile('x')}-none`;
    const { code, said } = aRollOut({ kind: 'file', path });
    expect(await code).toBe(1);
    expect(said).toEqual([`No key was stored: ${path} cannot be read (ENOENT).`]);
  });

  test('reports that the file could not be deleted, and that the key is stored', async () => {
    const path = aFile('made-up-key');
    holdFiles((name) => name === path, { code: 'EPERM' });
    const { code, saved, said } = aRollOut({ kind: 'file', path });
    expect(await code).toBe(1);
    expect(saved).toEqual(['made-up-key']);
    expect(said.at(-1)).toBe(`${path} still holds it and cannot be deleted: delete it.`);
  });
});

describe('[row 172] standard input that may never end, as on Windows,', () => {
  test('is read normally when it ends', async () => {
    const stream = Readable.from([Buffer.from('made-up-key\n')]);
    const { code, saved } = aRollOut({ kind: 'stream', stream, mayHang: true });
    expect(await code).toBe(0);
    expect(saved).toEqual(['made-up-key']);
  });

  test('is read for ten seconds at most', async () => {
    const stream = new PassThrough();
    const { code, clock, saved, said } = aRollOut({ kind: 'stream', stream, mayHang: true });
    await clock.advance(10 * SECOND_MS);
    expect(await code).toBe(1);
    expect(saved).toEqual([]);
    expect(said).toEqual([
      'No key was stored: standard input did not end within ten seconds: use --set-api-key=<file>.',
    ]);
  });

  test('is reported as closed when nothing was passed', async () => {
    const stream = new Readable({
      read() {
        this.destroy(Object.assign(new Error('bad file descriptor'), { code: 'EBADF' }));
      },
    });
    const { code, said } = aRollOut({ kind: 'stream', stream, mayHang: true });
    expect(await code).toBe(1);
    expect(said).toEqual(['No key was stored: standard input cannot be read (EBADF).']);
  });
});
