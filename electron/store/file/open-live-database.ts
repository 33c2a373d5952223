import { existsSync, statSync } from 'node:fs';
import type { EpochMs } from '../../../shared/time.ts';
import { withReservedSpace } from './reserved-space.ts';
import type { OnBadRow } from '../tables/bad-row.ts';
import type { CheckCopy } from './check-copy.ts';
import { openStore, type StoreOpening } from './open-store.ts';
import { abandonRestore, restoreNewestBackup, carryOverEnds } from './restore.ts';
import { finishRecovery, type Recovery } from './swap-database.ts';
import {
  readRecordOfPlace,
  readStartRecord,
  type StartRecordOf,
  writeStartRecord,
} from './start-record.ts';
import {
  type FoundDatabase,
  judgeDatabase,
  readSentinel,
  writeSentinel,
  type SentinelReading,
  type Sentinel,
} from './sentinel.ts';
import { classifyStorageError } from './storage-errors.ts';
import type { Store } from '../store.ts';

export type LiveDatabaseParts = {
  /** The database file. */
  readonly path: string;
  /** The sentinel file beside it. */
  readonly sentinel: string;
  /** The folder outside the data folder that also records its starts. */
  readonly startRecords: string;
  /** The folder of its backups. */
  readonly backups: string;
  readonly reservedSpace: string;
  readonly now: () => EpochMs;
  readonly onBadRow: OnBadRow;
  readonly checkCopy: CheckCopy;
  /** Lets other work run for this long. */
  readonly pause: (forMs: number) => Promise<void>;
};

/** Waits while a virus scanner or a backup program briefly holds a file: two seconds in total. */
const PAUSES_MS = [300, 700, 1_000] as const;

/**
 * Opens the live database. A damaged or missing one is set aside, never deleted, and the newest sound backup replaces
 * it; a data gap records what it may lack. Returns `cannot-open` for another version's database and an unusable
 * folder; nothing was changed then.
 */
export async function openLiveDatabase(parts: LiveDatabaseParts): Promise<StoreOpening> {
  // A restore was killed before its last step: the database is unchanged.
  abandonRestore(parts);
  const remembered = readSentinel(parts.sentinel);
  const finished = finishRecovery(parts.path);
  if (finished.kind !== 'none') return openRecovered(parts, remembered, finished);
  if (isEmpty(parts.path) && wasEverHere(parts, remembered))
    return recover(parts, remembered, 'missing');
  const journal = existsSync(`${parts.path}-wal`) ? 'there' : 'gone';
  const opening = await openPatiently(parts, remembered);
  if (opening.kind === 'cannot-open') {
    // Without a sentinel it may be another program's file.
    const isOurs = opening.detail !== 'APPLICATION_ID' || remembered !== 'none';
    return opening.why === 'damaged-database' && isOurs
      ? recover(parts, remembered, 'damaged')
      : opening;
  }
  const { store } = opening;
  return begin(parts, store, remembered, () => {
    const found = { databaseId: store.databaseId, starts: store.readStarts(), journal } as const;
    const isSame = judgeDatabase(remembered, found) === 'same';
    if (isSame && !isBehind(parts, remembered, found)) return;
    const from = store.readHighestInstant() ?? null;
    const replaced = carryOverEnds(parts, store);
    store.doubt({ why: 'older', from, to: Math.max(parts.now(), from ?? 0) }, { replaced });
  });
}

/**
 * Whether a database was ever in this place. The sentinel may be lost with the database, or the whole folder; the
 * start record is elsewhere.
 */
function wasEverHere(parts: LiveDatabaseParts, remembered: SentinelReading): boolean {
  return remembered !== 'none' || readRecordOf(parts) !== undefined;
}

const readRecordOf = ({ startRecords: folder, path }: LiveDatabaseParts) =>
  readRecordOfPlace({ folder, path });

/**
 * Whether the sentinel or start record says that the desk was never used. A record of a run that did not end may be
 * older than the first use.
 */
function wasNeverUsed(parts: LiveDatabaseParts, remembered: SentinelReading): boolean {
  const known = remembered === 'none' ? readRecordOf(parts) : remembered;
  return typeof known === 'object' && known.inUse === false && known.state === 'closed';
}

/**
 * Whether this PC knows a later start of the database than its folder has: an older copy of the whole folder was
 * restored.
 */
function isBehind(
  parts: LiveDatabaseParts,
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
  { startRecords: folder, path }: LiveDatabaseParts,
  { databaseId }: Pick<FoundDatabase, 'databaseId'>,
): StartRecordOf {
  return { folder, databaseId, path };
}

/**
 * Whether the database file is missing or empty: SQLite would create a new one in either case. A folder of that name
 * is neither, and has no size on Windows.
 */
function isEmpty(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined || (found.isFile() && found.size === 0);
}

async function openPatiently(
  parts: LiveDatabaseParts,
  remembered: SentinelReading,
): Promise<StoreOpening> {
  const check = wasDamageMet(remembered) ? 'always' : 'when-small';
  let opening = openStore({ ...parts, check, lockWaitMs: 0 });
  for (const forMs of PAUSES_MS) {
    if (opening.kind === 'open' || !isPassing(opening)) return opening;
    await parts.pause(forMs);
    opening = openStore({ ...parts, check, lockWaitMs: 0 });
  }
  return opening;
}

function isPassing({ why }: Extract<StoreOpening, { kind: 'cannot-open' }>): boolean {
  return why === 'in-use' || why === 'data-folder';
}

async function recover(
  parts: LiveDatabaseParts,
  remembered: SentinelReading,
  why: 'missing' | 'damaged',
): Promise<StoreOpening> {
  const wasUnused = wasNeverUsed(parts, remembered);
  const recovery = await restoreNewestBackup(parts, why, (store) => {
    if (!wasUnused) store.keepInUse('invitations');
  });
  return openRecovered(parts, remembered, recovery);
}

/** Opens the replacement of a lost database; its data gap was recorded before the swap. */
function openRecovered(
  parts: LiveDatabaseParts,
  remembered: SentinelReading,
  recovery: Recovery,
): StoreOpening {
  if (recovery.kind === 'cannot-open') return recovery;
  const opening = openStore(parts);
  if (opening.kind === 'cannot-open') return opening;
  return begin(parts, opening.store, remembered, () => {});
}

/** Records the data gap before anything reads the database; if that fails, it does not open. */
function begin(
  parts: LiveDatabaseParts,
  store: Store,
  remembered: SentinelReading,
  doubt: () => void,
): StoreOpening {
  try {
    doubt();
  } catch (error) {
    store.close();
    if (classifyStorageError(error) === undefined) throw error;
    return { kind: 'cannot-open', why: 'disk-full', detail: 'DOUBT' };
  }
  const sentinel = remember(parts, store, remembered);
  return {
    kind: 'open',
    store: watched(parts, withReservedSpace(store, parts.reservedSpace), sentinel),
  };
}

/** Updates the sentinel and the start record. A full disk leaves the old ones, but does not stop work. */
function remember(
  parts: LiveDatabaseParts,
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

/** Wraps the store so that closing it updates the sentinel too. */
function watched(parts: LiveDatabaseParts, store: Store, sentinel: Sentinel | undefined): Store {
  let isClosed = false;
  return {
    ...store,
    close: () => {
      // Before the journal is removed: a crash in between must not look like a missing journal.
      if (!isClosed && sentinel !== undefined) {
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
      isClosed = true;
      store.close();
    },
  };
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

/** Records that SQLite has met damage: the next start reads the whole database before use. */
export function suspectDamage(path: string): void {
  const remembered = readSentinel(path);
  if (typeof remembered === 'object') tryToWrite(path, { ...remembered, damageMet: true });
}

function wasDamageMet(remembered: SentinelReading): boolean {
  if (typeof remembered !== 'object') return false;
  return remembered.damageMet === true || remembered.state === 'suspect';
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
  parts: LiveDatabaseParts,
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
