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

describe.each(['EBUSY', 'EPERM', 'EACCES'] as const)('[row 170] a locked file: %s', (code) => {
  test('is replaced when it is unlocked', () => {
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

  test('is removed when it is unlocked', async () => {
    const { to, from, isHeld } = aFolder();
    holdFiles(isHeld, { times: 3, code });
    removeFile(to);
    expect(existsSync(to)).toBe(false);
    holdFiles((path) => path === from, { times: 2, code });
    expect(await tryToRemoveFileAsync(from)).toBe(true);
    expect(existsSync(from)).toBe(false);
  });

  test('is given up after one to two seconds, unchanged', () => {
    const { from, to, isHeld } = aFolder();
    const held = holdFiles(isHeld, { code });
    expect(thrownBy(() => renameFile(from, to))).toMatchObject({ code });
    expect(held.waitedMs()).toBeGreaterThanOrEqual(1_000);
    expect(held.waitedMs()).toBeLessThanOrEqual(2_000);
    expect(tryToRemoveFile(to)).toBe(false);
    expect([from, to].map((path) => readFileSync(path, 'utf8'))).toEqual(['new', 'old']);
  });

  test('fails at once where waiting is not allowed', () => {
    const { from, to, isHeld } = aFolder();
    const held = holdFiles(isHeld, { code });
    expect(tryToRenameFile(from, to)).toBe(false);
    expect(held.waitedMs()).toBe(0);
  });
});

test('[row 170] reports at once an error that waiting cannot solve', () => {
  const { from } = aFolder();
  const held = holdFiles(() => false);
  const missing = join(from, 'under a file');
  expect(thrownBy(() => renameFile(missing, from))).toMatchObject({ syscall: 'rename' });
  expect(held.waitedMs()).toBe(0);
});

test('[row 170] removing a file that does not exist succeeds', async () => {
  const { from } = aFolder();
  removeFile(`${from}-none`);
  expect(tryToRemoveFile(`${from}-none`)).toBe(true);
  expect(await tryToRemoveFileAsync(`${from}-none`)).toBe(true);
});

/** Opens a file as a scanner does: others may read and write it, but not rename, replace or remove it. */
function holdOnWindows(path: string) {
  // SQLite shares its handles for reading and writing, not for deleting (winOpen in os_win.c).
  const handle = new Database(path);
  expect(thrownBy(() => handle.pragma('user_version'))).toMatchObject({ code: 'SQLITE_NOTADB' });
  onTestFinished(() => void handle.close());
  return { letGo: () => void handle.close() };
}

describe.runIf(process.platform === 'win32')('[row 170] a file locked by a Windows program', () => {
  test('is replaced as soon as the program releases it', async () => {
    const { from, to } = aFolder();
    const { letGo } = holdOnWindows(to);
    expect(tryToRenameFile(from, to)).toBe(false);
    setImmediate(letGo);
    await renameFileAsync(from, to);
    expect(readFileSync(to, 'utf8')).toBe('new');
  });

  test('stays when the program does not release it', () => {
    const { from, to } = aFolder();
    holdOnWindows(to);
    expect(thrownBy(() => renameFile(from, to))).toMatchObject({ syscall: 'rename' });
    expect(tryToRemoveFile(to)).toBe(false);
    expect(readFileSync(to, 'utf8')).toBe('old');
  });
});
