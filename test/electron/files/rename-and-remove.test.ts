import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  removeFile,
  renameFile,
  renameFileAsync,
  tryToRemoveFile,
  tryToRemoveFileAsync,
  tryToRenameFile,
} from '../../../electron/files/rename-and-remove.ts';
import { holdFiles } from '../../support/builtin-fs.ts';

function aFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-held-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [from, to] = [join(folder, 'new'), join(folder, 'old')];
  writeFileSync(from, 'new');
  writeFileSync(to, 'old');
  return { from, to, isHeld: (path: string) => path === to };
}

const thrownBy = (run: () => void): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe.each(['EBUSY', 'EPERM', 'EACCES'] as const)(
  '[row 170] a file that is held: %s',
  (code) => {
    test('is replaced when it is free again', () => {
      const { from, to, isHeld } = aFolder();
      const held = holdFiles(isHeld, { times: 3, code });
      renameFile(from, to);
      expect(held.refusals()).toBe(3);
      expect(readFileSync(to, 'utf8')).toBe('new');
      expect(existsSync(from)).toBe(false);
    });

    test('is replaced while other work goes on', async () => {
      const { from, to, isHeld } = aFolder();
      const held = holdFiles(isHeld, { times: 2, code });
      await renameFileAsync(from, to);
      expect(held.refusals()).toBe(2);
      expect(held.waitedMs()).toBe(0);
      expect(readFileSync(to, 'utf8')).toBe('new');
    });

    test('is removed when it is free again', async () => {
      const { to, from, isHeld } = aFolder();
      holdFiles(isHeld, { times: 3, code });
      removeFile(to);
      expect(existsSync(to)).toBe(false);
      holdFiles((path) => path === from, { times: 2, code });
      expect(await tryToRemoveFileAsync(from)).toBe(true);
      expect(existsSync(from)).toBe(false);
    });

    test('is given up after one to two seconds, with nothing changed', () => {
      const { from, to, isHeld } = aFolder();
      const held = holdFiles(isHeld, { code });
      expect(thrownBy(() => renameFile(from, to))).toMatchObject({ code });
      expect(held.waitedMs()).toBeGreaterThanOrEqual(1_000);
      expect(held.waitedMs()).toBeLessThanOrEqual(2_000);
      expect(tryToRemoveFile(to)).toBe(false);
      expect([from, to].map((path) => readFileSync(path, 'utf8'))).toEqual(['new', 'old']);
    });

    test('is left at once where nobody may wait', () => {
      const { from, to, isHeld } = aFolder();
      const held = holdFiles(isHeld, { code });
      expect(tryToRenameFile(from, to)).toBe(false);
      expect(held.waitedMs()).toBe(0);
    });
  },
);

test('[row 170] what no waiting helps is said at once', () => {
  const { from } = aFolder();
  const held = holdFiles(() => false);
  const missing = join(from, 'under a file');
  expect(thrownBy(() => renameFile(missing, from))).toMatchObject({ syscall: 'rename' });
  expect(held.waitedMs()).toBe(0);
});

test('[row 170] a file that is not there is removed already', async () => {
  const { from } = aFolder();
  removeFile(`${from}-none`);
  expect(tryToRemoveFile(`${from}-none`)).toBe(true);
  expect(await tryToRemoveFileAsync(`${from}-none`)).toBe(true);
});

/** Opens a file as a scanner does: others may read and write it, and nobody may rename, replace or remove it. */
function holdOnWindows(path: string) {
  // SQLite shares its handles for reading and writing, not for deleting (winOpen in os_win.c).
  const handle = new Database(path);
  expect(thrownBy(() => handle.pragma('user_version'))).toMatchObject({ code: 'SQLITE_NOTADB' });
  onTestFinished(() => void handle.close());
  return { letGo: () => void handle.close() };
}

describe.runIf(process.platform === 'win32')(
  '[row 170] a file that a program of Windows holds',
  () => {
    test('is replaced as soon as the program lets go', async () => {
      const { from, to } = aFolder();
      const { letGo } = holdOnWindows(to);
      expect(tryToRenameFile(from, to)).toBe(false);
      setImmediate(letGo);
      await renameFileAsync(from, to);
      expect(readFileSync(to, 'utf8')).toBe('new');
    });

    test('stays when it does not', () => {
      const { from, to } = aFolder();
      holdOnWindows(to);
      expect(thrownBy(() => renameFile(from, to))).toMatchObject({ syscall: 'rename' });
      expect(tryToRemoveFile(to)).toBe(false);
      expect(readFileSync(to, 'utf8')).toBe('old');
    });
  },
);
