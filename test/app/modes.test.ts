import { mkdirSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { MIGRATIONS } from '../../electron/store/migrations/index.ts';
import { openSimulator } from '../../electron/practice/simulator.ts';
import { DEFAULT_SENDING_HOURS } from '../../shared/sending-hours.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import {
  aPhone,
  configWith,
  defaultConfig,
  HOTEL,
  openHouse,
  RESTAURANT,
  valueOf,
  VENDOR_KEY,
  type House,
} from '../support/app.ts';
import { createFakeClock } from '../support/clock.ts';

const modeOf = async (house: House): Promise<string> => {
  const desk = valueOf(await house.call('app.read', {}));
  return desk.kind === 'open' ? desk.mode : desk.problem.kind;
};

describe('practice and live mode', () => {
  test('starts in practice without a key: everything works, and the real Partoo gets no request', async () => {
    const house = await openHouse({ key: null });
    expect(await modeOf(house)).toBe('practice');
    const { id } = await house.invite(1);
    await house.rest();
    expect((await house.find(id)).progress.state).toBe('accepted');
    expect(house.vendor.received()).toEqual([]);
  });

  test('practice has its own businesses, and only the sending hours that IT has set', async () => {
    const config = (apiUrl: string) => JSON.stringify({ apiUrl, businesses: [], undoSeconds: 0 });
    const house = await openHouse({ key: null, config });
    const desk = valueOf(await house.call('app.read', {}));
    expect(desk).toMatchObject({ settings: { businesses: [{ id: HOTEL.id }, {}] } });
    await house.clock.advance(DAY_MS - 3 * HOUR_MS);
    const night = await house.invite(1);
    expect(night.progress.state).toBe('waiting');

    house.writeConfig(
      JSON.stringify({
        apiUrl: house.vendor.apiUrl.href,
        sendingHours: DEFAULT_SENDING_HOURS,
        undoSeconds: 0,
      }),
    );
    await house.restart();
    // Sunday, in any time zone.
    await house.clock.advance(5 * DAY_MS);
    const sunday = await house.invite(2);
    expect(sunday.progress).toMatchObject({ state: 'held', why: 'hours' });
  });

  test('saving a key switches to live: another database, the real Partoo', async () => {
    const house = await openHouse({ key: null });
    await house.invite(1);
    await house.rest();
    expect(await house.call('apiKey.save', { key: ` ${VENDOR_KEY}\n` })).toEqual({
      ok: true,
      value: {},
    });
    expect(house.keychain.held()).toEqual({ [house.vendor.apiUrl.host]: VENDOR_KEY });
    expect(house.emitted()).toContain('app.changed');
    expect(await modeOf(house)).toBe('live');
    expect(await house.invitations()).toEqual([]);

    await house.invite(1);
    await house.rest();
    expect(house.vendor.sms()).toHaveLength(1);
  });

  test('practice invitations stay in their own database', async () => {
    const house = await openHouse({ key: null });
    await house.invite(1);
    await house.rest();
    await house.restart();
    expect(await house.states()).toEqual(['accepted']);
  });

  test('a desk in use stays live without its key, says so, and keeps new invitations', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.rest();
    await house.call('apiKey.remove', {});
    await house.rest();
    expect(house.keychain.held()).toEqual({});
    expect(await modeOf(house)).toBe('live');
    expect(house.connections().at(-1)).toEqual({ kind: 'no-key' });

    await house.invite(2);
    await house.restart();
    expect(await modeOf(house)).toBe('live');
    expect(await house.states()).toEqual(['accepted', 'waiting']);

    await house.call('apiKey.save', { key: VENDOR_KEY });
    await house.rest();
    expect(await house.states()).toEqual(['accepted', 'accepted']);
    expect(house.vendor.sms()).toHaveLength(2);
  });

  test('practice on request stays practice, with a key or without', async () => {
    const house = await openHouse({ start: 'practice' });
    expect(await modeOf(house)).toBe('practice');
    await house.call('apiKey.save', { key: VENDOR_KEY });
    expect(await modeOf(house)).toBe('practice');
    await house.invite(1);
    await house.rest();
    expect(house.vendor.received()).toEqual([]);
  });
});

describe('[row 127] a desk in use is known by its past, not by the rows that are left', () => {
  test('after the retention has emptied the database, a failing keychain does not switch to practice', async () => {
    const house = await openHouse({
      config: (apiUrl) => configWith(apiUrl, { retentionDays: 11 }),
    });
    await house.invite(1);
    await house.rest();
    await house.clock.advance(12 * DAY_MS);
    expect(await house.invitations()).toEqual([]);
    house.keychain.behave('throws');
    await house.restart();
    expect(await modeOf(house)).toBe('live');
    expect(house.connections().at(-1)).toEqual({ kind: 'no-keychain' });
    const { id } = await house.invite(2);
    await house.clock.advance(HOUR_MS);
    expect((await house.find(id)).progress.state).toBe('waiting');
  });

  test('nor after its only customer was erased', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.rest();
    valueOf(
      await house.call('customer.erase', { phone: aPhone(1), refusal: 'forgotten', pin: null }),
    );
    house.keychain.behave('locked');
    await house.restart();
    expect(await modeOf(house)).toBe('live');
  });

  test('a desk with a key and no invitation yet is in use until the key is removed', async () => {
    const house = await openHouse();
    house.keychain.behave('throws');
    await house.restart();
    expect(await modeOf(house)).toBe('live');
    house.keychain.behave('well');
    valueOf(await house.call('apiKey.remove', {}));
    expect(await modeOf(house)).toBe('practice');
  });

  test('a lost database does not switch to practice', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.rest();
    await house.app().close();
    rmSync(house.databaseFile);
    house.keychain.behave('throws');
    await house.boot();
    expect(await modeOf(house)).toBe('live');
  });

  test('a lost database of a desk that only practised leaves it in practice', async () => {
    const house = await openHouse({ key: null });
    await house.app().close();
    rmSync(house.databaseFile);
    await house.boot();
    expect(await modeOf(house)).toBe('practice');
  });
});

describe('a keychain that does not answer', () => {
  test('[row 64] a desk in use keeps its invitations, says why, and continues when the keychain is back', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.rest();
    house.keychain.behave('throws');
    await house.invite(2);
    await house.clock.advance(HOUR_MS);
    expect(house.connections().at(-1)).toEqual({ kind: 'no-keychain' });
    expect(await house.states()).toEqual(['accepted', 'waiting']);
    await house.restart();
    expect(await modeOf(house)).toBe('live');

    house.keychain.behave('well');
    await house.clock.advance(HOUR_MS);
    expect(await house.states()).toEqual(['accepted', 'accepted']);
  });

  test('[row 64] saving and removing the key report the failure and change nothing', async () => {
    const house = await openHouse();
    house.keychain.behave('throws');
    const failure = { kind: 'keychain', why: 'unavailable' };
    expect(await house.call('apiKey.save', { key: 'new' })).toEqual({ ok: false, failure });
    expect(await house.call('apiKey.remove', {})).toEqual({ ok: false, failure });
    expect(valueOf(await house.call('settings.read', {})).key).toBe('unavailable');
    expect(Object.values(house.keychain.held())).toEqual([VENDOR_KEY]);
  });

  test('[row 66] gives up a hanging keychain after five seconds', async () => {
    const house = await openHouse();
    house.keychain.behave('hangs');
    const saving = house.call('apiKey.save', { key: 'new' });
    await house.clock.advance(5 * SECOND_MS);
    expect(await saving).toEqual({ ok: false, failure: { kind: 'keychain', why: 'timeout' } });
  });

  test('[row 65] a locked keychain does not switch a desk in use to practice', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.rest();
    house.keychain.behave('locked');
    await house.restart();
    expect(await modeOf(house)).toBe('live');
    house.keychain.behave('well');
    expect(Object.values(house.keychain.held())).toEqual([VENDOR_KEY]);
  });
});

describe('problems that keep Deskbell from opening', () => {
  const BLOCKED = { ok: false, failure: { kind: 'blocked' } };

  test('a broken configuration: reports file, line and key, and reads it again without a restart', async () => {
    const house = await openHouse({ config: () => '{\n  "undoSeconds": "ten"\n}' });
    expect(await house.call('app.read', {})).toMatchObject({
      ok: true,
      value: {
        kind: 'blocked',
        problem: {
          kind: 'config',
          file: expect.stringMatching(/config\.json$/),
          line: 2,
          key: 'undoSeconds',
          detail: 'must be of type number',
        },
      },
    });
    expect(await house.call('outbox.list', {})).toEqual(BLOCKED);
    expect(await house.call('invitation.enqueue', house.draft(1))).toEqual(BLOCKED);
    expect(await house.call('settings.read', {})).toEqual(BLOCKED);
    expect(await house.call('apiKey.save', { key: 'k' })).toEqual(BLOCKED);
    expect(await house.call('connection.read', {})).toEqual(BLOCKED);

    house.writeConfig(defaultConfig(house.vendor.apiUrl.href));
    expect(await house.call('app.retryStart', {})).toMatchObject({
      value: { kind: 'open', mode: 'live' },
    });
    await house.invite(1);
    await house.rest();
    expect(house.vendor.sms()).toHaveLength(1);
  });

  test('[row 58] refuses a newer database and does not change it', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.rest();
    house.crash();
    const setVersion = (version: number) => {
      const db = new Database(house.databaseFile);
      db.pragma(`user_version = ${version}`);
      db.close();
    };
    setVersion(99);
    await house.boot();
    expect(await house.call('app.read', {})).toMatchObject({
      value: { kind: 'blocked', problem: { kind: 'newer-database', path: house.databaseFile } },
    });
    expect(await house.call('invitation.enqueue', house.draft(2))).toEqual(BLOCKED);

    setVersion(MIGRATIONS.length);
    await house.call('app.retryStart', {});
    expect(await house.states()).toEqual(['accepted']);
  });

  test('[row 52] reports a folder at the path of the database', async () => {
    const house = await openHouse();
    house.crash();
    rmSync(house.databaseFile);
    mkdirSync(house.databaseFile);
    await house.boot();
    expect(await house.call('app.read', {})).toMatchObject({
      value: { kind: 'blocked', problem: { path: house.databaseFile } },
    });
    rmSync(house.databaseFile, { recursive: true });
    await house.call('app.retryStart', {});
    expect(await modeOf(house)).toBe('live');
  });

  test('a practice that cannot start is a bug with a reference, and can be retried', async () => {
    let tries = 0;
    const house = await openHouse({
      key: null,
      openSimulator: () => {
        tries += 1;
        return tries === 1
          ? Promise.reject(new Error('no port'))
          : openSimulator({ clock: createFakeClock(0) });
      },
    });
    expect(await modeOf(house)).toBe('bug');
    expect(house.takeBugs()).toHaveLength(1);
    await house.call('app.retryStart', {});
    expect(await modeOf(house)).toBe('practice');
  });

  test('two retries at once open one session', async () => {
    const house = await openHouse();
    const answers = await Promise.all([
      house.call('app.retryStart', {}),
      house.call('app.retryStart', {}),
      house.call('invitation.enqueue', house.draft(1)),
    ]);
    for (const answer of answers) expect(answer.ok).toBe(true);
    await house.rest();
    expect(house.vendor.sms()).toHaveLength(1);
  });
});

describe('settings', () => {
  const BUSINESSES = [{ id: RESTAURANT.id, name: 'Restaurant' }];

  test('a value fixed by IT is shown as locked and cannot be changed', async () => {
    const house = await openHouse();
    expect(valueOf(await house.call('settings.read', {}))).toMatchObject({
      settings: { undoSeconds: 0, defaultCountry: 'FR' },
      locked: ['apiUrl', 'businesses', 'undoSeconds', 'sendingHours', 'requestsPerMinute'],
      configFile: expect.stringMatching(/config\.json$/),
      key: 'stored',
    });
    expect(await house.call('settings.save', { businesses: BUSINESSES })).toEqual({
      ok: false,
      failure: { kind: 'locked', setting: 'businesses' },
    });
    expect(
      await house.call('settings.save', { defaultCountry: 'BE', businesses: BUSINESSES }),
    ).toMatchObject({ ok: false });
    expect(valueOf(await house.call('settings.read', {})).settings.defaultCountry).toBe('FR');
  });

  test('a saved setting applies at once, everywhere, and after a restart', async () => {
    const house = await openHouse({
      config: (apiUrl) => JSON.stringify({ apiUrl, sendingHours: null }),
    });
    expect(await house.call('invitation.enqueue', house.draft(1))).toEqual({
      ok: false,
      failure: { kind: 'unknown-business' },
    });
    const saved = await house.call('settings.save', {
      businesses: BUSINESSES,
      defaultCountry: 'BE',
    });
    expect(saved).toMatchObject({ value: { businesses: BUSINESSES, defaultCountry: 'BE' } });
    expect(house.emitted()).toContain('app.changed');
    await house.invite(1, { businessId: RESTAURANT.id });
    await house.restart();
    expect(valueOf(await house.call('app.read', {}))).toMatchObject({
      settings: { businesses: BUSINESSES, defaultCountry: 'BE' },
    });
  });

  test('a new value from IT overrides the saved one after a restart', async () => {
    const house = await openHouse();
    await house.call('settings.save', { defaultCountry: 'BE' });
    house.writeConfig(configWith(house.vendor.apiUrl.href, { defaultCountry: 'CH' }));
    await house.restart();
    expect(valueOf(await house.call('settings.read', {}))).toMatchObject({
      settings: { defaultCountry: 'CH' },
      locked: expect.arrayContaining(['defaultCountry']),
    });
  });
});

describe('the API key', () => {
  test.each([
    ['empty', '  \n'],
    ['characters', 'two words'],
    ['characters', 'clé'],
    ['characters', 'key\r\nx-evil: 1'],
    ['too-long', 'x'.repeat(1_281)],
  ])('[row 67] %s: refused before it is stored', async (why, key) => {
    const house = await openHouse({ key: null });
    expect(await house.call('apiKey.save', { key })).toEqual({
      ok: false,
      failure: { kind: 'bad-key', why },
    });
    expect(house.keychain.held()).toEqual({});
  });

  test('is tested against the real Partoo, also in practice', async () => {
    const house = await openHouse({ start: 'practice' });
    expect(await house.call('apiKey.test', {})).toMatchObject({
      value: {
        kind: 'works',
        name: 'Practice Desk',
        role: 'ORG_MANAGER',
        businesses: [{ standing: 'ready' }, { standing: 'ready' }],
      },
    });
    expect(house.vendor.received().map(({ path }) => path)).toEqual([
      expect.stringContaining('/user/me'),
      expect.stringContaining('/business/search'),
    ]);
  });

  test('a test says what is wrong', async () => {
    const house = await openHouse();
    const result = async () => valueOf(await house.call('apiKey.test', {})).kind;
    house.vendor.fault({ kind: 'rate-limit', times: 1 });
    expect(await result()).toBe('busy');
    // The pause that Partoo asks for applies to the key test too.
    await house.clock.advance(3 * MINUTE_MS);
    const businesses = '/business/search';
    house.vendor.fault({ kind: 'status', status: 403, times: 1, path: businesses });
    expect(await result()).toBe('no-access');
    house.vendor.fault({ kind: 'status', status: 404, times: 1, path: businesses });
    expect(await result()).toBe('odd-answer');
    house.vendor.fault({ kind: 'status', status: 401, times: 1 });
    expect(await result()).toBe('key-refused');
    await house.vendor.refuseConnections();
    expect(await result()).toBe('offline');
    house.keychain.behave('throws');
    expect(await result()).toBe('no-keychain');
    house.keychain.behave('locked');
    expect(await result()).toBe('no-key');
  });

  test('[row 148] without the right to read its owner is tested with a call that it may make', async () => {
    const house = await openHouse({ rules: { forbids: ['/user/me'] } });
    expect(valueOf(await house.call('apiKey.test', {}))).toMatchObject({
      kind: 'works',
      name: '',
      businesses: [{ standing: 'ready' }, { standing: 'ready' }],
    });
    const narrow = await openHouse({ rules: { forbids: ['/user/me', '/business/search'] } });
    expect(valueOf(await narrow.call('apiKey.test', {}))).toEqual({
      kind: 'restricted',
      text: 'Operation not allowed',
    });
    await narrow.invite(1);
    await narrow.rest();
    expect(await narrow.states()).toEqual(['accepted']);
  });

  test('searches businesses', async () => {
    const house = await openHouse();
    expect(await house.call('businesses.search', { text: 'lyon', page: 1 })).toEqual({
      ok: true,
      value: {
        kind: 'found',
        businesses: [{ id: RESTAURANT.id, name: RESTAURANT.name }],
        pages: 1,
      },
    });
    house.keychain.behave('locked');
    expect(await house.call('businesses.search', { text: '', page: 1 })).toEqual({
      ok: true,
      value: { kind: 'trouble', test: { kind: 'no-key' } },
    });
  });

  test('[row 92] is in no answer of any call', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.rest();
    const answers = [
      await house.call('app.read', {}),
      await house.call('settings.read', {}),
      await house.call('apiKey.test', {}),
      await house.call('apiKey.save', { key: VENDOR_KEY }),
      await house.call('connection.read', {}),
      await house.call('outbox.list', {}),
      await house.call('history.list', { before: null, limit: 10 }),
      await house.call('businesses.search', { text: '', page: 1 }),
    ];
    expect(JSON.stringify(answers)).not.toContain(VENDOR_KEY);
  });
});
