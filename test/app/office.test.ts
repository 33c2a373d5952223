import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvTimestamp } from '../../electron/export/csv-timestamp.ts';
import { SECOND_MS } from '../../shared/time.ts';
import { temporaryFolder } from '../support/builders/store.ts';
import { valueOf } from '../support/app.ts';
import { openJoinedDesk } from '../support/joined-desk.ts';
import { createSiteDatabase, type TestSiteDatabase } from '../support/postgres/site-database.ts';

let db: TestSiteDatabase;
beforeAll(async () => {
  db = await createSiteDatabase();
});
afterAll(() => db.close());

const input = { as: 'csv' } as const;
const UNAVAILABLE = { ok: false, failure: { kind: 'sites-unavailable' } };

/** Opens a desk of the office; a person chooses the given files one after the other. */
async function openOffice(paths: readonly (string | undefined)[]) {
  const left = [...paths];
  const suggested: string[] = [];
  const office = await openJoinedDesk(db, 'Office', {
    site: 'head',
    isOffice: true,
    chooseFile: (name) => {
      suggested.push(name);
      return left.shift();
    },
  });
  await office.clock.advance(2 * SECOND_MS);
  return { ...office, suggested };
}

test('a desk of the office exports the counts of all sites to a file that is safe in a spreadsheet', async () => {
  const lyon = await db.join('Desk 1', 'lyon');
  await db.admin.query(`update deskbell.site set name = '=HYPERLINK("http://x")' where code = $1`, [
    'lyon',
  ]);
  const oldest = Date.UTC(2026, 10, 23, 9);
  await db.admin.query(
    `update deskbell.desk set waiting = 4, oldest_waiting_at = $2, seen_at = to_timestamp($3) where id = $1`,
    [lyon.id, oldest, oldest / 1_000],
  );
  await db.admin.query("select deskbell_admin.new_enrolment('nice', 'Nice, port')");
  const path = join(temporaryFolder(), 'sites.csv');
  const office = await openOffice([path]);
  const exported = valueOf(await office.call('desks.exportSites', input));
  expect(exported).toEqual({ kind: 'saved', rows: 3, fileName: 'sites.csv' });
  expect(office.suggested).toEqual([expect.stringMatching(/^deskbell-sites-[\d-]{10}\.csv$/)]);
  const [head, own, far, empty, end] = readFileSync(path, 'utf8').split('\r\n');
  expect(head).toBe('\uFEFFSite,Code,Desks,Silent,Waiting,Oldest waiting since,Last seen');
  expect(own).toMatch(/^Shop head,head,1,0,0,,2[\d-]+T[\d:]+[+-][\d:]+$/);
  const since = csvTimestamp(oldest);
  expect(far).toBe(`"'=HYPERLINK(""http://x"")",lyon,1,1,4,${since},${since}`);
  expect(empty).toBe('"Nice, port",nice,0,0,0,,');
  expect(end).toBe('');
  expect(readdirSync(join(path, '..'))).toEqual(['sites.csv']);
});

test('[row 320] the sites that cannot be read or written leave no file, and a person reads why', async () => {
  const folder = temporaryFolder();
  const office = await openOffice([undefined, join(folder, 'nowhere', 'sites.csv')]);
  expect(valueOf(await office.call('desks.exportSites', input))).toEqual({ kind: 'cancelled' });
  expect(await office.call('desks.exportSites', input)).toEqual({
    ok: false,
    failure: { kind: 'export', why: 'failed' },
  });
  await db.admin.query('update deskbell.desk set revoked_at = now() where id = $1', [
    office.desk.id,
  ]);
  expect(await office.call('desks.exportSites', input)).toEqual(UNAVAILABLE);
  expect(readdirSync(folder)).toEqual([]);
  expect(office.suggested).toHaveLength(2);
});

test('only the office exports the sites, and with a PIN only its manager', async () => {
  const desk = await openJoinedDesk(db, 'Desk 1', {
    chooseFile: () => join(temporaryFolder(), 'sites.csv'),
  });
  await desk.clock.advance(2 * SECOND_MS);
  expect(await desk.call('desks.exportSites', input)).toEqual(UNAVAILABLE);
  const office = await openOffice([]);
  valueOf(await office.call('pin.save', { current: null, next: '4711' }));
  valueOf(await office.call('settings.lock', {}));
  expect(await office.call('desks.exportSites', input)).toEqual({
    ok: false,
    failure: { kind: 'pin-needed', isSet: true },
  });
  expect(office.suggested).toEqual([]);
});
