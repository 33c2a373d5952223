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
  openTestApp,
  RESTAURANT,
  valueOf,
  VENDOR_KEY,
  type TestApp,
} from '../support/app.ts';
import { createFakeClock } from '../support/clock.ts';

const modeOf = async (testApp: TestApp): Promise<string> => {
  const snapshot = valueOf(await testApp.call('app.read', {}));
  return snapshot.kind === 'open' ? snapshot.mode : snapshot.problem.kind;
};

describe('practice and live mode', () => {
  test('starts in practice without a key: everything works, and the real Partoo gets no request', async () => {
    const testApp = await openTestApp({ key: null });
    expect(await modeOf(testApp)).toBe('practice');
    const { id } = await testApp.invite(1);
    await testApp.rest();
    expect((await testApp.find(id)).progress.state).toBe('accepted');
    expect(testApp.vendor.received()).toEqual([]);
  });

  test('practice has its own businesses, and only the sending hours that IT has set', async () => {
    const config = (apiUrl: string) => JSON.stringify({ apiUrl, businesses: [], undoSeconds: 0 });
    const testApp = await openTestApp({ key: null, config });
    const snapshot = valueOf(await testApp.call('app.read', {}));
    expect(snapshot).toMatchObject({ settings: { businesses: [{ id: HOTEL.id }, {}] } });
    await testApp.clock.advance(DAY_MS - 3 * HOUR_MS);
    const night = await testApp.invite(1);
    expect(night.progress.state).toBe('waiting');

    testApp.writeConfig(
      JSON.stringify({
        apiUrl: testApp.vendor.apiUrl.href,
        sendingHours: DEFAULT_SENDING_HOURS,
        undoSeconds: 0,
      }),
    );
    await testApp.restart();
    // Sunday, in any time zone.
    await testApp.clock.advance(5 * DAY_MS);
    const sunday = await testApp.invite(2);
    expect(sunday.progress).toMatchObject({ state: 'held', why: 'hours' });
  });

  test('saving a key switches to live: another database, the real Partoo', async () => {
    const testApp = await openTestApp({ key: null });
    await testApp.invite(1);
    await testApp.rest();
    expect(await testApp.call('apiKey.save', { key: ` ${VENDOR_KEY}\n` })).toEqual({
      ok: true,
      value: {},
    });
    expect(testApp.keychain.held()).toEqual({ [testApp.vendor.apiUrl.host]: VENDOR_KEY });
    expect(testApp.emitted()).toContain('app.changed');
    expect(await modeOf(testApp)).toBe('live');
    expect(await testApp.invitations()).toEqual([]);

    await testApp.invite(1);
    await testApp.rest();
    expect(testApp.vendor.sms()).toHaveLength(1);
  });

  test('practice invitations stay in their own database', async () => {
    const testApp = await openTestApp({ key: null });
    await testApp.invite(1);
    await testApp.rest();
    await testApp.restart();
    expect(await testApp.states()).toEqual(['accepted']);
  });

  test('a desk in use stays live without its key, says so, and keeps new invitations', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.rest();
    await testApp.call('apiKey.remove', {});
    await testApp.rest();
    expect(testApp.keychain.held()).toEqual({});
    expect(await modeOf(testApp)).toBe('live');
    expect(testApp.connections().at(-1)).toEqual({ kind: 'no-key' });

    await testApp.invite(2);
    await testApp.restart();
    expect(await modeOf(testApp)).toBe('live');
    expect(await testApp.states()).toEqual(['accepted', 'waiting']);

    await testApp.call('apiKey.save', { key: VENDOR_KEY });
    await testApp.rest();
    expect(await testApp.states()).toEqual(['accepted', 'accepted']);
    expect(testApp.vendor.sms()).toHaveLength(2);
  });

  test('practice on request stays practice, with a key or without', async () => {
    const testApp = await openTestApp({ start: 'practice' });
    expect(await modeOf(testApp)).toBe('practice');
    await testApp.call('apiKey.save', { key: VENDOR_KEY });
    expect(await modeOf(testApp)).toBe('practice');
    await testApp.invite(1);
    await testApp.rest();
    expect(testApp.vendor.received()).toEqual([]);
  });
});

describe('[row 127] a desk in use is known by its past, not by the rows that are left', () => {
  test('after the retention has emptied the database, a failing keychain does not switch to practice', async () => {
    const testApp = await openTestApp({
      config: (apiUrl) => configWith(apiUrl, { retentionDays: 11 }),
    });
    await testApp.invite(1);
    await testApp.rest();
    await testApp.clock.advance(12 * DAY_MS);
    expect(await testApp.invitations()).toEqual([]);
    testApp.keychain.behave('throws');
    await testApp.restart();
    expect(await modeOf(testApp)).toBe('live');
    expect(testApp.connections().at(-1)).toEqual({ kind: 'no-keychain' });
    const { id } = await testApp.invite(2);
    await testApp.clock.advance(HOUR_MS);
    expect((await testApp.find(id)).progress.state).toBe('waiting');
  });

  test('nor after its only customer was erased', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.rest();
    valueOf(
      await testApp.call('customer.erase', { phone: aPhone(1), refusal: 'forgotten', pin: null }),
    );
    testApp.keychain.behave('locked');
    await testApp.restart();
    expect(await modeOf(testApp)).toBe('live');
  });

  test('a desk with a key and no invitation yet is in use until the key is removed', async () => {
    const testApp = await openTestApp();
    testApp.keychain.behave('throws');
    await testApp.restart();
    expect(await modeOf(testApp)).toBe('live');
    testApp.keychain.behave('well');
    valueOf(await testApp.call('apiKey.remove', {}));
    expect(await modeOf(testApp)).toBe('practice');
  });

  test('a lost database does not switch to practice', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.rest();
    await testApp.app().close();
    rmSync(testApp.databaseFile);
    testApp.keychain.behave('throws');
    await testApp.boot();
    expect(await modeOf(testApp)).toBe('live');
  });

  test('a lost database of a desk that only practised leaves it in practice', async () => {
    const testApp = await openTestApp({ key: null });
    await testApp.app().close();
    rmSync(testApp.databaseFile);
    await testApp.boot();
    expect(await modeOf(testApp)).toBe('practice');
  });
});

describe('a keychain that does not answer', () => {
  test('[row 64] a desk in use keeps its invitations, says why, and continues when the keychain is back', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.rest();
    testApp.keychain.behave('throws');
    await testApp.invite(2);
    await testApp.clock.advance(HOUR_MS);
    expect(testApp.connections().at(-1)).toEqual({ kind: 'no-keychain' });
    expect(await testApp.states()).toEqual(['accepted', 'waiting']);
    await testApp.restart();
    expect(await modeOf(testApp)).toBe('live');

    testApp.keychain.behave('well');
    await testApp.clock.advance(HOUR_MS);
    expect(await testApp.states()).toEqual(['accepted', 'accepted']);
  });

  test('[row 64] saving and removing the key report the failure and change nothing', async () => {
    const testApp = await openTestApp();
    testApp.keychain.behave('throws');
    const failure = { kind: 'keychain', why: 'unavailable' };
    expect(await testApp.call('apiKey.save', { key: 'new' })).toEqual({ ok: false, failure });
    expect(await testApp.call('apiKey.remove', {})).toEqual({ ok: false, failure });
    expect(valueOf(await testApp.call('settings.read', {})).key).toBe('unavailable');
    expect(Object.values(testApp.keychain.held())).toEqual([VENDOR_KEY]);
  });

  test('[row 66] gives up a hanging keychain after five seconds', async () => {
    const testApp = await openTestApp();
    testApp.keychain.behave('hangs');
    const saving = testApp.call('apiKey.save', { key: 'new' });
    await testApp.clock.advance(5 * SECOND_MS);
    expect(await saving).toEqual({ ok: false, failure: { kind: 'keychain', why: 'timeout' } });
  });

  test('[row 65] a locked keychain does not switch a desk in use to practice', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.rest();
    testApp.keychain.behave('locked');
    await testApp.restart();
    expect(await modeOf(testApp)).toBe('live');
    testApp.keychain.behave('well');
    expect(Object.values(testApp.keychain.held())).toEqual([VENDOR_KEY]);
  });
});

describe('problems that keep Deskbell from opening', () => {
  const BLOCKED = { ok: false, failure: { kind: 'blocked' } };

  test('a broken configuration: reports file, line and key, and reads it again without a restart', async () => {
    const testApp = await openTestApp({ config: () => '{\n  "undoSeconds": "ten"\n}' });
    expect(await testApp.call('app.read', {})).toMatchObject({
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
    expect(await testApp.call('outbox.list', {})).toEqual(BLOCKED);
    expect(await testApp.call('invitation.enqueue', testApp.draft(1))).toEqual(BLOCKED);
    expect(await testApp.call('settings.read', {})).toEqual(BLOCKED);
    expect(await testApp.call('apiKey.save', { key: 'k' })).toEqual(BLOCKED);
    expect(await testApp.call('connection.read', {})).toEqual(BLOCKED);

    testApp.writeConfig(defaultConfig(testApp.vendor.apiUrl.href));
    expect(await testApp.call('app.retryStart', {})).toMatchObject({
      value: { kind: 'open', mode: 'live' },
    });
    await testApp.invite(1);
    await testApp.rest();
    expect(testApp.vendor.sms()).toHaveLength(1);
  });

  test('[row 58] refuses a newer database and does not change it', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.rest();
    testApp.crash();
    const setVersion = (version: number) => {
      const db = new Database(testApp.databaseFile);
      db.pragma(`user_version = ${version}`);
      db.close();
    };
    setVersion(99);
    await testApp.boot();
    expect(await testApp.call('app.read', {})).toMatchObject({
      value: { kind: 'blocked', problem: { kind: 'newer-database', path: testApp.databaseFile } },
    });
    expect(await testApp.call('invitation.enqueue', testApp.draft(2))).toEqual(BLOCKED);

    setVersion(MIGRATIONS.length);
    await testApp.call('app.retryStart', {});
    expect(await testApp.states()).toEqual(['accepted']);
  });

  test('[row 52] reports a folder at the path of the database', async () => {
    const testApp = await openTestApp();
    testApp.crash();
    rmSync(testApp.databaseFile);
    mkdirSync(testApp.databaseFile);
    await testApp.boot();
    expect(await testApp.call('app.read', {})).toMatchObject({
      value: { kind: 'blocked', problem: { path: testApp.databaseFile } },
    });
    rmSync(testApp.databaseFile, { recursive: true });
    await testApp.call('app.retryStart', {});
    expect(await modeOf(testApp)).toBe('live');
  });

  test('a practice that cannot start is a bug with a reference, and can be retried', async () => {
    let tries = 0;
    const testApp = await openTestApp({
      key: null,
      openSimulator: () => {
        tries += 1;
        return tries === 1
          ? Promise.reject(new Error('no port'))
          : openSimulator({ clock: createFakeClock(0) });
      },
    });
    expect(await modeOf(testApp)).toBe('bug');
    expect(testApp.takeBugs()).toHaveLength(1);
    await testApp.call('app.retryStart', {});
    expect(await modeOf(testApp)).toBe('practice');
  });

  test('two retries at once open one session', async () => {
    const testApp = await openTestApp();
    const answers = await Promise.all([
      testApp.call('app.retryStart', {}),
      testApp.call('app.retryStart', {}),
      testApp.call('invitation.enqueue', testApp.draft(1)),
    ]);
    for (const answer of answers) expect(answer.ok).toBe(true);
    await testApp.rest();
    expect(testApp.vendor.sms()).toHaveLength(1);
  });
});

describe('settings', () => {
  const BUSINESSES = [{ id: RESTAURANT.id, name: 'Restaurant' }];

  test('a value fixed by IT is shown as locked and cannot be changed', async () => {
    const testApp = await openTestApp();
    expect(valueOf(await testApp.call('settings.read', {}))).toMatchObject({
      settings: { undoSeconds: 0, defaultCountry: 'FR' },
      locked: ['apiUrl', 'businesses', 'undoSeconds', 'sendingHours', 'requestsPerMinute'],
      configFile: expect.stringMatching(/config\.json$/),
      key: 'stored',
    });
    expect(await testApp.call('settings.save', { businesses: BUSINESSES })).toEqual({
      ok: false,
      failure: { kind: 'locked', setting: 'businesses' },
    });
    expect(
      await testApp.call('settings.save', { defaultCountry: 'BE', businesses: BUSINESSES }),
    ).toMatchObject({ ok: false });
    expect(valueOf(await testApp.call('settings.read', {})).settings.defaultCountry).toBe('FR');
  });

  test('a saved setting applies at once, everywhere, and after a restart', async () => {
    const testApp = await openTestApp({
      config: (apiUrl) => JSON.stringify({ apiUrl, sendingHours: null }),
    });
    expect(await testApp.call('invitation.enqueue', testApp.draft(1))).toEqual({
      ok: false,
      failure: { kind: 'unknown-business' },
    });
    const saved = await testApp.call('settings.save', {
      businesses: BUSINESSES,
      defaultCountry: 'BE',
    });
    expect(saved).toMatchObject({ value: { businesses: BUSINESSES, defaultCountry: 'BE' } });
    expect(testApp.emitted()).toContain('app.changed');
    await testApp.invite(1, { businessId: RESTAURANT.id });
    await testApp.restart();
    expect(valueOf(await testApp.call('app.read', {}))).toMatchObject({
      settings: { businesses: BUSINESSES, defaultCountry: 'BE' },
    });
  });

  test('a new value from IT overrides the saved one after a restart', async () => {
    const testApp = await openTestApp();
    await testApp.call('settings.save', { defaultCountry: 'BE' });
    testApp.writeConfig(configWith(testApp.vendor.apiUrl.href, { defaultCountry: 'CH' }));
    await testApp.restart();
    expect(valueOf(await testApp.call('settings.read', {}))).toMatchObject({
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
    const testApp = await openTestApp({ key: null });
    expect(await testApp.call('apiKey.save', { key })).toEqual({
      ok: false,
      failure: { kind: 'bad-key', why },
    });
    expect(testApp.keychain.held()).toEqual({});
  });

  test('is tested against the real Partoo, also in practice', async () => {
    const testApp = await openTestApp({ start: 'practice' });
    expect(await testApp.call('apiKey.test', {})).toMatchObject({
      value: {
        kind: 'works',
        name: 'Practice Desk',
        role: 'ORG_MANAGER',
        businesses: [{ standing: 'ready' }, { standing: 'ready' }],
      },
    });
    expect(testApp.vendor.received().map(({ path }) => path)).toEqual([
      expect.stringContaining('/user/me'),
      expect.stringContaining('/business/search'),
    ]);
  });

  test('a test says what is wrong', async () => {
    const testApp = await openTestApp();
    const result = async () => valueOf(await testApp.call('apiKey.test', {})).kind;
    testApp.vendor.fault({ kind: 'rate-limit', times: 1 });
    expect(await result()).toBe('busy');
    // The pause that Partoo asks for applies to the key test too.
    await testApp.clock.advance(3 * MINUTE_MS);
    const businesses = '/business/search';
    testApp.vendor.fault({ kind: 'status', status: 403, times: 1, path: businesses });
    expect(await result()).toBe('no-access');
    testApp.vendor.fault({ kind: 'status', status: 404, times: 1, path: businesses });
    expect(await result()).toBe('odd-answer');
    testApp.vendor.fault({ kind: 'status', status: 401, times: 1 });
    expect(await result()).toBe('key-refused');
    await testApp.vendor.refuseConnections();
    expect(await result()).toBe('offline');
    testApp.keychain.behave('throws');
    expect(await result()).toBe('no-keychain');
    testApp.keychain.behave('locked');
    expect(await result()).toBe('no-key');
  });

  test('[row 148] without the right to read its owner is tested with a call that it may make', async () => {
    const testApp = await openTestApp({ rules: { forbids: ['/user/me'] } });
    expect(valueOf(await testApp.call('apiKey.test', {}))).toMatchObject({
      kind: 'works',
      name: '',
      businesses: [{ standing: 'ready' }, { standing: 'ready' }],
    });
    const narrow = await openTestApp({ rules: { forbids: ['/user/me', '/business/search'] } });
    expect(valueOf(await narrow.call('apiKey.test', {}))).toEqual({
      kind: 'restricted',
      text: 'Operation not allowed',
    });
    await narrow.invite(1);
    await narrow.rest();
    expect(await narrow.states()).toEqual(['accepted']);
  });

  test('searches businesses', async () => {
    const testApp = await openTestApp();
    expect(await testApp.call('businesses.search', { text: 'lyon', page: 1 })).toEqual({
      ok: true,
      value: {
        kind: 'found',
        businesses: [{ id: RESTAURANT.id, name: RESTAURANT.name }],
        pages: 1,
      },
    });
    testApp.keychain.behave('locked');
    expect(await testApp.call('businesses.search', { text: '', page: 1 })).toEqual({
      ok: true,
      value: { kind: 'trouble', test: { kind: 'no-key' } },
    });
  });

  test('[row 92] is in no answer of any call', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.rest();
    const answers = [
      await testApp.call('app.read', {}),
      await testApp.call('settings.read', {}),
      await testApp.call('apiKey.test', {}),
      await testApp.call('apiKey.save', { key: VENDOR_KEY }),
      await testApp.call('connection.read', {}),
      await testApp.call('outbox.list', {}),
      await testApp.call('history.list', { before: null, limit: 10 }),
      await testApp.call('businesses.search', { text: '', page: 1 }),
    ];
    expect(JSON.stringify(answers)).not.toContain(VENDOR_KEY);
  });
});
