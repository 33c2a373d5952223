import { describe, expect, test } from 'vitest';
import type { PracticePath } from '../../electron/practice/paths.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { aPhone, HOTEL, openHouse, valueOf, VENDOR_KEY, type House } from '../support/app.ts';
import { NINE } from '../support/builders/row.ts';

const SEND = '/review_booster/send_invitation';

/** A desk that Partoo has asked for a pause after its first send. */
async function askedToWait(seconds: number): Promise<House> {
  const house = await openHouse();
  house.vendor.fault({ kind: 'rate-limit', retryAfter: String(seconds), times: 1, path: SEND });
  await house.invite(1);
  await house.rest();
  return house;
}

const connectionOf = async (house: House) => valueOf(await house.call('connection.read', {}));

const ways: readonly (readonly [string, (house: House) => Promise<unknown>])[] = [
  ['a restart', (house) => house.restart()],
  ['another key', (house) => house.call('apiKey.save', { key: VENDOR_KEY })],
  [
    'a restore of a backup that knows of no pause',
    async (house) => {
      const backups = valueOf(await house.call('backup.list', {})).backups;
      return house.call('backup.restore', { name: backups[0]?.name ?? '' });
    },
  ],
];

describe('[row 133] a pause that Partoo asks for', () => {
  test.each(ways)('survives %s and is shown with its end', async (_title, reopen) => {
    const house = await openHouse();
    valueOf(await house.call('backup.make', {}));
    await house.clock.advance(SECOND_MS);
    house.vendor.fault({ kind: 'rate-limit', retryAfter: '3600', times: 1, path: SEND });
    await house.invite(1);
    await house.rest();
    const asked = house.vendor.received().length;
    const before = await connectionOf(house);
    expect(before).toEqual({ kind: 'busy', until: NINE + SECOND_MS + HOUR_MS });

    await reopen(house);
    await house.rest();
    await house.call('outbox.flush', {});
    await house.clock.advance(HOUR_MS - MINUTE_MS);
    expect(house.vendor.received()).toHaveLength(asked);
    const after = await connectionOf(house);
    expect(after).toMatchObject({ kind: 'busy' });
    const until = after.kind === 'busy' ? after.until : 0;
    expect(Math.abs(until - (NINE + SECOND_MS + HOUR_MS))).toBeLessThan(5 * SECOND_MS);

    await house.clock.advance(15 * MINUTE_MS);
    expect(house.vendor.received().length).toBeGreaterThan(asked);
    expect(await connectionOf(house)).toEqual({ kind: 'online' });
  });

  test('lasts a day at most, whatever the header says', async () => {
    const house = await askedToWait(40 * 24 * 3_600);
    const asked = house.vendor.received().length;
    await house.clock.advance(DAY_MS - MINUTE_MS);
    expect(house.vendor.received()).toHaveLength(asked);
    await house.clock.advance(2 * MINUTE_MS);
    expect(house.vendor.received().length).toBeGreaterThan(asked);
  });

  test('ends at its time on a PC that slept', async () => {
    const house = await askedToWait(3 * 3_600);
    house.clock.jump(3 * HOUR_MS);
    await house.app().wake();
    await house.clock.advance(10 * SECOND_MS);
    expect(await house.states()).toEqual(['accepted']);
    expect(house.vendor.sms()).toHaveLength(1);
  });
});

const SEARCH = '/review_booster/search-invitation';
const KEY = '/user/me';

const typed = (house: House) =>
  house.call('verdict.checkWithPartoo', {
    phone: aPhone(5),
    name: '',
    businessId: HOTEL.id,
    replaces: null,
  });

const paths: readonly (readonly [string, PracticePath, (house: House) => Promise<unknown>])[] = [
  ['the search while somebody types', SEARCH, typed],
  ['the test of the key', KEY, (house) => house.call('apiKey.test', {})],
  [
    'the search for businesses',
    '/business/search',
    (house) => house.call('businesses.search', { text: '', page: 1 }),
  ],
];

describe('[row 201] a pause that Partoo asks for in another call', () => {
  test.each(paths)('%s: applies to everything, and is stored', async (_title, path, ask) => {
    const house = await openHouse();
    await house.rest();
    house.vendor.fault({ kind: 'rate-limit', retryAfter: '600', times: 1, path });
    await ask(house);
    expect(await connectionOf(house)).toEqual({ kind: 'busy', until: NINE + 10 * MINUTE_MS });
    const asked = house.vendor.received().length;
    const { id } = await house.invite(1);
    await house.call('outbox.flush', {});
    for (const [, , other] of paths) await other(house);
    await house.clock.advance(4 * MINUTE_MS);
    await house.restart();
    await house.rest();
    await house.clock.advance(5 * MINUTE_MS);
    expect(house.vendor.received()).toHaveLength(asked);
    await house.clock.advance(3 * MINUTE_MS);
    expect((await house.find(id)).progress.state).toBe('accepted');
    expect(await connectionOf(house)).toEqual({ kind: 'online' });
  });

  test('a call of Settings returns its end without a request', async () => {
    const house = await askedToWait(600);
    const asked = house.vendor.received().length;
    expect(valueOf(await house.call('apiKey.test', {}))).toMatchObject({ kind: 'busy' });
    expect(house.vendor.received()).toHaveLength(asked);
  });
});

test('[row 262] a pause from the real Partoo during practice applies in live mode too', async () => {
  const house = await openHouse({ start: 'practice' });
  const fault = { kind: 'rate-limit', retryAfter: '600', times: 1, path: KEY } as const;
  house.vendor.fault(fault);
  expect(valueOf(await house.call('apiKey.test', {}))).toMatchObject({ kind: 'busy' });
  const asked = house.vendor.received().length;
  expect(valueOf(await house.call('apiKey.test', {}))).toMatchObject({ kind: 'busy' });
  expect(house.vendor.received()).toHaveLength(asked);

  valueOf(await house.call('app.leavePractice', {}));
  expect(await connectionOf(house)).toEqual({ kind: 'busy', until: NINE + 10 * MINUTE_MS });
  const { id } = await house.invite(1);
  await house.clock.advance(9 * MINUTE_MS);
  expect(house.vendor.received()).toHaveLength(asked);
  await house.clock.advance(3 * MINUTE_MS);
  expect((await house.find(id)).progress.state).toBe('accepted');
});
