import { existsSync, statSync } from 'node:fs';
import type { EpochMs } from '../../../shared/time.ts';
import { renameFile } from '../../files/rename-and-remove.ts';
import { type CannotOpen, whyFilesFailed } from './open-store.ts';

export type Recovery = { readonly kind: 'recovered' } | CannotOpen;

/** The name of a complete copy. */
const recoveredName = (path: string) => `${path}.recovered`;

/**
 * Swaps a complete copy in for the database at `path`, which is set aside. Throws file system errors; after that, or a
 * kill, `finishRecovery` continues.
 */
export function swapIn(copy: string, path: string): void {
  renameFile(copy, recoveredName(path));
  takePlace(path);
}

/** Continues a recovery that was killed after its copy was complete. `none`: there is none. */
export function finishRecovery(path: string): Recovery | { readonly kind: 'none' } {
  if (!existsSync(recoveredName(path))) return { kind: 'none' };
  try {
    takePlace(path);
    return { kind: 'recovered' };
  } catch (error) {
    return asObstacle(error);
  }
}

/**
 * Moves the complete copy into place. Each step can be the last one of a process: the file of the copy shows that the
 * others are still needed.
 */
function takePlace(path: string): void {
  const recovered = recoveredName(path);
  // Uses the same name at each try, so that a file and its journal stay together.
  setAside(path, statSync(recovered).mtimeMs);
  renameFile(recovered, path);
}

/** Converts a file error into an obstacle. Throws a bug again. */
export function asObstacle(error: unknown): CannotOpen {
  const obstacle = whyFilesFailed(error);
  if (obstacle === undefined) throw error;
  return obstacle;
}

/** Renames a database and the files beside it to set it aside. */
function setAside(path: string, at: EpochMs): void {
  const aside = `${path}.corrupt-${new Date(at).toISOString().replace(/[:.]/g, '-')}`;
  const moved: string[] = [];
  try {
    for (const beside of ['', '-wal', '-shm']) {
      if (!existsSync(`${path}${beside}`)) continue;
      renameFile(`${path}${beside}`, `${aside}${beside}`);
      moved.push(beside);
    }
  } catch (error) {
    // Moves all files or none: without its journal the database would look lost, and its content be forgotten.
    for (const beside of moved.toReversed()) renameFile(`${aside}${beside}`, `${path}${beside}`);
    throw error;
  }
}
