import { expect, test } from 'vitest';
import { listBackups } from '../../../electron/store/file/backups.ts';
import { checkCopy } from '../../../electron/store/file/check-copy.ts';
import { aLiveDatabase } from '../../support/builders/live-database.ts';
import { aBackupService } from '../../support/builders/backup-service.ts';
import { A_PROGRESS, aPhone, aRow, NINE } from '../../support/builders/row.ts';

/**
 * A backup that holds a customer, and the backup service of its database. `atCheck` runs while the copy for a restore
 * is checked.
 */
async function aRestore() {
  let atCheck = async (): Promise<void> => {};
  const database = aLiveDatabase({
    checkCopy: async (path) => {
      if (path.endsWith('.restored')) await atCheck();
      return checkCopy(path);
    },
  });
  const live = await database.open();
  live.insertInvitation(aRow({ phone: aPhone(1), progress: A_PROGRESS.cancelled }));
  const made = await database.backUp(live);
  if (made.kind !== 'made') throw new Error(made.kind);
  database.passTime(1);
  const backupService = aBackupService(database, live);
  const phone = aPhone(1);
  return {
    database,
    backupService,
    name: made.backup.name,
    erase: () => {
      backupService.recordPendingErasure({ phone, refusal: 'forgotten' });
      live.eraseCustomer(phone, { now: NINE, refusal: 'forgotten', underWay: 'waited-for' });
      backupService.eraseBackups();
    },
    atCheck: (work: () => Promise<void>) => {
      atCheck = work;
    },
  };
}

test('[row 199] a customer erased during a restore does not come back', async () => {
  const { database, backupService, name, erase, atCheck } = await aRestore();
  atCheck(async () => {
    erase();
    // Longer than the fresh backup after an erasure takes.
    await backupService.makeBackup();
  });
  expect(await backupService.restoreBackup(name)).toEqual({ ok: true, value: {} });
  expect((await database.open()).countInvitations()).toBe(0);
});

test('[row 199] a restore waits for the fresh backup of an erasure, and refuses a backup deleted by it', async () => {
  const { database, backupService, name, erase } = await aRestore();
  erase();
  expect(await backupService.restoreBackup(name)).toEqual({
    ok: false,
    failure: { kind: 'backup', why: 'gone' },
  });
  expect(listBackups(database.files.backups)).toHaveLength(1);
  await backupService.stop();
});
