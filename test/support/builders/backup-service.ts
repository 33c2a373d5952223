import {
  createBackupService,
  type BackupService,
} from '../../../electron/backup/backup-service.ts';
import type { Store } from '../../../electron/store/store.ts';
import { createFakeClock } from '../clock.ts';
import type { aLiveDatabase } from './live-database.ts';
import { NINE } from './row.ts';

/** The backups of an open database. A bug in them fails the test. */
export function aBackupService(
  { files }: ReturnType<typeof aLiveDatabase>,
  live: Store,
): BackupService {
  const backupService: BackupService = createBackupService({
    files,
    clock: createFakeClock(NINE),
    log: {
      write: () => {},
      reportBug: (error: unknown) => {
        throw error;
      },
    },
    live,
    onDamage: () => {},
    withDatabaseClosed: async (work) => {
      await backupService.stop();
      live.close();
      return work();
    },
  });
  return backupService;
}
