import fs, { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../../shared/time.ts';
import { replaceInFs } from '../../../support/builtin-fs.ts';
import { aLiveDatabase } from '../../../support/builders/live-database.ts';
import { aPhone, aRow, NINE } from '../../../support/builders/row.ts';
import { temporaryFolder } from '../../../support/builders/store.ts';
import { keepOnDisk } from '../../../support/on-disk.ts';

keepOnDisk();

/** Ends the process, as far as a test process can, at the rename number `atRename`. */
function killAtRename(atRename: number): () => void {
  let renames = 0;
  return replaceInFs(fs, 'renameSync', (real) => (from, to) => {
    // The files beside the database are written while it is open.
    if (String(from).includes('deskbell.db')) renames += 1;
    if (renames > atRename && String(from).includes('deskbell.db')) throw new Error('killed');
    real(from, to);
  });
}

/** A damaged database with an opt-out, a PIN and a setting that are in no backup. */
async function aBrokenDatabase() {
  const database = aLiveDatabase();
  const store = await database.open();
  store.insertInvitation(aRow({ phone: aPhone(1) }));
  await database.backUp(store);
  database.passTime(HOUR_MS);
  store.addDoNotContact({ phone: aPhone(50), since: NINE, staff: null });
  const pin = { hash: Buffer.alloc(32, 1), salt: Buffer.alloc(16, 2) };
  store.savePin({ ...pin, cost: 2, blockSize: 8, parallelism: 1 });
  store.saveSettings({ houseWindowDays: 90 });
  database.kill(store);
  const bytes = readFileSync(database.files.path);
  bytes.fill('x', 68, 72);
  writeFileSync(database.files.path, bytes);
  return database;
}

test.each(['with a backup', 'without a backup'])(
  '[row 165] a recovery killed at any step, %s: the next start completes it, and loses no list, PIN or setting',
  async (which) => {
    const database = await aBrokenDatabase();
    if (which === 'without a backup') rmSync(database.files.backups, { recursive: true });
    const kept = join(temporaryFolder(), 'kept');
    cpSync(database.folder, kept, { recursive: true });
    let kills = 0;
    for (let step = 0; step < 50; step += 1) {
      rmSync(database.folder, { recursive: true });
      cpSync(kept, database.folder, { recursive: true });
      const goOn = killAtRename(step);
      const killed = await database.tryOpen().then(
        ({ kind }) => kind,
        (error: unknown) => String(error),
      );
      goOn();
      if (killed !== 'Error: killed') {
        expect(killed).toBe('open');
        break;
      }
      kills += 1;
      database.passTime(MINUTE_MS);
      const store = await database.open();
      expect(store.countOpen()).toBe(1);
      expect(store.readGap()).toBeDefined();
      expect(store.findDoNotContact(aPhone(50))).toBe(NINE);
      expect(store.readPin()).toBeDefined();
      expect(store.readSettings()).toEqual({ houseWindowDays: 90 });
      expect(store.readInUse()).toBeDefined();
      store.close();
      expect(database.setAside().filter((name) => name.endsWith('Z'))).toHaveLength(1);
    }
    expect(kills).toBeGreaterThanOrEqual(3);
  },
);
