import { closeSync, existsSync, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { EpochMs } from '../../../shared/time.ts';
import { tryToRemoveFile } from '../../files/rename-and-remove.ts';
import type { OnBadRow } from '../tables/bad-row.ts';
import { isWhole } from './check-copy.ts';
import { APPLICATION_ID, migrate, readVersion } from './migrate.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import {
  assertPragmas,
  assertSqliteVersion,
  BUSY_TIMEOUT_MS,
  setSessionPragmas,
} from './pragmas.ts';
import { classifyStorageError } from './storage-errors.ts';
import { createStore, type Store } from '../store.ts';

type OpenStoreParts = {
  /** The database file, as an absolute path. It and its folder are created when missing, for this user only. */
  readonly path: string;
  readonly now: () => EpochMs;
  readonly onBadRow: OnBadRow;
  /** How long to wait for a lock, which freezes the process; 2 s when left out. */
  readonly lockWaitMs?: number;
  /** `always` reads the whole file however large it is: after damage was met in it. */
  readonly check?: 'when-small' | 'always';
};

type StoreObstacle = 'data-folder' | 'disk-full' | 'newer-database' | 'damaged-database' | 'in-use';

/** Why a log does not open; it was left as it was. */
export type CannotOpen = {
  readonly kind: 'cannot-open';
  readonly why: StoreObstacle;
  /** A code for the log, never data. */
  readonly detail: string;
};
export type StoreOpening = { readonly kind: 'open'; readonly store: Store } | CannotOpen;

/** A check reads the whole file: some 10 ms for this size, about 20,000 invitations. Above, it would be felt at every start. */
const CHECKED_BYTES_MAX = 8 * 1024 * 1024;

/**
 * Opens the log for this process alone, brought up to date. Whatever a disk, a folder, another process or another
 * version can do is a `cannot-open`, and the file is left as it was; waits at most 2 s for a lock.
 * Throws only for bugs: an SQLite that is too old, a pragma that does not hold, a migration that fails.
 */
export function openStore(parts: OpenStoreParts): StoreOpening {
  try {
    createFile(parts.path);
    const db = new Database(parts.path, { timeout: parts.lockWaitMs ?? BUSY_TIMEOUT_MS });
    try {
      const opening = prepare(db, parts);
      if (opening.kind === 'cannot-open') db.close();
      return opening;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    const obstacle = whyFilesFailed(error);
    if (obstacle === undefined) throw error;
    // A file that SQLite cannot make beside the log says nothing of the disk.
    const isFull = obstacle.why === 'data-folder' && !hasRoom(dirname(parts.path));
    return isFull ? { ...obstacle, why: 'disk-full' } : obstacle;
  }
}

/** Whether the disk of a folder takes a page; a folder that cannot be written at all is another matter. */
function hasRoom(folder: string): boolean {
  const probe = join(folder, 'room-probe');
  try {
    closeSync(openSync(probe, 'w', 0o600));
  } catch (error) {
    return whyFilesFailed(error)?.why !== 'disk-full';
  }
  try {
    writeFileSync(probe, Buffer.alloc(4_096, 1));
    return true;
  } catch (error) {
    return whyFilesFailed(error)?.why !== 'disk-full';
  } finally {
    tryToRemoveFile(probe);
  }
}

function prepare(db: Database.Database, parts: OpenStoreParts): StoreOpening {
  assertSqliteVersion(String(db.prepare('SELECT sqlite_version()').pluck().get()));
  setSessionPragmas(db, parts.lockWaitMs);

  const version = readVersion(db);
  if (!isOurs(db)) return cannotOpen('damaged-database', 'APPLICATION_ID');
  if (MIGRATIONS.every((migration) => migration.version < version)) {
    return cannotOpen('newer-database', `USER_VERSION_${version}`);
  }
  if (!isSound(db, parts)) return cannotOpen('damaged-database', 'INTEGRITY_CHECK');

  db.pragma('journal_mode = WAL');
  migrate(db, { ...parts, migrations: MIGRATIONS });
  // A file that can only be read is found out now and not at the first invitation.
  db.transaction(() => {}).immediate();
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  assertPragmas(db);
  return { kind: 'open', store: createStore(db, parts) };
}

/** A file that SQLite would create could be read by every user of the PC. */
function createFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Never opened when it exists: closing it would drop the locks of a connection in this process.
  // https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
  if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600));
}

/** An empty file is ours to fill: a crash can leave one before the first migration. */
function isOurs(db: Database.Database): boolean {
  if (db.pragma('application_id', { simple: true }) === APPLICATION_ID) return true;
  return (
    readVersion(db) === 0 && db.prepare('SELECT count(*) FROM sqlite_master').pluck().get() === 0
  );
}

/** Looks for damage in a small file, or in any after damage was met. An index that does not fit its table is made anew. */
function isSound(db: Database.Database, { path, check }: OpenStoreParts): boolean {
  if (check !== 'always' && statSync(path).size > CHECKED_BYTES_MAX) return true;
  return isWhole(db) || isMended(db);
}

/** A damage that making the indices anew does not mend leaves the file as it was. */
function isMended(db: Database.Database): boolean {
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec('REINDEX');
    const search = "SELECT count(*) FROM sqlite_master WHERE name = 'invitation_search'";
    if (db.prepare(search).pluck().get() === 1)
      db.exec("INSERT INTO invitation_search (invitation_search) VALUES ('rebuild')");
    const isMendedNow = isWhole(db);
    db.exec(isMendedNow ? 'COMMIT' : 'ROLLBACK');
    return isMendedNow;
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

function cannotOpen(why: StoreObstacle, detail: string): CannotOpen {
  return { kind: 'cannot-open', why, detail };
}

/** What kept a file from being used; undefined when the error is a bug. */
export function whyFilesFailed(error: unknown): CannotOpen | undefined {
  if (isSystemError(error)) {
    const full = error.code === 'ENOSPC' || error.code === 'EDQUOT';
    return cannotOpen(full ? 'disk-full' : 'data-folder', error.code);
  }
  const trouble = classifyStorageError(error);
  if (trouble === undefined || !(error instanceof Database.SqliteError)) return undefined;
  return cannotOpen(OBSTACLES[trouble], error.code);
}

const OBSTACLES = {
  full: 'disk-full',
  'read-only': 'data-folder',
  busy: 'in-use',
  damaged: 'damaged-database',
  failed: 'data-folder',
} as const satisfies Record<NonNullable<ReturnType<typeof classifyStorageError>>, StoreObstacle>;

/** An error of the file system, not of our arguments to it: those carry no `syscall`. */
function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    'syscall' in error &&
    'code' in error &&
    typeof error.code === 'string'
  );
}
