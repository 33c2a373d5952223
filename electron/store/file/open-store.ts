import { closeSync, existsSync, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { EpochMs } from '../../../shared/time.ts';
import { tryToRemoveFile } from '../../files/rename-and-remove.ts';
import type { OnBadRow } from '../rows/bad-row.ts';
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
  /** The database file, as an absolute path. It and its folder are created for this user only. */
  readonly path: string;
  readonly now: () => EpochMs;
  readonly onBadRow: OnBadRow;
  /** How long to wait for a lock, which blocks the process; default: 2 s. */
  readonly lockWaitMs?: number;
  /** `always` checks the whole file whatever its size: after SQLite has met damage in it. */
  readonly check?: 'when-small' | 'always';
};

type StoreObstacle = 'data-folder' | 'disk-full' | 'newer-database' | 'damaged-database' | 'in-use';

/** The reason why a database does not open; it is unchanged. */
export type CannotOpen = {
  readonly kind: 'cannot-open';
  readonly why: StoreObstacle;
  /** A code for the event log, never data. */
  readonly detail: string;
};
export type StoreOpening = { readonly kind: 'open'; readonly store: Store } | CannotOpen;

/**
 * Size limit of the check at each start. It reads the whole file: some 10 ms for this size, about 20,000 invitations.
 * A larger file would delay every start noticeably.
 */
const CHECKED_BYTES_MAX = 8 * 1024 * 1024;

/**
 * Opens the database for this process alone and migrates it. Every problem with a disk, a folder, another process or
 * another version is `cannot-open`, and the file is unchanged; waits at most 2 s for a lock. Throws only for bugs: an
 * SQLite that is too old, a pragma without effect, a migration that fails.
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
    // When SQLite cannot create a file beside the database, its error does not show a full disk.
    const isFull = obstacle.why === 'data-folder' && !hasRoom(dirname(parts.path));
    return isFull ? { ...obstacle, why: 'disk-full' } : obstacle;
  }
}

/** Whether the disk of a folder has room for a page; an unwritable folder is a different problem. */
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
  // Detects a read-only file now and not at the first invitation.
  db.transaction(() => {}).immediate();
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  assertPragmas(db);
  return { kind: 'open', store: createStore(db, parts) };
}

/** Creates the file first: SQLite would make it readable for every user of the PC. */
function createFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Never opened when it exists: closing it would drop the locks of a connection in this process.
  // https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
  if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600));
}

/** Whether the file is Deskbell's. An empty file is too: a crash can leave one before the first migration. */
function isOurs(db: Database.Database): boolean {
  if (db.pragma('application_id', { simple: true }) === APPLICATION_ID) return true;
  return (
    readVersion(db) === 0 && db.prepare('SELECT count(*) FROM sqlite_master').pluck().get() === 0
  );
}

/**
 * Checks a small file for damage, or any file after damage was met. Rebuilds an index that does not match its table.
 */
function isSound(db: Database.Database, { path, check }: OpenStoreParts): boolean {
  if (check !== 'always' && statSync(path).size > CHECKED_BYTES_MAX) return true;
  return isWhole(db) || isMended(db);
}

/** Repairs damage by rebuilding the indexes; leaves the file unchanged when that is not enough. */
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

/** The obstacle behind a file error; undefined when the error is a bug. */
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

/** Whether an error comes from the file system; errors about our arguments carry no `syscall`. */
function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    'syscall' in error &&
    'code' in error &&
    typeof error.code === 'string'
  );
}
