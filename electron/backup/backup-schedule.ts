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
import type { LiveDatabaseParts } from '../store/file/open-live-database.ts';
import { whyFilesFailed } from '../store/file/open-store.ts';
import type { Store } from '../store/store.ts';

/** Delay before the first check, so that the window opens first. */
const FIRST_LOOK_MS = 2 * MINUTE_MS;
const LOOK_MS = HOUR_MS;
/** A desk that opens at about the same time each day gets a backup every day. */
const BACKUP_AGE_MS = 20 * HOUR_MS;

const STOPPED: BackupResult = { kind: 'failed', code: 'STOPPED' };

type BackupScheduleParts = {
  readonly files: LiveDatabaseParts;
  readonly clock: Clock;
  readonly log: Pick<EventLog, 'write' | 'reportBug'>;
  readonly store: Store;
  /** Whether a restore is running: no backup is removed then, because the restore applies pending erasures first. */
  readonly isRestoring: () => boolean;
  /** Called when a backup finds damage in the database. */
  readonly onDamage: () => void;
};

export type BackupSchedule = {
  /** The existing backups, newest first. */
  readonly list: () => readonly Backup[];
  /** Makes a backup now, after the running one. */
  readonly backUp: () => Promise<BackupResult>;
  /**
   * Call before an erasure: it stays pending for the backups until `eraseBackups` has reached them, also after a
   * restart. Returns a function that withdraws it when nothing was erased.
   */
  readonly recordPendingErasure: (due: PendingErasure) => () => void;
  /** Replaces all backups, which still contain the erased data, with one fresh backup. */
  readonly eraseBackups: () => void;
  /** Resolves when no backup is being replaced after an erasure. */
  readonly whenErased: () => Promise<unknown>;
  /** Whether a pending erasure could not be written to disk. */
  readonly isErasureUnwritten: () => boolean;
  /** Makes a backup soon, after a change that must not be lost. */
  readonly backUpSoon: () => void;
  /** Resolves when no backup is running any more. */
  readonly stop: () => Promise<void>;
};

/** Starts the backup schedule: one backup of every day, in the background; each backup also checks for damage. */
export function scheduleBackups({
  files,
  clock,
  log,
  store,
  isRestoring,
  onDamage,
}: BackupScheduleParts): BackupSchedule {
  let cancelTimer = () => {};
  let underWay: Promise<unknown> = Promise.resolve();
  const stopping = new AbortController();
  const { signal } = stopping;
  // Pending erasures of this run, even if they could not be written to disk.
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
    if (result.kind === 'damaged') onDamage();
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
    // A wrong clock dated a backup that lies in the future.
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
    // Without a fresh backup the old ones stay, and the next run tries again.
    if (result.kind !== 'made') isWanted = true;
    if (!mustErase || result.kind !== 'made') return;
    // In this order: a file that another program holds stays pending, also after a restart.
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
    // A customer erased during the backup may be in it.
    changeErasuresDue((due) =>
      due.filter(({ phone }) => !reached.some((one) => one.phone === phone)),
    );
  };
  const forgetUnreadable = (): void => {
    // A customer erased since the backup began may be in it.
    if (!isErasureDue) writeDue([]);
  };
  const writeDue = (due: readonly PendingErasure[]): void => {
    try {
      writePendingErasures(files.backups, due);
    } catch (error) {
      // A full disk does not prevent an erasure: this run remembers it.
      if (whyFilesFailed(error) === undefined) throw error;
      isUnwritten = due.length > 0;
    }
  };
  const changeErasuresDue = (
    change: (due: readonly PendingErasure[]) => readonly PendingErasure[],
  ): void => {
    const due = readPendingErasures(files.backups);
    // The unreadable file names a customer whom a backup still contains, and blocks each restore until all backups
    // are replaced.
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
    recordPendingErasure: (erasure) => {
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
    backUpSoon: () => {
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

/** The result of a full disk or an unwritable folder: the next try is in an hour. */
function asFailed(error: unknown): BackupResult {
  const obstacle = whyFilesFailed(error);
  if (obstacle === undefined) throw error;
  return obstacle.why === 'damaged-database'
    ? { kind: 'damaged' }
    : { kind: 'failed', code: obstacle.detail };
}
