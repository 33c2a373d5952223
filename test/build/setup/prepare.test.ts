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

/** The id of a process that is certainly over. */
const endedProcess = () => spawnSync(process.execPath, ['-e', '']).pid;

test('a folder appears complete', async () => {
  await prepareFolder(folder, async (part) => {
    await writeFile(join(part, 'a'), 'a');
    expect(await readdir(parent)).not.toContain('electron');
  });
  expect(await readdir(folder)).toEqual(['a']);
});

test('a folder that could not be filled leaves nothing', async () => {
  const failure = new Error('no network');
  const attempt = prepareFolder(folder, () => Promise.reject(failure));
  await expect(attempt).rejects.toBe(failure);
  expect(await readdir(parent)).toEqual([]);
});

test('what an interrupted run left is removed, what a running one fills is not', async () => {
  await mkdir(join(parent, `electron.${String(endedProcess())}.part`, 'half'), { recursive: true });
  await mkdir(join(parent, `electron.${String(process.ppid)}.part`));
  await prepareFolder(folder, () => Promise.resolve());
  expect((await readdir(parent)).toSorted()).toEqual([
    'electron',
    `electron.${String(process.ppid)}.part`,
  ]);
});

test('the first of two that make the same folder stays', async () => {
  await prepareFolder(folder, async (part) => {
    await mkdir(folder);
    await writeFile(join(folder, 'whose'), 'theirs');
    await writeFile(join(part, 'whose'), 'ours');
  });
  expect(await readFile(join(folder, 'whose'), 'utf8')).toBe('theirs');
  expect(await readdir(parent)).toEqual(['electron']);
});
