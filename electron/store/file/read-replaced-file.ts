import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { tryToRemoveFile } from '../../files/rename-and-remove.ts';

/**
 * Reads a database that is not in use, or too damaged for use, without changing its files. Returns `otherwise` when it
 * is missing or SQLite cannot read it.
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
    // Reads a truncated file as far as possible; the connection cannot write.
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    return read(db);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return otherwise;
  } finally {
    db?.close();
    // SQLite creates these files to read, and may lack the right to remove them.
    if (!hadJournal) for (const beside of ['-wal', '-shm']) tryToRemoveFile(`${path}${beside}`);
  }
}
