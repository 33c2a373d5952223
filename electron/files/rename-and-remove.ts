import { renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { rename, unlink } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Windows' errors for a file that a virus scanner, an indexer or a backup program has open, usually for moments. */
const HELD: readonly unknown[] = ['EBUSY', 'EPERM', 'EACCES'];

/** A second and a half in all; most programs hold a file for some hundredths of a second. */
const PAUSES_MS = [10, 20, 40, 80, 150, 300, 400, 500] as const;

/**
 * Renames a file, replacing an existing one. Retries for a second and a half while another program holds either file,
 * and blocks the process during that time. Throws the last error then, and any other error at once.
 */
export function renameFile(from: string, to: string): void {
  patiently(() => renameSync(from, to));
}

/** Removes a file with the same retries; a missing file counts as removed. Throws file system errors. */
export function removeFile(path: string): void {
  patiently(() => unlinkIfThere(path));
}

/** Removes an empty folder with the same retries. Throws file system errors. */
export function removeFolder(path: string): void {
  patiently(() => rmdirSync(path));
}

/** Removes a file that may also stay until the next time. Returns whether it is gone. */
export function tryToRemoveFile(path: string): boolean {
  try {
    removeFile(path);
    return true;
  } catch (error) {
    if (!isOfTheFileSystem(error)) throw error;
    return false;
  }
}

/** Renames a file if no other program holds it at this moment. Returns whether it was renamed. */
export function tryToRenameFile(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (!isOfTheFileSystem(error)) throw error;
    return false;
  }
}

/** `renameFile` without blocking the process. */
export async function renameFileAsync(from: string, to: string): Promise<void> {
  await patientlyAsync(() => rename(from, to));
}

/** `tryToRemoveFile` without blocking the process. */
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

/** Blocks this thread, because no other work may run while the database is closed or replaced. */
function stand(forMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function isOfTheFileSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
