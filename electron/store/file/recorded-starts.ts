import type { EpochMs } from '../../../shared/time.ts';
import type { Store } from '../store.ts';
import {
  judgeDatabase,
  readSentinel,
  writeSentinel,
  type FoundDatabase,
  type Sentinel,
  type SentinelReading,
} from './sentinel.ts';
import {
  readRecordOfPlace,
  readStartRecord,
  writeStartRecord,
  type StartRecordOf,
} from './start-record.ts';
import { classifyStorageError } from './storage-errors.ts';

/** Where the starts of the live database are recorded outside its file. */
export type RecordedStartsParts = {
  /** The database file. */
  readonly path: string;
  /** The sentinel file beside it. */
  readonly sentinel: string;
  /** The folder outside the data folder that also records its starts. */
  readonly startRecords: string;
  readonly now: () => EpochMs;
};

/**
 * Whether a database was ever in this place. The sentinel may be lost with the database, or the whole folder; the
 * start record is elsewhere.
 */
export function wasEverHere(parts: RecordedStartsParts, remembered: SentinelReading): boolean {
  return remembered !== 'none' || readRecordHere(parts) !== undefined;
}

/**
 * Whether the sentinel or start record says that the desk was never used. A record of a run that did not end may be
 * older than the first use.
 */
export function wasNeverUsed(parts: RecordedStartsParts, remembered: SentinelReading): boolean {
  const known = remembered === 'none' ? readRecordHere(parts) : remembered;
  return typeof known === 'object' && known.inUse === false && known.state === 'closed';
}

/** Whether an earlier run met damage in the database, and the whole database was not read since. */
export function wasDamageMet(remembered: SentinelReading): boolean {
  if (typeof remembered !== 'object') return false;
  return remembered.damageMet === true || remembered.state === 'suspect';
}

/** Whether the database is older than the one that Deskbell closed last, by the sentinel or by the start record. */
export function isOlderCopy(
  parts: RecordedStartsParts,
  remembered: SentinelReading,
  found: FoundDatabase,
): boolean {
  return judgeDatabase(remembered, found) === 'older' || isBehind(parts, remembered, found);
}

/**
 * Records a start in the database, the sentinel and the start record. A full disk leaves the old ones, but does not
 * stop work. Returns a store whose closing is recorded too.
 */
export function recordStart(
  parts: RecordedStartsParts,
  store: Store,
  remembered: SentinelReading,
): Store {
  const sentinel = writeStart(parts, store, remembered);
  let isClosed = false;
  return {
    ...store,
    close: () => {
      // Before the journal is removed: a crash in between must not look like a missing journal.
      if (!isClosed && sentinel !== undefined) writeClosed(parts, store, sentinel);
      isClosed = true;
      store.close();
    },
  };
}

/** Records that SQLite has met damage: the next start reads the whole database before use. */
export function recordDamage(sentinel: string): void {
  const remembered = readSentinel(sentinel);
  if (typeof remembered === 'object') tryToWrite(sentinel, { ...remembered, damageMet: true });
}

const readRecordHere = ({ startRecords: folder, path }: RecordedStartsParts) =>
  readRecordOfPlace({ folder, path });

/**
 * Whether this PC knows a later start of the database than its folder has: an older copy of the whole folder was
 * restored.
 */
function isBehind(
  parts: RecordedStartsParts,
  remembered: SentinelReading,
  found: FoundDatabase,
): boolean {
  const record = readStartRecord(recordOf(parts, found));
  if (record === undefined || found.starts > record.starts) return false;
  if (found.starts < record.starts) return true;
  // The folder was copied while Deskbell ran, and that run has ended since.
  const wasLeftOpen = typeof remembered === 'object' && remembered.state !== 'closed';
  return record.here && record.state === 'closed' && wasLeftOpen;
}

function recordOf(
  { startRecords: folder, path }: RecordedStartsParts,
  { databaseId }: Pick<FoundDatabase, 'databaseId'>,
): StartRecordOf {
  return { folder, databaseId, path };
}

/** Returns what it wrote; undefined when the disk did not take it. */
function writeStart(
  parts: RecordedStartsParts,
  store: Store,
  remembered: SentinelReading,
): Sentinel | undefined {
  const { sentinel: path, now } = parts;
  const before = typeof remembered === 'object' ? remembered : undefined;
  const recorded = readStartRecord(recordOf(parts, store))?.starts ?? 0;
  const starts = Math.max(store.readStarts(), before?.starts ?? 0, recorded) + 1;
  const sentinel: Sentinel = {
    databaseId: store.databaseId,
    createdAt: before?.databaseId === store.databaseId ? before.createdAt : now(),
    starts,
    state: 'in-use',
    inUse: isInUse(store),
  };
  try {
    // In this order: the database must contain everything that the sentinel records.
    store.keepStarts(starts);
    writeSentinel(path, sentinel);
    tryToRecord(parts, sentinel);
    return sentinel;
  } catch (error) {
    if (classifyStorageError(error) === undefined && !isSystemError(error)) throw error;
    return undefined;
  }
}

function writeClosed(parts: RecordedStartsParts, store: Store, sentinel: Sentinel): void {
  const isDamaged = wasDamageMet(readSentinel(parts.sentinel));
  const closed: Sentinel = {
    ...sentinel,
    state: 'closed',
    inUse: isInUse(store),
    ...(isDamaged && { damageMet: true }),
  };
  // The start record is never ahead of the sentinel; otherwise the database would look like an older copy.
  if (tryToWrite(parts.sentinel, closed)) tryToRecord(parts, closed);
}

/** Whether the desk is in real use; true when the database cannot be read. */
function isInUse(store: Store): boolean {
  try {
    return store.readInUse() !== undefined;
  } catch (error) {
    if (classifyStorageError(error) === undefined) throw error;
    return true;
  }
}

function tryToWrite(path: string, sentinel: Sentinel): boolean {
  try {
    writeSentinel(path, sentinel);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return false;
  }
}

/** Writes the start record; if it fails, the sentinel must suffice. */
function tryToRecord(
  parts: RecordedStartsParts,
  { databaseId, starts, state, inUse }: Sentinel,
): void {
  try {
    const record = { starts, state: state === 'closed' ? 'closed' : 'in-use', inUse } as const;
    writeStartRecord(recordOf(parts, { databaseId }), record);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
