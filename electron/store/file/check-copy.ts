import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { APPLICATION_ID, readVersion } from './migrate.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { classifyStorageError } from './storage-errors.ts';

/** The result of the check of a copy. */
export const copyCheckSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sound'), invitations: z.int() }),
  z.strictObject({ kind: z.literal('damaged') }),
  /** The check could not run: the disk is full, or another program holds the file. `code` is SQLite's. */
  z.strictObject({ kind: z.literal('failed'), code: z.string() }),
]);
export type CopyCheck = z.infer<typeof copyCheckSchema>;

/**
 * Checks a copy outside the main thread, because a check reads the whole file: a minute for a million invitations. An
 * aborted check returns `failed`. Rejects only when it cannot run.
 */
export type CheckCopy = (path: string, signal?: AbortSignal) => Promise<CopyCheck>;

/**
 * Opens a copy and reads all of it: every page, and every index against its table. It must be a database of a known
 * version. Afterwards the copy is one file without a journal beside it.
 */
export function checkCopy(path: string): CopyCheck {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { fileMustExist: true });
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('trusted_schema = OFF');
    const version = readVersion(db);
    const isKnown =
      db.pragma('application_id', { simple: true }) === APPLICATION_ID &&
      MIGRATIONS.some((migration) => migration.version === version);
    if (!isKnown || !isWhole(db)) return { kind: 'damaged' };
    db.pragma('journal_mode = DELETE');
    const invitations = db.prepare('SELECT count(*) FROM invitation').pluck().get();
    return { kind: 'sound', invitations: z.int().parse(invitations) };
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    // An error that is not storage trouble means a missing table or column.
    const trouble = classifyStorageError(error);
    return trouble === 'damaged' || trouble === undefined
      ? { kind: 'damaged' }
      : { kind: 'failed', code: error.code };
  } finally {
    db?.close();
  }
}

/** Whether a database is intact. A row that breaks a CHECK is no damage: readers report such rows one by one. */
export function isWhole(db: Database.Database): boolean {
  db.pragma('ignore_check_constraints = ON');
  const found = db.pragma('integrity_check(1)', { simple: true });
  db.pragma('ignore_check_constraints = OFF');
  return found === 'ok';
}
