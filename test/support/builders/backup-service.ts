import {
  createBackupService,
  type BackupService,
} from '../../../electron/backup/backup-service.ts';
import type { Store } from '../../../electron/store/store.ts';
import { createFakeClock } from '../clock.ts';
import type { aLiveDatabase } from './live-database.ts';
import { NINE } from './row.ts';

/** The safe of a log that is open, on a PC whose machine nobody can tell. A bug in it fails the test. */
export function aBackupService(
  { files }: ReturnType<typeof aLiveDatabase>,
  live: Store,
): BackupService {
  const backupService: BackupService = createBackupService({
    files,
    clock: createFakeClock(NINE),
    log: {
      tail: () => [],
      write: () => {},
      reportBug: (error: unknown) => {
        throw error;
      },
    },
    live,
    machine: Promise.resolve(undefined),
    isRoaming: async () => false,
    onDamage: () => {},
    withDatabaseClosed: async (work) => {
      await backupService.stop();
      live.close();
      return work();
    },
    onSettled: () => {},
  });
  return backupService;
}
