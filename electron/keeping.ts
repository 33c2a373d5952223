import type { Backup } from '../shared/backup.ts';
import { HOUR_MS, MINUTE_MS, type Clock } from '../shared/time.ts';
import type { Log } from './log.ts';
import { listBackups, makeBackup, removeOtherBackups, type BackupResult } from './store/backups.ts';
import { suspectDamage, type LiveLogParts } from './store/live-log.ts';
import { whyFilesFailed } from './store/open.ts';
import type { Store } from './store/store.ts';

/** Not while somebody waits for the window. */
const FIRST_LOOK_MS = 2 * MINUTE_MS;
const LOOK_MS = HOUR_MS;
/** A desk that opens at about the same time each day has one of every day. */
const BACKUP_AGE_MS = 20 * HOUR_MS;

const STOPPED: BackupResult = { kind: 'failed', code: 'STOPPED' };

type KeepingParts = {
  readonly files: LiveLogParts;
  readonly clock: Clock;
  readonly log: Pick<Log, 'write' | 'reportBug'>;
  readonly store: Store;
  /** The log was found damaged, in use or by a backup. */
  readonly onDamage: () => void;
};

export type Keeping = {
  /** The backups that there are, newest first. */
  readonly list: () => readonly Backup[];
  /** Makes one now; the one that is under way is waited for first. */
  readonly backUp: (why: Backup['why']) => Promise<BackupResult>;
  /** After an erasure: one fresh backup takes the place of all, which still hold what was erased. */
  readonly eraseBackups: () => void;
  /** Resolves when no backup is under way any more. */
  readonly stop: () => Promise<void>;
};

/** Keeps a backup of every day, in the background, and knows of damage first. */
export function keepBackups({ files, clock, log, store, onDamage }: KeepingParts): Keeping {
  let cancelTimer = () => {};
  let underWay: Promise<unknown> = Promise.resolve();
  const stopping = new AbortController();
  const { signal } = stopping;
  let isErasureDue = false;

  const make = async (why: Backup['why']): Promise<BackupResult> => {
    if (signal.aborted) return STOPPED;
    const parts = { ...files, folder: files.backups, signal };
    const result = await makeBackup(parts, store, why).catch((error: unknown) =>
      signal.aborted ? STOPPED : asFailed(error),
    );
    log.write({ event: 'backup', result: result.kind });
    if (result.kind === 'damaged') {
      suspectDamage(files.sentinel);
      onDamage();
    }
    return result;
  };
  const backUp = (why: Backup['why']): Promise<BackupResult> => {
    const made = underWay.then(() => make(why));
    underWay = made.catch(() => {});
    return made;
  };

  const look = async (): Promise<void> => {
    const newest = listBackups(files.backups).find(({ why }) => why === 'daily');
    const ageMs = newest === undefined ? Number.POSITIVE_INFINITY : files.now() - newest.takenAt;
    // One of the future was dated by a clock that was wrong.
    if (!isErasureDue && ageMs >= 0 && ageMs < BACKUP_AGE_MS) return;
    const mustErase = isErasureDue;
    const result = await backUp('daily');
    // Without a fresh one the old ones stay, and it is tried again.
    if (!mustErase || result.kind !== 'made') return;
    isErasureDue = false;
    removeOtherBackups(files.backups, result.backup);
  };
  const lookLater = (afterMs: number): void => {
    if (signal.aborted) return;
    cancelTimer = clock.after(afterMs, () => {
      look()
        .catch(log.reportBug)
        .finally(() => lookLater(LOOK_MS));
    });
  };
  lookLater(FIRST_LOOK_MS);

  return {
    list: () => listBackups(files.backups),
    backUp,
    eraseBackups: () => {
      isErasureDue = true;
      look().catch(log.reportBug);
    },
    stop: async () => {
      stopping.abort();
      cancelTimer();
      await underWay;
    },
  };
}

/** A disk that is full or a folder that cannot be written: it is tried again in an hour. */
function asFailed(error: unknown): BackupResult {
  const obstacle = whyFilesFailed(error);
  if (obstacle === undefined) throw error;
  return obstacle.why === 'damaged-database'
    ? { kind: 'damaged' }
    : { kind: 'failed', code: obstacle.detail };
}
