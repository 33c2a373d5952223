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
  /** The log itself. */
  readonly path: string;
  /** What is remembered of it outside its file. */
  readonly sentinel: string;
  /** The folder outside the data folder where its starts are recorded too. */
  readonly startRecords: string;
  /** The folder of its backups. */
  readonly backups: string;
  readonly ballast: string;
  readonly now: () => EpochMs;
  readonly onBadRow: OnBadRow;
  readonly checkCopy: CheckCopy;
  /** Lets other work go on for so long. */
  readonly pause: (forMs: number) => Promise<void>;
};

/** A virus scanner or a backup program holds a file for moments: so long it is given, all in all two seconds. */
const PAUSES_MS = [300, 700, 1_000] as const;

/**
 * Opens the log of real invitations. A log that is damaged or gone is set aside, never deleted, and the newest sound backup
 * takes its place; whatever it may have missed is kept as a gap. Another version's log and a folder that cannot be used
 * are `cannot-open`, and nothing was changed then.
 */
export async function openLiveDatabase(parts: LiveDatabaseParts): Promise<StoreOpening> {
  // A restore that was killed before its last step: the log is as it was.
  abandonRestore(parts);
  const remembered = readSentinel(parts.sentinel);
  const finished = finishRecovery(parts.path);
  if (finished.kind !== 'none') return openRecovered(parts, remembered, finished);
  if (isEmpty(parts.path) && wasEverHere(parts, remembered))
    return recover(parts, remembered, 'missing');
  const journal = existsSync(`${parts.path}-wal`) ? 'there' : 'gone';
  const opening = await openPatiently(parts, remembered);
  if (opening.kind === 'cannot-open') {
    // Without anything remembered it may be another program's file.
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

/** The memory beside the log may be lost with it, or the whole folder; the record of this place is elsewhere. */
function wasEverHere(parts: LiveDatabaseParts, remembered: SentinelReading): boolean {
  return remembered !== 'none' || readRecordOf(parts) !== undefined;
}

const readRecordOf = ({ startRecords: folder, path }: LiveDatabaseParts) =>
  readRecordOfPlace({ folder, path });

/** Only a memory that says so shows that a desk was never used. One of a run that did not end may be older than the use. */
function wasNeverUsed(parts: LiveDatabaseParts, remembered: SentinelReading): boolean {
  const known = remembered === 'none' ? readRecordOf(parts) : remembered;
  return typeof known === 'object' && known.inUse === false && known.state === 'closed';
}

/** Whether this PC has had the log further than the files in its folder are, which were then put back as a whole. */
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
 * A log that was never used, or none: SQLite would take either for a new one. A folder of that name is neither, and has
 * no size on Windows.
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

/** What may have happened in the log that is gone was doubted before this one took its place. */
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

/** Whatever is doubtful is written down before anybody sees the log; without that it does not open. */
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
  return { kind: 'open', store: watched(parts, withReservedSpace(store, parts.ballast), sentinel) };
}

/** A disk that is full keeps the old memory, which is no reason not to work. */
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
    // In this order: what is remembered must be in the log.
    store.keepStarts(starts);
    writeSentinel(path, sentinel);
    tryToRecord(parts, sentinel);
    return sentinel;
  } catch (error) {
    if (classifyStorageError(error) === undefined && !isSystemError(error)) throw error;
    return undefined;
  }
}

/** The store, whose end is remembered too. */
function watched(parts: LiveDatabaseParts, store: Store, sentinel: Sentinel | undefined): Store {
  let isClosed = false;
  return {
    ...store,
    close: () => {
      // Before the journal goes: a crash in between must not look as if it had been taken away.
      if (!isClosed && sentinel !== undefined) {
        const isDamaged = wasDamageMet(readSentinel(parts.sentinel));
        const closed: Sentinel = {
          ...sentinel,
          state: 'closed',
          inUse: isInUse(store),
          ...(isDamaged && { damageMet: true }),
        };
        // The record is never ahead of what lies beside the log, or that would look like an older one.
        if (tryToWrite(parts.sentinel, closed)) tryToRecord(parts, closed);
      }
      isClosed = true;
      store.close();
    },
  };
}

/** A log that cannot be asked may have been used. */
function isInUse(store: Store): boolean {
  try {
    return store.readInUse() !== undefined;
  } catch (error) {
    if (classifyStorageError(error) === undefined) throw error;
    return true;
  }
}

/** SQLite has met damage: the next start reads the whole log before it is used. */
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

/** Where it cannot be written, the memory beside the log has to do. */
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
