import { existsSync, statSync } from 'node:fs';
import type { EpochMs } from '../../shared/time.ts';
import { withBallast } from './ballast.ts';
import type { OnBadRow } from './bad-row.ts';
import type { CheckCopy } from './check-copy.ts';
import { openStore, type StoreOpening } from './open.ts';
import { abandonRestore, takeBackupInstead, takeEnds } from './recover.ts';
import {
  judgeLog,
  readSentinel,
  writeSentinel,
  type Remembered,
  type Sentinel,
} from './sentinel.ts';
import { whyStorageFailed } from './storage-trouble.ts';
import type { Store } from './store.ts';

export type LiveLogParts = {
  /** The log itself. */
  readonly path: string;
  /** What is remembered of it outside its file. */
  readonly sentinel: string;
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
export async function openLiveLog(parts: LiveLogParts): Promise<StoreOpening> {
  // A restore that was killed before its last step: the log is as it was.
  abandonRestore(parts);
  const remembered = readSentinel(parts.sentinel);
  if (remembered !== 'none' && isEmpty(parts.path)) return recover(parts, remembered, 'missing');
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
    if (judgeLog(remembered, found) === 'same') return;
    const from = store.readHighestInstant() ?? null;
    const replaced = takeEnds(parts, store);
    store.doubt({ why: 'older', from, to: Math.max(parts.now(), from ?? 0) }, { replaced });
  });
}

/** A log that was never used, or none: SQLite would take either for a new one. */
function isEmpty(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

async function openPatiently(parts: LiveLogParts, remembered: Remembered): Promise<StoreOpening> {
  const isSuspect = typeof remembered === 'object' && remembered.state === 'suspect';
  const check = isSuspect ? 'always' : 'when-small';
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
  parts: LiveLogParts,
  remembered: Remembered,
  why: 'missing' | 'damaged',
): Promise<StoreOpening> {
  const recovery = await takeBackupInstead(parts, why);
  if (recovery.kind === 'cannot-open') return recovery;
  const opening = openStore(parts);
  if (opening.kind === 'cannot-open') return opening;
  const { store } = opening;
  return begin(parts, store, remembered, () => {
    if (recovery.kind === 'none') store.doubt({ why, from: null, to: parts.now() });
    store.takeOver(recovery.belongings);
    // The log that is gone may have been used. Only a memory that says the opposite lets the desk practise.
    if (typeof remembered !== 'object' || remembered.inUse !== false)
      store.keepInUse('invitations');
  });
}

/** Whatever is doubtful is written down before anybody sees the log; without that it does not open. */
function begin(
  parts: LiveLogParts,
  store: Store,
  remembered: Remembered,
  doubt: () => void,
): StoreOpening {
  try {
    doubt();
  } catch (error) {
    store.close();
    if (whyStorageFailed(error) === undefined) throw error;
    return { kind: 'cannot-open', why: 'disk-full', detail: 'DOUBT' };
  }
  const sentinel = remember(parts, store, remembered);
  return { kind: 'open', store: watched(parts, withBallast(store, parts.ballast), sentinel) };
}

/** A disk that is full keeps the old memory, which is no reason not to work. */
function remember(
  { sentinel: path, now }: LiveLogParts,
  store: Store,
  remembered: Remembered,
): Sentinel | undefined {
  const before = typeof remembered === 'object' ? remembered : undefined;
  const starts = Math.max(store.readStarts(), before?.starts ?? 0) + 1;
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
    return sentinel;
  } catch (error) {
    if (whyStorageFailed(error) === undefined && !isSystemError(error)) throw error;
    return undefined;
  }
}

/** The store, whose end is remembered too. */
function watched(
  { sentinel: path }: LiveLogParts,
  store: Store,
  sentinel: Sentinel | undefined,
): Store {
  let isClosed = false;
  return {
    ...store,
    close: () => {
      // Before the journal goes: a crash in between must not look as if it had been taken away.
      if (!isClosed && sentinel !== undefined)
        tryToWrite(path, { ...sentinel, state: 'closed', inUse: isInUse(store) });
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
    if (whyStorageFailed(error) === undefined) throw error;
    return true;
  }
}

/** SQLite has met damage: the next start reads the whole log before it is used. */
export function suspectDamage(path: string): void {
  const remembered = readSentinel(path);
  if (typeof remembered === 'object') tryToWrite(path, { ...remembered, state: 'suspect' });
}

function tryToWrite(path: string, sentinel: Sentinel): void {
  try {
    writeSentinel(path, sentinel);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
