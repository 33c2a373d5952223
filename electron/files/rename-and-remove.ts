import { renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { rename, unlink } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** What Windows says of a file that a virus scanner, an indexer or a backup program has open: for moments, as a rule. */
const HELD: readonly unknown[] = ['EBUSY', 'EPERM', 'EACCES'];

/** A second and a half in all; most hold a file for some hundredths of a second. */
const PAUSES_MS = [10, 20, 40, 80, 150, 300, 400, 500] as const;

/**
 * Renames a file, over one that is there already. While another program holds either of them it is tried again for a second
 * and a half, in which the process stands still. Throws what the file system says then, and anything else at once.
 */
export function renameFile(from: string, to: string): void {
  patiently(() => renameSync(from, to));
}

/** Removes a file, as patiently; one that is not there is removed already. Throws what the file system throws. */
export function removeFile(path: string): void {
  patiently(() => unlinkIfThere(path));
}

/** Removes an empty folder, as patiently. Throws what the file system throws. */
export function removeFolder(path: string): void {
  patiently(() => rmdirSync(path));
}

/** Removes a file that may also stay until the next time. Tells whether it is gone. */
export function tryToRemoveFile(path: string): boolean {
  try {
    removeFile(path);
    return true;
  } catch (error) {
    if (!isOfTheFileSystem(error)) throw error;
    return false;
  }
}

/** Renames a file if nobody holds it at this moment. Tells whether it has. */
export function tryToRenameFile(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (!isOfTheFileSystem(error)) throw error;
    return false;
  }
}

/** `renameFile` while other work goes on. */
export async function renameFileAsync(from: string, to: string): Promise<void> {
  await patientlyAsync(() => rename(from, to));
}

/** `tryToRemoveFile` while other work goes on. */
export async function tryToRemoveFileAsync(path: string): Promise<boolean> {
  try {
    await patientlyAsync(() => unlink(path));
    return true;
  } catch (error) {
    if (!isOfTheFileSystem(error)) throw error;
    return codeOf(error) === 'ENOENT';
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function patiently(change: () => void): void {
  for (const forMs of PAUSES_MS) {
    try {
      return change();
    } catch (error) {
      if (!isHeld(error)) throw error;
    }
    stand(forMs);
  }
  change();
}

async function patientlyAsync(change: () => Promise<void>): Promise<void> {
  for (const forMs of PAUSES_MS) {
    try {
      return await change();
    } catch (error) {
      if (!isHeld(error)) throw error;
    }
    await pause(forMs);
  }
  await change();
}

function isHeld(error: unknown): boolean {
  return HELD.includes(codeOf(error));
}

/** Blocks this thread: what closes or replaces the log must not be overtaken by other work. */
function stand(forMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function isOfTheFileSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
