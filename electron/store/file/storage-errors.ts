import Database from 'better-sqlite3';
import type { StorageTrouble } from '../../../shared/connection.ts';

/**
 * Classifies storage trouble by the action that staff can take. Undefined: a bug (a violated constraint, wrong SQL,
 * any error that SQLite did not throw). Codes: https://www.sqlite.org/rescode.html
 */
export function classifyStorageError(error: unknown): StorageTrouble | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined;
  // An extended code begins with its primary one: SQLITE_IOERR_FSYNC.
  const primary = error.code.split('_').slice(0, 2).join('_');
  switch (primary) {
    case 'SQLITE_FULL':
      return 'full';
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
      return 'read-only';
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
    case 'SQLITE_PROTOCOL':
      return 'busy';
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return 'damaged';
    case 'SQLITE_IOERR':
    case 'SQLITE_NOMEM':
      return 'failed';
    default:
      return undefined;
  }
}

/** Runs a write that Deskbell can do without. Ignores storage trouble, which the next needed write reports. */
export function ignoreStorageErrors(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (classifyStorageError(error) === undefined) throw error;
  }
}
