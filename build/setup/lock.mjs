import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { recall } from './cache.mjs';

const POLL_MS = 200;

/**
 * @param {number} pid
 * @returns {boolean}
 */
export const isRunning = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // it belongs to another user
  }
};

/**
 * Claims the lock file for this process.
 *
 * @param {string} lock
 * @returns {Promise<boolean>} false when a running process has it
 */
const claim = async (lock) => {
  const mine = `${lock}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    await link(mine, lock); // unlike a write, a link never creates an empty lock
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(mine);
  }
  const holder = recall(lock);
  if (holder !== undefined && isRunning(Number(holder))) return false;
  await rm(lock, { force: true }); // its process ended without removing it
  return claim(lock);
};

/**
 * Runs `work` in one process at a time; the others wait.
 *
 * @template T
 * @param {string} lock a file
 * @param {{ readonly say: (line: string) => void, readonly signal: AbortSignal }} parts
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const inTurn = async (lock, { say, signal }, work) => {
  await mkdir(path.dirname(lock), { recursive: true });
  if (!(await claim(lock))) {
    say(`Waiting for another run in this folder to finish its set-up (${lock})`);
    do await pause(POLL_MS, undefined, { signal });
    while (!(await claim(lock)));
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
};
