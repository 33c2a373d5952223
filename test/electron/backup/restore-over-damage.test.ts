import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aLiveDatabase } from '../../support/builders/live-database.ts';
import { aBackupService } from '../../support/builders/backup-service.ts';
import { A_PROGRESS, aDecision, aRow, NINE, UNCLEAR } from '../../support/builders/row.ts';
import { tamper } from '../../support/builders/store.ts';

/** A database too large to be checked fully when it opens, one page damaged, and a backup from before. */
async function aDamagedDatabase() {
  const database = aLiveDatabase();
  const live = await database.open();
  const made = await database.backUp(live);
  if (made.kind !== 'made') throw new Error(made.kind);
  database.passTime(1);
  const row = aRow();
  const { id } = row.invitation;
  live.insertInvitation(row);
  live.claim(id, NINE);
  live.recordAttempt(id, { endedAt: NINE, outcome: UNCLEAR }, aDecision(A_PROGRESS.unconfirmed));
  const content = 'x'.repeat(60_000);
  for (let nth = 0; nth < 200; nth += 1)
    live.insertInvitation(aRow({ forceReason: 'Filling', seenSentAt: NINE - 1, content }));
  live.close();
  const root = "SELECT rootpage FROM sqlite_master WHERE name = 'attempt'";
  const page = tamper(database.files.path, (db) => Number(db.prepare(root).pluck().get()));
  const bytes = readFileSync(database.files.path);
  writeFileSync(database.files.path, bytes.fill(0xff, (page - 1) * 4096, page * 4096));
  return { database, name: made.backup.name, id };
}

test('[row 197] [row 260] a restore over a partly unreadable database changes nothing, and the damage is repaired', async () => {
  const { database, name, id } = await aDamagedDatabase();
  const live = await database.open();
  expect(live.readGap()).toBeUndefined();
  const before = live.countInvitations();
  const backupService = aBackupService(database, live);
  expect(await backupService.restoreBackup(name)).toEqual({
    ok: false,
    failure: { kind: 'backup', why: 'database-damaged' },
  });
  expect(database.setAside()).toEqual([]);
  const repaired = await database.open();
  expect(repaired.readGap()?.why).toBe('damaged');
  expect(repaired.countInvitations()).toBe(before);
  expect(repaired.readRow(id)?.invitation.progress.state).toBe('unconfirmed');
});
