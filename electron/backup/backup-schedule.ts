import type { Backup } from '../../shared/backup.ts';
import { HOUR_MS, MINUTE_MS, type Clock } from '../../shared/time.ts';
import type { EventLog } from '../event-log.ts';
import {
  listBackups,
  makeBackup,
  removeOtherBackups,
  type BackupResult,
} from '../store/file/backups.ts';
import {
  readPendingErasures,
  writePendingErasures,
  type PendingErasure,
} from '../store/file/pending-erasures.ts';
import { suspectDamage, type LiveDatabaseParts } from '../store/file/open-live-database.ts';
import { whyFilesFailed } from '../store/file/open-store.ts';
import type { Store } from '../store/store.ts';

/** Not while somebody waits for the window. */
const FIRST_LOOK_MS = 2 * MINUTE_MS;
const LOOK_MS = HOUR_MS;
/** A desk that opens at about the same time each day has one of every day. */
const BACKUP_AGE_MS = 20 * HOUR_MS;

const STOPPED: BackupResult = { kind: 'failed', code: 'STOPPED' };

type KeepingParts = {
  readonly files: LiveDatabaseParts;
  readonly clock: Clock;
  readonly log: Pick<EventLog, 'write' | 'reportBug'>;
  readonly store: Store;
  /** While a backup is restored no other one is removed: the erasures that are due are carried out in it first. */
  readonly isRestoring: () => boolean;
  /** The log was found damaged, in use or by a backup. */
  readonly onDamage: () => void;
};

export type BackupSchedule = {
  /** The backups that there are, newest first. */
  readonly list: () => readonly Backup[];
  /** Makes one now; the one that is under way is waited for first. */
  readonly backUp: () => Promise<BackupResult>;
  /**
   * Before an erasure: it is due in the backups until `eraseBackups` has reached them, also after a restart. Returns what
   * takes that back when nothing was erased.
   */
  readonly noteErasure: (due: PendingErasure) => () => void;
  /** One fresh backup takes the place of all, which still hold what was erased. */
  readonly eraseBackups: () => void;
  /** Resolves when no backup is being replaced after an erasure. */
  readonly whenErased: () => Promise<unknown>;
  /** Whether an erasure is due in the backups that could not be written down. */
  readonly isErasureUnwritten: () => boolean;
  /** Something is in the log that must not be lost with it: a backup is made soon. */
  readonly keepSoon: () => void;
  /** Resolves when no backup is under way any more. */
  readonly stop: () => Promise<void>;
};

/** Keeps a backup of every day, in the background, and knows of damage first. */
export function scheduleBackups({
  files,
  clock,
  log,
  store,
  isRestoring,
  onDamage,
}: KeepingParts): BackupSchedule {
  let cancelTimer = () => {};
  let underWay: Promise<unknown> = Promise.resolve();
  const stopping = new AbortController();
  const { signal } = stopping;
  // What one run knows even where it could not be written down.
  const dueAtStart = readPendingErasures(files.backups);
  let isErasureDue = dueAtStart === 'unreadable' || dueAtStart.length > 0;
  let isUnwritten = false;
  let notedErasures = 0;
  let erasing: Promise<unknown> = Promise.resolve();
  let isWanted = false;
  let nextLookMs = LOOK_MS;

  const make = async (): Promise<BackupResult> => {
    if (signal.aborted) return STOPPED;
    const parts = { ...files, folder: files.backups, signal };
    const result = await makeBackup(parts, store, 'daily').catch((error: unknown) =>
      signal.aborted ? STOPPED : asFailed(error),
    );
    log.write({ event: 'backup', result: result.kind });
    if (result.kind === 'damaged') {
      suspectDamage(files.sentinel);
      onDamage();
    }
    return result;
  };
  const backUp = (): Promise<BackupResult> => {
    const made = underWay.then(make);
    underWay = made.catch(() => {});
    return made;
  };

  const isDue = (): boolean => {
    if (isErasureDue || isWanted) return true;
    const newest = listBackups(files.backups).find(({ why }) => why === 'daily');
    const ageMs = newest === undefined ? Number.POSITIVE_INFINITY : files.now() - newest.takenAt;
    // One of the future was dated by a clock that was wrong.
    return ageMs < 0 || ageMs >= BACKUP_AGE_MS;
  };
  const look = async (): Promise<void> => {
    nextLookMs = LOOK_MS;
    if (!isDue()) return;
    if (isRestoring()) {
      nextLookMs = FIRST_LOOK_MS;
      return;
    }
    const mustErase = isErasureDue;
    const reached = readPendingErasures(files.backups);
    const notedBefore = notedErasures;
    isWanted = false;
    const result = await backUp();
    // Without a fresh one the old ones stay, and it is tried again.
    if (result.kind !== 'made') isWanted = true;
    if (!mustErase || result.kind !== 'made') return;
    // In this order: what another program holds is still due, also after a restart.
    const areGone = removeOtherBackups(files.backups, result.backup);
    if (!store.dropCopiesBefore(Number.POSITIVE_INFINITY) || !areGone) {
      log.write({ event: 'backup', result: 'old-ones-held' });
      nextLookMs = FIRST_LOOK_MS;
      return;
    }
    if (notedErasures === notedBefore) {
      isErasureDue = false;
      isUnwritten = false;
    }
    if (reached === 'unreadable') return forgetUnreadable();
    // Whoever was erased meanwhile may be in the backup that has just been made.
    changeErasuresDue((due) =>
      due.filter(({ phone }) => !reached.some((one) => one.phone === phone)),
    );
  };
  const forgetUnreadable = (): void => {
    // Whoever was erased since the backup was begun may be in it.
    if (!isErasureDue) writeDue([]);
  };
  const writeDue = (due: readonly PendingErasure[]): void => {
    try {
      writePendingErasures(files.backups, due);
    } catch (error) {
      // A disk that is full is no reason not to erase: this run remembers it.
      if (whyFilesFailed(error) === undefined) throw error;
      isUnwritten = due.length > 0;
    }
  };
  const changeErasuresDue = (
    change: (due: readonly PendingErasure[]) => readonly PendingErasure[],
  ): void => {
    const due = readPendingErasures(files.backups);
    // It names somebody whom a backup still holds, and stops each restore until all backups are replaced.
    if (due !== 'unreadable') writeDue(change(due));
  };
  const lookLater = (afterMs: number): void => {
    if (signal.aborted) return;
    cancelTimer();
    cancelTimer = clock.after(afterMs, () => {
      erasing = look()
        .catch(log.reportBug)
        .finally(() => lookLater(nextLookMs));
    });
  };
  lookLater(FIRST_LOOK_MS);

  return {
    list: () => listBackups(files.backups),
    backUp,
    noteErasure: (erasure) => {
      const without = (due: readonly PendingErasure[]) =>
        due.filter(({ phone }) => phone !== erasure.phone);
      notedErasures += 1;
      changeErasuresDue((due) => [...without(due), erasure]);
      return () => changeErasuresDue(without);
    },
    eraseBackups: () => {
      isErasureDue = true;
      erasing = look()
        .catch(log.reportBug)
        .finally(() => {
          if (isErasureDue) lookLater(FIRST_LOOK_MS);
        });
    },
    whenErased: () => erasing,
    isErasureUnwritten: () => isUnwritten,
    keepSoon: () => {
      isWanted = true;
      nextLookMs = FIRST_LOOK_MS;
      lookLater(nextLookMs);
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
