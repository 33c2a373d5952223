import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { createSiteDatabase, type TestSiteDatabase } from '../support/postgres/site-database.ts';
import { openJoinedDesk, type JoinedDesk } from '../support/joined-desk.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { openTestApp, valueOf } from '../support/app.ts';

let db: TestSiteDatabase;
let one: JoinedDesk;
let two: JoinedDesk;
/** Between the second desk and the server. */
let proxy: TcpProxy;

beforeAll(async () => {
  db = await createSiteDatabase();
});
afterAll(() => db.close());

beforeEach(async () => {
  await db.admin.query('delete from deskbell.setting');
  proxy = await openTcpProxy(db.server.port);
  one = await openJoinedDesk(db, 'Desk 1');
  two = await openJoinedDesk(db, 'Desk 2', { beside: one, port: proxy.port });
  await one.clock.advance(2 * SECOND_MS);
});

const set = async (name: string, value: unknown): Promise<void> => {
  await db.admin.query('select deskbell_admin.set_setting(null, $1, $2)', [
    name,
    JSON.stringify(value),
  ]);
  await one.clock.advance(MINUTE_MS);
};
const settingsOf = async (desk: JoinedDesk) => valueOf(await desk.call('settings.read', {}));
const saveStaff = (desk: JoinedDesk, staff: readonly string[]) =>
  desk.call('settings.save', { staff: [...staff] });
const share = (desk: JoinedDesk, isShared: boolean) =>
  desk.call('settings.shareStaff', { isShared });

describe('a setting of IT for all desks', () => {
  test('holds at every desk within a minute, and no desk changes it', async () => {
    await set('requireConsent', true);
    for (const desk of [one, two]) {
      const read = await settingsOf(desk);
      expect(read).toMatchObject({
        settings: { requireConsent: true },
        central: ['requireConsent'],
      });
      expect(read.locked).toContain('requireConsent');
      expect(await desk.call('settings.save', { requireConsent: false })).toEqual({
        ok: false,
        failure: { kind: 'locked', setting: 'requireConsent' },
      });
    }
    expect(await one.call('invitation.enqueue', one.draft(1))).toMatchObject({
      failure: { kind: 'consent' },
    });
  });

  test('comes after the managed file of the PC, and before what a person has saved', async () => {
    valueOf(await one.call('settings.save', { houseWindowDays: 5 }));
    await set('undoSeconds', 40);
    await set('houseWindowDays', 60);
    expect(await settingsOf(one)).toMatchObject({
      settings: { undoSeconds: 0, houseWindowDays: 60 },
      central: ['houseWindowDays'],
    });
    await db.admin.query("select deskbell_admin.clear_setting(null, 'houseWindowDays')");
    await one.clock.advance(MINUTE_MS);
    expect(await settingsOf(one)).toMatchObject({
      settings: { houseWindowDays: 5 },
      central: [],
    });
  });

  test('holds after a start without the network', async () => {
    await set('houseWindowDays', 60);
    proxy.behave('refuse');
    proxy.cut();
    await two.restart();
    expect(await settingsOf(two)).toMatchObject({ settings: { houseWindowDays: 60 } });
  });

  test('[row 317] that a desk cannot use is named there, and the last good one holds', async () => {
    await set('houseWindowDays', 60);
    await set('houseWindowDays', 'long');
    await set('siteDatabase', null);
    await set('apiUrl', 'https://elsewhere.example');
    const { settings, unusable } = await settingsOf(one);
    expect({ ...settings, unusable }).toMatchObject({
      houseWindowDays: 60,
      unusable: ['houseWindowDays'],
      siteDatabase: { url: expect.stringContaining('postgresql:') },
      apiUrl: expect.stringContaining('127.0.0.1'),
    });
  });
});

describe('shared staff', () => {
  test('is one list at every desk of the site', async () => {
    valueOf(await saveStaff(one, ['Léa', 'Tom']));
    valueOf(await saveStaff(two, ['Zoé']));
    expect((await settingsOf(one)).staff).toBe('own');
    valueOf(await share(one, true));
    expect(await settingsOf(one)).toMatchObject({ staff: 'shared', locked: expect.any(Array) });
    await one.clock.advance(MINUTE_MS);
    // No name of any desk is lost.
    for (const desk of [one, two])
      expect(await settingsOf(desk)).toMatchObject({
        staff: 'shared',
        settings: { staff: ['Léa', 'Tom', 'Zoé'] },
      });
    expect(valueOf(await saveStaff(two, ['Tom', 'Zoé'])).staff).toEqual(['Tom', 'Zoé']);
    // The first desk does not know of it yet, and adds a name to the older list.
    expect(valueOf(await saveStaff(one, ['Léa', 'Tom', 'Zoé', 'Max'])).staff).toEqual([
      'Tom',
      'Zoé',
      'Max',
    ]);
  });

  test('becomes the own list of the desk that ends it; another desk has its own again', async () => {
    valueOf(await saveStaff(two, ['Zoé']));
    valueOf(await saveStaff(one, ['Léa']));
    valueOf(await share(one, true));
    valueOf(await saveStaff(one, ['Léa', 'Tom']));
    await one.clock.advance(MINUTE_MS);
    valueOf(await share(two, false));
    expect(await settingsOf(two)).toMatchObject({
      staff: 'own',
      settings: { staff: ['Zoé', 'Léa', 'Tom'] },
    });
    await one.clock.advance(MINUTE_MS);
    expect(await settingsOf(one)).toMatchObject({ staff: 'own', settings: { staff: ['Léa'] } });
  });

  test('[row 318] that another desk has ended is saved here as it was seen', async () => {
    valueOf(await saveStaff(one, ['Léa', 'Tom']));
    valueOf(await share(one, true));
    await one.clock.advance(MINUTE_MS);
    valueOf(await share(one, false));
    valueOf(await saveStaff(two, ['Léa', 'Tom', 'Max']));
    expect(await settingsOf(two)).toMatchObject({
      staff: 'own',
      settings: { staff: ['Léa', 'Tom', 'Max'] },
    });
  });

  test('[row 318] does not change while the other desks are not reached, and says so', async () => {
    valueOf(await share(two, true));
    proxy.behave('refuse');
    proxy.cut();
    const unavailable = { ok: false, failure: { kind: 'shared-staff', why: 'unavailable' } };
    expect(await saveStaff(two, ['Zoé'])).toEqual(unavailable);
    expect(await share(two, false)).toEqual(unavailable);
    expect(await settingsOf(two)).toMatchObject({ staff: 'shared', settings: { staff: [] } });
  });

  test('is locked where IT has set it for all desks', async () => {
    valueOf(await share(one, true));
    await set('staff', ['Léa']);
    expect(await settingsOf(one)).toMatchObject({
      staff: 'own',
      settings: { staff: ['Léa'] },
      central: ['staff'],
    });
    expect(await saveStaff(one, [])).toMatchObject({ failure: { kind: 'locked' } });
    expect(await share(one, false)).toMatchObject({ failure: { kind: 'locked' } });
  });

  test('needs the manager, and other desks', async () => {
    valueOf(await one.call('pin.save', { current: null, next: '4711' }));
    valueOf(await one.call('settings.lock', {}));
    expect(await share(one, true)).toEqual({
      ok: false,
      failure: { kind: 'pin-needed', isSet: true },
    });
    const alone = await openTestApp();
    expect(valueOf(await alone.call('settings.read', {})).staff).toBe('alone');
    expect(await alone.call('settings.shareStaff', { isShared: true })).toEqual({
      ok: false,
      failure: { kind: 'shared-staff', why: 'unavailable' },
    });
  });
});
