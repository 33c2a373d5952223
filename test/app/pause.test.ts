import { describe, expect, test } from 'vitest';
import type { PracticePath } from '../../electron/practice/paths.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { aPhone, HOTEL, openTestApp, valueOf, VENDOR_KEY, type TestApp } from '../support/app.ts';
import { NINE } from '../support/builders/row.ts';

const SEND = '/review_booster/send_invitation';

/** A desk that Partoo has asked for a pause after its first send. */
async function askedToWait(seconds: number): Promise<TestApp> {
  const testApp = await openTestApp();
  testApp.vendor.fault({ kind: 'rate-limit', retryAfter: String(seconds), times: 1, path: SEND });
  await testApp.invite(1);
  await testApp.rest();
  return testApp;
}

const connectionOf = async (testApp: TestApp) => valueOf(await testApp.call('connection.read', {}));

const ways: readonly (readonly [string, (testApp: TestApp) => Promise<unknown>])[] = [
  ['a restart', (testApp) => testApp.restart()],
  ['another key', (testApp) => testApp.call('apiKey.save', { key: VENDOR_KEY })],
  [
    'restoring a backup without the pause',
    async (testApp) => {
      const backups = valueOf(await testApp.call('backup.list', {})).backups;
      return testApp.call('backup.restore', { name: backups[0]?.name ?? '' });
    },
  ],
];

describe('[row 133] a pause that Partoo asks for', () => {
  test.each(ways)('survives %s and is shown with its end', async (_title, reopen) => {
    const testApp = await openTestApp();
    valueOf(await testApp.call('backup.make', {}));
    await testApp.clock.advance(SECOND_MS);
    testApp.vendor.fault({ kind: 'rate-limit', retryAfter: '3600', times: 1, path: SEND });
    await testApp.invite(1);
    await testApp.rest();
    const asked = testApp.vendor.received().length;
    const before = await connectionOf(testApp);
    expect(before).toEqual({ kind: 'busy', until: NINE + SECOND_MS + HOUR_MS });

    await reopen(testApp);
    await testApp.rest();
    await testApp.call('outbox.flush', {});
    await testApp.clock.advance(HOUR_MS - MINUTE_MS);
    expect(testApp.vendor.received()).toHaveLength(asked);
    const after = await connectionOf(testApp);
    expect(after).toMatchObject({ kind: 'busy' });
    const until = after.kind === 'busy' ? after.until : 0;
    expect(Math.abs(until - (NINE + SECOND_MS + HOUR_MS))).toBeLessThan(5 * SECOND_MS);

    await testApp.clock.advance(15 * MINUTE_MS);
    expect(testApp.vendor.received().length).toBeGreaterThan(asked);
    expect(await connectionOf(testApp)).toEqual({ kind: 'online' });
  });

  test('lasts a day at most, whatever the header says', async () => {
    const testApp = await askedToWait(40 * 24 * 3_600);
    const asked = testApp.vendor.received().length;
    await testApp.clock.advance(DAY_MS - MINUTE_MS);
    expect(testApp.vendor.received()).toHaveLength(asked);
    await testApp.clock.advance(2 * MINUTE_MS);
    expect(testApp.vendor.received().length).toBeGreaterThan(asked);
  });

  test('ends at its time on a PC that slept', async () => {
    const testApp = await askedToWait(3 * 3_600);
    testApp.clock.jump(3 * HOUR_MS);
    await testApp.app().wake();
    await testApp.clock.advance(10 * SECOND_MS);
    expect(await testApp.states()).toEqual(['accepted']);
    expect(testApp.vendor.sms()).toHaveLength(1);
  });
});

const SEARCH = '/review_booster/search-invitation';
const KEY = '/user/me';

const typed = (testApp: TestApp) =>
  testApp.call('verdict.checkWithPartoo', {
    phone: aPhone(5),
    name: '',
    businessId: HOTEL.id,
    replaces: null,
  });

const paths: readonly (readonly [string, PracticePath, (testApp: TestApp) => Promise<unknown>])[] =
  [
    ['the check while a person types', SEARCH, typed],
    ['the key test', KEY, (testApp) => testApp.call('apiKey.test', {})],
    [
      'the business search',
      '/business/search',
      (testApp) => testApp.call('businesses.search', { text: '', page: 1 }),
    ],
  ];

describe('[row 201] a pause that Partoo asks for in another call', () => {
  test.each(paths)('%s: applies to everything, and is stored', async (_title, path, ask) => {
    const testApp = await openTestApp();
    await testApp.rest();
    testApp.vendor.fault({ kind: 'rate-limit', retryAfter: '600', times: 1, path });
    await ask(testApp);
    expect(await connectionOf(testApp)).toEqual({ kind: 'busy', until: NINE + 10 * MINUTE_MS });
    const asked = testApp.vendor.received().length;
    const { id } = await testApp.invite(1);
    await testApp.call('outbox.flush', {});
    for (const [, , other] of paths) await other(testApp);
    await testApp.clock.advance(4 * MINUTE_MS);
    await testApp.restart();
    await testApp.rest();
    await testApp.clock.advance(5 * MINUTE_MS);
    expect(testApp.vendor.received()).toHaveLength(asked);
    await testApp.clock.advance(3 * MINUTE_MS);
    expect((await testApp.find(id)).progress.state).toBe('accepted');
    expect(await connectionOf(testApp)).toEqual({ kind: 'online' });
  });

  test('a call of Settings returns its end without a request', async () => {
    const testApp = await askedToWait(600);
    const asked = testApp.vendor.received().length;
    expect(valueOf(await testApp.call('apiKey.test', {}))).toMatchObject({ kind: 'busy' });
    expect(testApp.vendor.received()).toHaveLength(asked);
  });
});

test('[row 262] a pause from the real Partoo during practice applies in live mode too', async () => {
  const testApp = await openTestApp({ start: 'practice' });
  const fault = { kind: 'rate-limit', retryAfter: '600', times: 1, path: KEY } as const;
  testApp.vendor.fault(fault);
  expect(valueOf(await testApp.call('apiKey.test', {}))).toMatchObject({ kind: 'busy' });
  const asked = testApp.vendor.received().length;
  expect(valueOf(await testApp.call('apiKey.test', {}))).toMatchObject({ kind: 'busy' });
  expect(testApp.vendor.received()).toHaveLength(asked);

  valueOf(await testApp.call('app.leavePractice', {}));
  expect(await connectionOf(testApp)).toEqual({ kind: 'busy', until: NINE + 10 * MINUTE_MS });
  const { id } = await testApp.invite(1);
  await testApp.clock.advance(9 * MINUTE_MS);
  expect(testApp.vendor.received()).toHaveLength(asked);
  await testApp.clock.advance(3 * MINUTE_MS);
  expect((await testApp.find(id)).progress.state).toBe('accepted');
});
