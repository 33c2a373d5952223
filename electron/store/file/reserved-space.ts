import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { tryToRemoveFile } from '../../files/rename-and-remove.ts';
import type { Store } from '../store.ts';
import { classifyStorageError } from './storage-errors.ts';

/** Space for some dozens of results, each with the pages that it changes. */
const BALLAST_BYTES = 256 * 1024;

/**
 * Wraps the store with reserved space: on a full disk no new work begins, but Partoo's answers are still recorded. The
 * reserved space is a file that is then deleted, and created again at a start with enough room.
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
      // Not zeros: some file systems allocate no space for those.
      writeSync(file, Buffer.alloc(BALLAST_BYTES, 'Deskbell'));
    } finally {
      closeSync(file);
    }
  } catch {
    // The disk has no room for the reserved space.
    tryToRemoveFile(path);
  }
}
