import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareFolder } from '../../../build/setup/prepare.mjs';

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'deskbell-prepare-'));
  folder = join(parent, 'electron');
});
afterEach(() => rm(parent, { recursive: true }));

/** The id of a process that has certainly ended. */
const endedProcess = () => spawnSync(process.execPath, ['-e', '']).pid;

test('a folder appears only when it is complete', async () => {
  await prepareFolder(folder, async (part) => {
    await writeFile(join(part, 'a'), 'a');
    expect(await readdir(parent)).not.toContain('electron');
  });
  expect(await readdir(folder)).toEqual(['a']);
});

test('a failed fill leaves no folder', async () => {
  const failure = new Error('no network');
  const attempt = prepareFolder(folder, () => Promise.reject(failure));
  await expect(attempt).rejects.toBe(failure);
  expect(await readdir(parent)).toEqual([]);
});

test('removes the leftovers of an interrupted run, and keeps those of a running one', async () => {
  await mkdir(join(parent, `electron.${String(endedProcess())}.part`, 'half'), { recursive: true });
  await mkdir(join(parent, `electron.${String(process.ppid)}.part`));
  await prepareFolder(folder, () => Promise.resolve());
  expect((await readdir(parent)).toSorted()).toEqual([
    'electron',
    `electron.${String(process.ppid)}.part`,
  ]);
});

test('the first of two that make the same folder wins', async () => {
  await prepareFolder(folder, async (part) => {
    await mkdir(folder);
    await writeFile(join(folder, 'whose'), 'theirs');
    await writeFile(join(part, 'whose'), 'ours');
  });
  expect(await readFile(join(folder, 'whose'), 'utf8')).toBe('theirs');
  expect(await readdir(parent)).toEqual(['electron']);
});
