import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { tryToRemoveFile } from '../../files/rename-and-remove.ts';

/**
 * Reads a database that is no longer used, or is too broken for it, and leaves its files as they were. Returns `otherwise`
 * when it is not there or SQLite cannot read it.
 */
export function readUnusedFile<T>(
  path: string,
  otherwise: T,
  read: (db: Database.Database) => T,
): T {
  if (!existsSync(path)) return otherwise;
  const hadJournal = existsSync(`${path}-wal`);
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    db.pragma('trusted_schema = OFF');
    // A file that was cut short is then read as far as it goes; the connection cannot write.
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    return read(db);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return otherwise;
  } finally {
    db?.close();
    // SQLite makes them to read, and may not remove them without the right to write.
    if (!hadJournal) for (const beside of ['-wal', '-shm']) tryToRemoveFile(`${path}${beside}`);
  }
}
