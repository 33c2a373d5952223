import type Database from 'better-sqlite3';

/** How long a lock of another process may block the main process: SQLite waits synchronously. */
export const BUSY_TIMEOUT_MS = 2_000;

/**
 * The first version that fixes the corruption of a WAL that is reset while another connection writes.
 * https://www.sqlite.org/changes.html
 */
const LEAST_SQLITE = [3, 51, 3] as const;

/**
 * The pragmas of every connection. SQLite stores only `journal_mode` in the file, and better-sqlite3 is compiled to
 * open a WAL database with `synchronous=NORMAL`, which loses the last commits in a power cut.
 */
const SESSION = {
  synchronous: 2,
  // A plain fsync does not empty the drive's cache on macOS; elsewhere these two have no effect.
  fullfsync: 1,
  checkpoint_fullfsync: 1,
  foreign_keys: 1,
  ignore_check_constraints: 0,
  // SECURITY: a tampered schema calls no function, erased rows are overwritten, a crafted page is found early and no
  // row spills into a temporary file. https://www.sqlite.org/security.html
  trusted_schema: 0,
  secure_delete: 1,
  cell_size_check: 1,
  temp_store: 2,
  mmap_size: 0,
  busy_timeout: BUSY_TIMEOUT_MS,
} as const;

/**
 * Sets all pragmas that do not write to the file. The first read takes the lock, and the connection holds it until the
 * end.
 */
export function setSessionPragmas(
  db: Database.Database,
  lockWaitMs: number = BUSY_TIMEOUT_MS,
): void {
  // Before the first read: the WAL's index then stays in memory, and a second process cannot even read.
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma(`busy_timeout = ${lockWaitMs}`);
  for (const [name, value] of Object.entries(SESSION)) {
    if (name !== 'busy_timeout') db.pragma(`${name} = ${value}`);
  }
}

/** Reads every pragma back. Throws when one has no effect: the durability of the database depends on them. */
export function assertPragmas(db: Database.Database): void {
  const wanted = { ...SESSION, journal_mode: 'wal', locking_mode: 'exclusive' };
  for (const [name, value] of Object.entries(wanted)) {
    // With mapping compiled out the answer is empty, which is as good as 0.
    const found = db.pragma(name, { simple: true }) ?? 0;
    if (found !== value)
      throw new Error(`PRAGMA ${name} is ${JSON.stringify(found)} instead of ${value}`);
  }
}

/** Throws when the SQLite inside better-sqlite3 is too old for two connections. */
export function assertSqliteVersion(version: string): void {
  const parts = version.split('.').map(Number);
  for (const [place, least] of LEAST_SQLITE.entries()) {
    const part = parts[place] ?? 0;
    if (part > least) return;
    if (part < least) throw new Error(`SQLite ${version} is older than ${LEAST_SQLITE.join('.')}`);
  }
}
