import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  listBackups,
  makeBackup,
  outdated,
  removeOtherBackups,
} from '../../../../electron/store/file/backups.ts';
import { checkCopy } from '../../../../electron/store/file/check-copy.ts';
import type { Store } from '../../../../electron/store/store.ts';
import { BACKUPS_KEPT_DAYS, type Backup } from '../../../../shared/backup.ts';
import { DAY_MS, HOUR_MS } from '../../../../shared/time.ts';
import { aLiveDatabase } from '../../../support/builders/live-database.ts';
import { aPhone, aRow, NINE } from '../../../support/builders/row.ts';
import { newPath, open } from '../../../support/builders/store.ts';
import { bundle, linesOf, run } from './in-a-process.ts';
import { keepOnDisk } from '../../../support/on-disk.ts';

const aBackup = (takenAt: number, why: Backup['why'] = 'daily'): Backup => ({
  name: `deskbell-${takenAt}-0-${why}.db`,
  takenAt,
  why,
  invitations: 0,
});

/** More than one copy step copies. */
function fill(store: Store): void {
  const content = 'x'.repeat(20_000);
  for (let nth = 0; nth < 150; nth += 1)
    store.insertInvitation(aRow({ forceReason: 'Filling', seenSentAt: NINE - 1, content }));
}

describe('a backup', () => {
  test('contains the database, and its name says when and how many invitations', async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    for (const last of [1, 2, 3]) store.insertInvitation(aRow({ phone: aPhone(last) }));
    expect(await database.backUp(store)).toEqual({
      kind: 'made',
      backup: {
        name: `deskbell-${NINE}-3-daily.db`,
        takenAt: NINE,
        why: 'daily',
        invitations: 3,
      },
    });
    expect(listBackups(database.files.backups)).toEqual([
      { ...aBackup(NINE), name: `deskbell-${NINE}-3-daily.db`, invitations: 3 },
    ]);
    expect(readdirSync(database.files.backups)).toHaveLength(1);
    // The desk goes on during the copy and afterwards.
    store.insertInvitation(aRow({ phone: aPhone(4) }));
    expect(store.countOpen()).toBe(4);
  });

  test('of a database that changes during the copy has either the old or the new rows, and is sound', async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    fill(store);
    const making = database.backUp(store);
    store.insertInvitation(aRow({ phone: aPhone(1) }));
    const made = await making;
    expect(made).toMatchObject({ kind: 'made' });
  });

  test('stops when the database closes, and leaves no files', async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    fill(store);
    const making = database.backUp(store);
    store.close();
    await expect(making).rejects.toThrow('not open');
    expect(readdirSync(database.files.backups)).toEqual([]);
  });

  test('that is cancelled leaves no files', async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    fill(store);
    const ending = new AbortController();
    const parts = { ...database.files, folder: database.files.backups, signal: ending.signal };
    const making = makeBackup(parts, store, 'daily');
    ending.abort();
    await expect(making).rejects.toThrow('aborted');
    expect(readdirSync(database.files.backups)).toEqual([]);
    expect(store.countOpen()).toBe(150);
  });

  test('that cannot be checked is deleted', async () => {
    const database = aLiveDatabase({
      checkCopy: async () => ({ kind: 'failed', code: 'SQLITE_FULL' }),
    });
    const store = await database.open();
    expect(await database.backUp(store)).toEqual({ kind: 'failed', code: 'SQLITE_FULL' });
    expect(readdirSync(database.files.backups)).toEqual([]);
  });

  test('after an erasure replaces all that still contain the erased customer', async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    await database.backUp(store);
    database.passTime(1);
    await database.backUp(store, 'before-restore');
    database.passTime(1);
    const made = await database.backUp(store);
    if (made.kind !== 'made') throw new Error(made.kind);
    removeOtherBackups(database.files.backups, made.backup);
    expect(listBackups(database.files.backups)).toEqual([made.backup]);
  });
});

test("ignores a file without a backup's name", () => {
  const { folder } = aLiveDatabase();
  mkdirSync(folder, { recursive: true });
  for (const name of ['unfinished.db', 'deskbell-1-1-daily.db', 'holiday.jpg', 'deskbell.db'])
    writeFileSync(join(folder, name), '');
  expect(listBackups(folder)).toEqual([]);
});

describe('deleting old backups', () => {
  const dayOf = ({ takenAt }: Backup) => Math.floor(takenAt / DAY_MS);
  const anyBackups = fc.uniqueArray(
    fc.record({
      at: fc.nat({ max: 60 * 24 }),
      why: fc.constantFrom<Backup['why']>('daily', 'before-restore'),
    }),
    { maxLength: 60, selector: ({ at }) => at },
  );

  test('keeps the newest, and limits the others by age, number and day', () => {
    fc.assert(
      fc.property(anyBackups, (found) => {
        const now = NINE + 60 * DAY_MS;
        const backups = found.map(({ at, why }) => aBackup(NINE + at * HOUR_MS, why));
        const gone = outdated(backups, now);
        const kept = backups.filter((backup) => !gone.includes(backup));
        const daily = kept.filter(({ why }) => why === 'daily');
        const days = new Set(daily.map(dayOf));
        const newest = backups.toSorted((one, other) => other.takenAt - one.takenAt).at(0);
        if (newest !== undefined) expect(kept).toContain(newest);
        expect(days.size).toBeLessThanOrEqual(7);
        // Three of the newest day, one of each other.
        expect(daily.length).toBeLessThanOrEqual(days.size + 2);
        expect(kept.length - daily.length).toBeLessThanOrEqual(2);
        for (const { takenAt } of kept.filter((one) => one !== newest))
          expect(now - takenAt).toBeLessThanOrEqual(BACKUPS_KEPT_DAYS * DAY_MS);
        // No backup is deleted without a reason.
        for (const one of gone) {
          const newer = kept.filter(({ why, takenAt }) => why === one.why && takenAt > one.takenAt);
          const isOld = now - one.takenAt > BACKUPS_KEPT_DAYS * DAY_MS;
          const isOneTooMany =
            one.why === 'daily'
              ? newer.some((other) => dayOf(other) === dayOf(one)) ||
                new Set(newer.map(dayOf)).size >= 7
              : newer.length >= 2;
          expect(isOld || isOneTooMany).toBe(true);
        }
      }),
    );
  });

  test('keeps those of earlier days when there are many on one day', () => {
    const days = [0, 1, 2, 3, 4, 5, 6].map((day) => aBackup(NINE + day * DAY_MS));
    const today = [1, 2, 3, 4, 5].map((hour) => aBackup(NINE + 6 * DAY_MS + hour * HOUR_MS));
    const now = NINE + 7 * DAY_MS;
    expect(outdated([...days, ...today], now)).toEqual([today[1], today[0], days[6]]);
  });
});

describe('a killed process', () => {
  keepOnDisk();
  let script: Awaited<ReturnType<typeof bundle>>;
  beforeAll(async () => {
    script = await bundle(join(import.meta.dirname, 'backup-process.ts'));
  });
  afterAll(() => script.remove());

  test.each([1, 2, 3, 4, 5, 6, 8, 9])(
    '[row 7] in the middle of a backup (step %i): no partial file under its name, and the database is whole',
    async (steps) => {
      const path = newPath();
      const child = run(script.path, [path]);
      await linesOf(child, (count) => {
        if (count >= steps) child.kill('SIGKILL');
      });
      const folder = join(dirname(path), 'backups');
      for (const { name } of listBackups(folder))
        expect(checkCopy(join(folder, name))).toEqual({ kind: 'sound', invitations: 150 });
      const store = open(path);
      expect(store.countOpen()).toBe(150);
      // The next backup removes its leftovers.
      const parts = {
        folder,
        now: () => NINE + DAY_MS,
        checkCopy: async (copy: string) => checkCopy(copy),
      };
      expect(await makeBackup(parts, store, 'daily')).toMatchObject({ kind: 'made' });
      expect(existsSync(join(folder, 'unfinished.db'))).toBe(false);
    },
  );
});
