// Creates folders completely or not at all.
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isRunning } from './lock.mjs';

const SCRATCH = /\.(?<pid>\d+)\.part$/;

/** @param {string} parent */
const sweep = async (parent) => {
  for (const entry of await readdir(parent)) {
    const pid = SCRATCH.exec(entry)?.groups?.['pid'];
    if (pid !== undefined && !isRunning(Number(pid))) {
      await rm(path.join(parent, entry), { recursive: true, force: true });
    }
  }
};

/**
 * Runs `work` with an empty folder beside `folder`, and removes it afterwards, with those of interrupted runs.
 *
 * @param {string} folder
 * @param {(scratch: string) => Promise<void>} work
 * @returns {Promise<void>}
 */
export const withScratch = async (folder, work) => {
  await mkdir(path.dirname(folder), { recursive: true });
  await sweep(path.dirname(folder));
  const scratch = `${folder}.${process.pid}.part`;
  await mkdir(scratch);
  try {
    await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

/**
 * Makes a folder that is either complete or absent: `fill` writes into a folder beside it. If two runs make the same
 * folder, the first one stays.
 *
 * @param {string} folder
 * @param {(part: string) => Promise<void>} fill
 * @returns {Promise<void>}
 */
export const prepareFolder = (folder, fill) =>
  withScratch(folder, async (scratch) => {
    await fill(scratch);
    try {
      await rename(scratch, folder);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    }
  });
