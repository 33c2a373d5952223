import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  removeFile,
  renameFile,
  renameFileAsync,
  tryToRemoveFile,
  tryToRemoveFileAsync,
  tryToRenameFile,
} from '../../../electron/os/held-files.ts';
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

/** Opens a file as a scanner does, so that nobody else may change it, until the process is ended by the caller. */
async function holdOnWindows(path: string) {
  const script = `$f = [IO.File]::Open('${path}', 'Open', 'Read', 'Read'); 'held'; [Console]::In.ReadLine(); $f.Close()`;
  const child = spawn('powershell.exe', ['-NoProfile', '-Command', script]);
  onTestFinished(() => void child.kill());
  await once(child.stdout, 'data');
  return {
    letGoSoon: () => child.stdin.end('\n'),
  };
}

describe.runIf(process.platform === 'win32')(
  '[row 170] a file that a program of Windows holds',
  () => {
    test('is replaced as soon as the program lets go', async () => {
      const { from, to } = aFolder();
      const { letGoSoon } = await holdOnWindows(to);
      expect(tryToRenameFile(from, to)).toBe(false);
      letGoSoon();
      await renameFileAsync(from, to);
      expect(readFileSync(to, 'utf8')).toBe('new');
    });

    test('stays when it does not', async () => {
      const { from, to } = aFolder();
      await holdOnWindows(to);
      expect(thrownBy(() => renameFile(from, to))).toMatchObject({ syscall: 'rename' });
      expect(tryToRemoveFile(to)).toBe(false);
      expect(readFileSync(to, 'utf8')).toBe('old');
    });
  },
);
