import { existsSync, statSync } from 'node:fs';
import type { EpochMs } from '../../../shared/time.ts';
import { renameFile } from '../../files/rename-and-remove.ts';
import { type CannotOpen, whyFilesFailed } from './open-store.ts';

export type Recovery = { readonly kind: 'recovered' } | CannotOpen;

/** The copy once it is complete. */
const recoveredName = (path: string) => `${path}.recovered`;

/**
 * A complete copy takes the place of the log at `path`, which is set aside. Throws what the file system throws; after
 * that, or a kill, `finishRecovery` goes on with it.
 */
export function swapIn(copy: string, path: string): void {
  renameFile(copy, recoveredName(path));
  takePlace(path);
}

/** Goes on with a recovery that was killed when its copy was complete. `none`: there is none. */
export function finishRecovery(path: string): Recovery | { readonly kind: 'none' } {
  if (!existsSync(recoveredName(path))) return { kind: 'none' };
  try {
    takePlace(path);
    return { kind: 'recovered' };
  } catch (error) {
    return asObstacle(error);
  }
}

/** Each of its steps can be the last one of a process: the file of the copy says that the others are still to be done. */
function takePlace(path: string): void {
  const recovered = recoveredName(path);
  // The same name at each try: a file and its journal stay together.
  setAside(path, statSync(recovered).mtimeMs);
  renameFile(recovered, path);
}

/** What kept files from being used. Throws the error again when it is a bug. */
export function asObstacle(error: unknown): CannotOpen {
  const obstacle = whyFilesFailed(error);
  if (obstacle === undefined) throw error;
  return obstacle;
}

/** Moves a database and what lies beside it out of the way. */
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
    // All of it or nothing: without its journal the log would be taken for a lost one, and what it knows be forgotten.
    for (const beside of moved.toReversed()) renameFile(`${aside}${beside}`, `${path}${beside}`);
    throw error;
  }
}
