import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { tryToRemoveFile } from '../../files/rename-and-remove.ts';
import type { Store } from '../store.ts';
import { classifyStorageError } from './storage-errors.ts';

/** Room for some dozens of results, each with the pages that it touches. */
const BALLAST_BYTES = 256 * 1024;

/**
 * The log with some room kept free for it: on a full disk nothing new can be begun, but what Partoo has answered is still
 * written down. The ballast is a file that is thrown away then, and made anew at a start that finds room.
 */
export function withReservedSpace(store: Store, path: string): Store {
  load(path);
  return {
    ...store,
    recordAttempt: (...args) => {
      try {
        return store.recordAttempt(...args);
      } catch (error) {
        if (classifyStorageError(error) !== 'full' || !existsSync(path)) throw error;
        if (!tryToRemoveFile(path)) throw error;
        return store.recordAttempt(...args);
      }
    },
  };
}

function load(path: string): void {
  if (existsSync(path)) return;
  try {
    const file = openSync(path, 'wx', 0o600);
    try {
      // Not zeros: some file systems keep no room for those.
      writeSync(file, Buffer.alloc(BALLAST_BYTES, 'Deskbell'));
    } finally {
      closeSync(file);
    }
  } catch {
    // There is no room to keep free.
    tryToRemoveFile(path);
  }
}
