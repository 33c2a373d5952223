import * as z from 'zod/mini';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aHello,
  createSiteDatabase,
  type TestDesk,
  type TestSiteDatabase,
} from '../../../support/postgres/site-database.ts';

let db: TestSiteDatabase;
let lea: TestDesk;
let paul: TestDesk;
let lyon: TestDesk;
beforeAll(async () => {
  db = await createSiteDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.admin.query('delete from deskbell.setting');
  lea = await db.join('Desk 1');
  paul = await db.join('Desk 2');
  lyon = await db.join('Desk 1', 'lyon');
});

const set = (site: string | null, name: string, value: unknown) =>
  db.admin.query('select deskbell_admin.set_setting($1, $2, $3)', [
    site,
    name,
    JSON.stringify(value),
  ]);
const clear = (site: string | null, name: string) =>
  db.admin.query('select deskbell_admin.clear_setting($1, $2)', [site, name]);
const valuesAt = async (desk: TestDesk) => (await desk.call('settings'))['values'];
const versionAt = async (desk: TestDesk) => (await desk.call('hello', ...aHello()))['settings'];
const changeStaff = (
  desk: TestDesk,
  added: readonly unknown[],
  removed: readonly unknown[] = [],
  begins = true,
) => desk.call('change_staff', added, removed, begins);

describe('an administrator', () => {
  test('sets what holds everywhere, and at one site instead of it', async () => {
    await set(null, 'undoSeconds', 20);
    await set(null, 'requireConsent', true);
    await set('lyon', 'undoSeconds', 5);
    expect(await valuesAt(lea)).toEqual({ undoSeconds: 20, requireConsent: true });
    expect(await valuesAt(lyon)).toEqual({ undoSeconds: 5, requireConsent: true });
    await set(null, 'undoSeconds', 30);
    expect([await valuesAt(lea), await valuesAt(lyon)]).toMatchObject([
      { undoSeconds: 30 },
      { undoSeconds: 5 },
    ]);
    await clear('lyon', 'undoSeconds');
    expect(await valuesAt(lyon)).toMatchObject({ undoSeconds: 30 });
    await clear(null, 'undoSeconds');
    expect(await valuesAt(lyon)).toEqual({ requireConsent: true });
  });

  test('sets null, which is a value of some settings', async () => {
    await set('lille', 'sendingHours', null);
    expect(await valuesAt(lea)).toEqual({ sendingHours: null });
  });

  test('names a site that there is', async () => {
    await expect(set('nowhere', 'undoSeconds', 5)).rejects.toThrow('no site with the code nowhere');
    expect(await valuesAt(lea)).toEqual({});
  });

  test('gives each change another version, which each hello answers', async () => {
    const versions = [await versionAt(lea), await versionAt(lea)];
    expect(new Set(versions).size).toBe(1);
    await set(null, 'undoSeconds', 20);
    versions.push(await versionAt(lea));
    await clear(null, 'undoSeconds');
    versions.push(await versionAt(lea));
    expect(new Set(versions).size).toBe(3);
    expect((await lea.call('settings'))['version']).toBe(versions.at(-1));
  });
});

describe('the staff of a site', () => {
  test('is shared with the first change, and every desk of the site changes it', async () => {
    expect(await changeStaff(lea, ['Léa', 'Tom'])).toEqual({ is: 'kept' });
    expect(await changeStaff(paul, ['Zoé', 'Tom'], ['Léa'])).toEqual({ is: 'kept' });
    expect(await lea.call('settings')).toMatchObject({
      values: { staff: ['Tom', 'Zoé'] },
      shared: ['staff'],
    });
    expect(await valuesAt(lyon)).toEqual({});
  });

  test('[row 318] keeps the names of two desks that change it at the same time', async () => {
    await Promise.all([changeStaff(lea, ['Léa']), changeStaff(paul, ['Paul'])]);
    const { staff } = z.object({ staff: z.array(z.string()) }).parse(await valuesAt(lea));
    expect(staff.toSorted()).toEqual(['Léa', 'Paul']);
  });

  test('may be empty', async () => {
    await changeStaff(lea, ['Léa']);
    await changeStaff(lea, [], ['Léa']);
    expect(await valuesAt(paul)).toEqual({ staff: [] });
  });

  test('has a hundred names at most', async () => {
    const names = Array.from({ length: 100 }, (_, nth) => `Name ${nth}`);
    expect(await changeStaff(lea, names)).toEqual({ is: 'kept' });
    expect(await changeStaff(lea, ['One more'])).toEqual({ is: 'too-many-names' });
    expect(await changeStaff(lea, ['One more'], ['Name 0'])).toEqual({ is: 'kept' });
  });

  test.each([
    '',
    '  ',
    'Léa ',
    '\u00a0',
    'Léa\u202e',
    'Léa\nTom',
    '\u200bLéa',
    'x'.repeat(101),
    null,
  ])('gets no name %j', async (name) => {
    await expect(changeStaff(lea, [name])).rejects.toMatchObject({ code: 'SD004' });
  });

  test('is not emptied by the removal of nothing', async () => {
    await changeStaff(lea, ['Léa']);
    await expect(changeStaff(lea, [], [null])).rejects.toMatchObject({ code: 'SD004' });
    expect(await valuesAt(lea)).toEqual({ staff: ['Léa'] });
  });

  test('[row 318] does not begin again with the change of a desk that has not heard of its end', async () => {
    await changeStaff(lea, ['Léa', 'Tom']);
    await lea.call('end_shared_staff');
    expect(await changeStaff(paul, ['Max'], [], false)).toEqual({ is: 'not-shared' });
    expect(await valuesAt(paul)).toEqual({});
  });

  test('holds again when IT takes its own back', async () => {
    await changeStaff(lea, ['Léa', 'Tom']);
    await set('lille', 'staff', ['Zoé']);
    await clear('lille', 'staff');
    expect(await lea.call('settings')).toMatchObject({
      values: { staff: ['Léa', 'Tom'] },
      shared: ['staff'],
    });
  });

  test.each(['lille', null])('is not changed where IT has set it: %s', async (site) => {
    await changeStaff(lea, ['Tom']);
    await set(site, 'staff', ['Léa']);
    expect(await changeStaff(lea, ['Zoé'])).toEqual({ is: 'fixed' });
    expect(await lea.call('settings')).toMatchObject({ values: { staff: ['Léa'] }, shared: [] });
  });

  test('changes a hundred times a day', async () => {
    for (let nth = 0; nth < 100; nth += 1) await changeStaff(lea, [], []);
    expect(await changeStaff(lea, ['Léa'])).toEqual({ is: 'too-many' });
    expect(await lea.call('end_shared_staff')).toEqual({ is: 'too-many' });
    expect(await changeStaff(paul, ['Paul'])).toEqual({ is: 'kept' });
  });

  test('is not shared any more when a desk ends that', async () => {
    await changeStaff(lea, ['Léa']);
    expect(await lyon.call('end_shared_staff')).toEqual({ is: 'absent' });
    expect(await paul.call('end_shared_staff')).toEqual({ is: 'done' });
    expect(await valuesAt(lea)).toEqual({});
    const { rows } = await db.admin.query<object>(
      'select what, detail from deskbell.act where desk_id = any($1) and what like $2 order by id',
      [[lea.id, paul.id], '%staff'],
    );
    expect(rows).toEqual([
      { what: 'changed the staff', detail: '1 added, 0 removed' },
      { what: 'ended the shared staff', detail: null },
    ]);
  });

  test('of IT stays when a desk ends the shared one', async () => {
    await set('lille', 'staff', ['Léa']);
    expect(await lea.call('end_shared_staff')).toEqual({ is: 'absent' });
    expect(await valuesAt(lea)).toEqual({ staff: ['Léa'] });
  });
});
