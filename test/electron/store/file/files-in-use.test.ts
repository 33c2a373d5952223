import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHistoryExport } from '../../../../electron/export/history-export.ts';
import { scheduleBackups } from '../../../../electron/backup/backup-schedule.ts';
import type { LogEntry } from '../../../../electron/event-log.ts';
import { listBackups } from '../../../../electron/store/file/backups.ts';
import { readPendingErasures } from '../../../../electron/store/file/pending-erasures.ts';
import { restoreNewestBackup } from '../../../../electron/store/file/restore.ts';
import { EVERYTHING } from '../../../../shared/history-query.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../shared/time.ts';
import { holdFiles } from '../../../support/builtin-fs.ts';
import { createFakeClock } from '../../../support/clock.ts';
import { aLiveDatabase } from '../../../support/builders/live-database.ts';
import { A_PROGRESS, aPhone, aRow, NINE } from '../../../support/builders/row.ts';
import { newPath, open, temporaryFolder } from '../../../support/builders/store.ts';

describe('[row 170] a scanner that locks database files', () => {
  test('for a moment while Deskbell ends: the next start finds no gap', async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    store.insertInvitation(aRow({ phone: aPhone(1) }));
    const held = holdFiles((path) => path === database.files.sentinel, { times: 4, code: 'EPERM' });
    store.close();
    expect(held.refusals()).toBe(4);
    expect(JSON.parse(readFileSync(database.files.sentinel, 'utf8'))).toMatchObject({
      state: 'closed',
    });
    expect((await database.open()).readGap()).toBeUndefined();
  });

  test('while the database is set aside: everything stays, and opt-outs are known at the next try', async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    store.insertInvitation(aRow({ phone: aPhone(1) }));
    await database.backUp(store);
    store.addDoNotContact({ phone: aPhone(51), since: NINE, staff: null });
    store.close();
    writeFileSync(`${database.files.path}-wal`, '');
    const before = readFileSync(database.files.path);
    const held = holdFiles((path) => path.endsWith('-wal') && !path.includes('.restored'));
    expect(await restoreNewestBackup(database.files, 'damaged', () => {})).toMatchObject({
      kind: 'cannot-open',
      why: 'data-folder',
      detail: 'EBUSY',
    });
    expect(readFileSync(database.files.path)).toEqual(before);
    expect(database.setAside()).toEqual([]);
    held.free();
    const recovery = await restoreNewestBackup(database.files, 'damaged', () => {});
    expect(recovery).toEqual({ kind: 'recovered' });
    expect((await database.open()).findDoNotContact(aPhone(51))).toBe(NINE);
  });

  test('and an expired backup: the new one is made anyway', async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    await database.backUp(store);
    const [old] = listBackups(database.files.backups);
    database.passTime(400 * 24 * HOUR_MS);
    const held = holdFiles((path) => path.endsWith(String(old?.name)));
    expect(await database.backUp(store)).toMatchObject({ kind: 'made' });
    expect(listBackups(database.files.backups)).toHaveLength(2);
    held.free();
    database.passTime(MINUTE_MS);
    await database.backUp(store);
    expect(listBackups(database.files.backups).map(({ name }) => name)).not.toContain(old?.name);
  });
});

describe('[row 170] an erasure while copies are locked', () => {
  test('removes the customer from the database and its journal, and reports the copies that stay', () => {
    const path = newPath();
    const store = open(path);
    const progress = A_PROGRESS.cancelled;
    store.insertInvitation(aRow({ phone: aPhone(77), name: 'Canary Zwirbel', progress }));
    const copy = `${path}.before-v3`;
    writeFileSync(copy, 'Canary Zwirbel');
    const held = holdFiles((name) => name === copy);
    const how = { now: NINE + HOUR_MS, refusal: 'forgotten', underWay: 'waited-for' } as const;
    expect(store.eraseCustomer(aPhone(77), how)).toEqual({ kind: 'erased', invitations: 1 });
    for (const file of [path, `${path}-wal`])
      expect(readFileSync(file, 'latin1')).not.toContain('Zwirbel');
    expect(store.dropCopiesBefore(Number.POSITIVE_INFINITY)).toBe(false);
    held.free();
    expect(store.dropCopiesBefore(Number.POSITIVE_INFINITY)).toBe(true);
    expect(existsSync(copy)).toBe(false);
  });

  test('stays due until the last old backup is deleted', async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    const progress = A_PROGRESS.cancelled;
    store.insertInvitation(aRow({ phone: aPhone(77), progress }));
    await database.backUp(store);
    const [old] = readdirSync(database.files.backups);
    const written: LogEntry[] = [];
    const clock = createFakeClock(NINE);
    const keeping = scheduleBackups({
      files: database.files,
      clock,
      store,
      isRestoring: () => false,
      onDamage: () => {},
      log: { write: (entry) => void written.push(entry), reportBug: (error) => String(error) },
    });
    onTestFinished(() => keeping.stop());
    const held = holdFiles((path) => path.endsWith(String(old)));
    const due = { phone: aPhone(77), refusal: 'forgotten' } as const;
    keeping.recordPendingErasure(due);
    const how = { now: NINE, refusal: 'forgotten', underWay: 'waited-for' } as const;
    store.eraseCustomer(aPhone(77), how);
    database.passTime(MINUTE_MS);
    keeping.eraseBackups();
    await expect.poll(() => written.at(-1)).toEqual({ event: 'backup', result: 'old-ones-held' });
    expect(readPendingErasures(database.files.backups)).toEqual([due]);
    held.free();
    database.passTime(MINUTE_MS);
    await clock.advance(2 * MINUTE_MS);
    await expect.poll(() => readPendingErasures(database.files.backups)).toEqual([]);
    expect(readdirSync(database.files.backups)).toHaveLength(1);
    expect(readdirSync(database.files.backups)).not.toContain(old);
  });
});

test('[row 170] exporting over a file that a spreadsheet has open', async () => {
  const path = join(temporaryFolder(), 'history.csv');
  writeFileSync(path, 'the one of yesterday');
  const store = open(newPath());
  const historyExport = createHistoryExport({
    store,
    chooseFile: async () => path,
    words: () => (word) => word,
    regionalFormat: 'fr-FR',
    businesses: () => [],
    now: () => NINE,
    onProgress: () => {},
  });
  const held = holdFiles((name) => name === path, { times: 3, code: 'EPERM' });
  expect(await historyExport.start(EVERYTHING)).toMatchObject({ kind: 'saved' });
  expect(held.refusals()).toBe(3);
  expect(readFileSync(path, 'utf8')).toContain('history.phone');
  expect(readdirSync(join(path, '..'))).toEqual(['history.csv']);
});
