import { existsSync, statSync } from 'node:fs';
import { withReservedSpace } from './reserved-space.ts';
import type { OnBadRow } from '../rows/bad-row.ts';
import type { CheckCopy } from './check-copy.ts';
import { openStore, type StoreOpening } from './open-store.ts';
import { abandonRestore, restoreNewestBackup, carryOverEnds } from './restore.ts';
import { finishRecovery, type Recovery } from './swap-database.ts';
import {
  isOlderCopy,
  recordStart,
  type RecordedStartsParts,
  wasDamageMet,
  wasEverHere,
  wasNeverUsed,
} from './recorded-starts.ts';
import { readSentinel, type SentinelReading } from './sentinel.ts';
import { classifyStorageError } from './storage-errors.ts';
import type { Store } from '../store.ts';

export type LiveDatabaseParts = RecordedStartsParts & {
  /** The folder of its backups. */
  readonly backups: string;
  readonly reservedSpace: string;
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
    if (!isOlderCopy(parts, remembered, found)) return;
    const from = store.readHighestInstant() ?? null;
    const replaced = carryOverEnds(parts, store);
    store.doubt({ why: 'older', from, to: Math.max(parts.now(), from ?? 0) }, { replaced });
  });
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
  const recorded = recordStart(parts, store, remembered);
  return { kind: 'open', store: withReservedSpace(recorded, parts.reservedSpace) };
}
