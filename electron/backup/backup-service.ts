import type { Reply } from '../../shared/ipc/contract.ts';
import type { Clock } from '../../shared/time.ts';
import { scheduleBackups, type BackupSchedule } from './backup-schedule.ts';
import type { EventLog } from '../event-log.ts';
import type { LiveDatabaseParts } from '../store/file/open-live-database.ts';
import type { CannotOpen } from '../store/file/open-store.ts';
import { recordDamage } from '../store/file/recorded-starts.ts';
import { finishRestore, prepareRestore } from '../store/file/restore.ts';
import type { Store } from '../store/store.ts';

export type BackupServiceParts = {
  readonly files: LiveDatabaseParts;
  readonly clock: Clock;
  readonly log: Pick<EventLog, 'write' | 'reportBug'>;
  readonly live: Store;
  /** Called when a backup finds damage in the database. */
  readonly onDamage: () => void;
  /** Closes the database, runs `work`, and opens the database again. */
  readonly withDatabaseClosed: <T>(work: () => Promise<T>) => Promise<T>;
};

/** The backups of the live database. */
export type BackupService = {
  readonly listBackups: () => Reply<'backup.list'>;
  readonly makeBackup: () => Promise<Reply<'backup.make'>>;
  readonly restoreBackup: (name: string) => Promise<Reply<'backup.restore'>>;
} & Pick<BackupSchedule, 'recordPendingErasure' | 'eraseBackups' | 'backUpSoon' | 'stop'>;

/** Starts the daily backups of the live database, and restores one on request. */
export function createBackupService(parts: BackupServiceParts): BackupService {
  const { live, files } = parts;
  let isRestoring = false;
  const schedule = scheduleBackups({ ...parts, store: live, isRestoring: () => isRestoring });
  const restore = async (name: string): Promise<Reply<'backup.restore'>> => {
    // The fresh backup after an erasure replaces the one to restore.
    await schedule.whenErased();
    if (schedule.isErasureUnwritten()) return no('failed');
    const backup = schedule.list().find((one) => one.name === name);
    if (backup === undefined) return no('gone');
    const prepared = await prepareRestore(files, backup);
    if (prepared.kind !== 'ready') return asReply(prepared);
    const finished = await parts.withDatabaseClosed(async () => {
      const result = await finishRestore(files, backup);
      // The next opening reads the whole database, and restores as much as possible.
      if (isDatabaseDamaged(result)) recordDamage(files.sentinel);
      return result;
    });
    return isDatabaseDamaged(finished) ? no('database-damaged') : asReply(finished);
  };

  return {
    listBackups: () => ({ ok: true, value: { backups: [...schedule.list()] } }),
    makeBackup: async () => {
      const made = await schedule.backUp();
      return made.kind === 'made' ? { ok: true, value: made.backup } : no(made.kind);
    },
    restoreBackup: async (name) => {
      // Two restores at once would write into one file, and half of either could become the database.
      if (isRestoring) return no('busy');
      isRestoring = true;
      try {
        return await restore(name);
      } finally {
        isRestoring = false;
      }
    },
    recordPendingErasure: schedule.recordPendingErasure,
    eraseBackups: schedule.eraseBackups,
    backUpSoon: schedule.backUpSoon,
    stop: schedule.stop,
  };
}

/** Whether the current database, which a restore replaces, could not be read completely. */
function isDatabaseDamaged(result: Awaited<ReturnType<typeof finishRestore>>): boolean {
  return result.kind === 'cannot-open' && result.why === 'damaged-database';
}

type Why = Extract<
  Extract<Reply<'backup.restore'>, { readonly ok: false }>['failure'],
  { readonly kind: 'backup' }
>['why'];

function no(why: Why) {
  return { ok: false, failure: { kind: 'backup', why } } as const;
}

function asReply(
  prepared: { readonly kind: 'ready' | 'damaged' } | CannotOpen,
): Reply<'backup.restore'> {
  if (prepared.kind === 'ready') return { ok: true, value: {} };
  return no(prepared.kind === 'damaged' ? 'damaged' : 'failed');
}
