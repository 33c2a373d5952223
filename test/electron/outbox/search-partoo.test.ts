import { describe, expect, test } from 'vitest';
import { businessesToSearch } from '../../../electron/outbox/search-partoo.ts';
import type { KnownSend } from '../../../electron/outbox/partoo-port.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { WINDOW_MS } from '../../../shared/resend-window.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';
import { aCourier, no, yes } from '../../support/builders/courier.ts';

const [HOTEL, SPA, BAR] = ['hotel', 'spa', 'bar'];
const REFUSED = { kind: 'refused', status: 400, text: 'No' } as const;

const sentFor = (businessId: string, daysAgo: number, last: number) =>
  aRow({
    businessId,
    phone: aPhone(last),
    sentAt: NINE - daysAgo * DAY_MS,
    queuedAt: NINE - daysAgo * DAY_MS,
    progress: {
      state: 'accepted',
      at: NINE - daysAgo * DAY_MS,
      evidence: 'response',
      delivery: null,
    },
  });

/** A courier whose vendor lists SMS by business, and the businesses that were searched. */
function aSearch(listed: Readonly<Record<string, readonly KnownSend[]>> = {}) {
  const world = aCourier({
    businesses: [HOTEL, SPA, BAR].map((id) => ({ id, name: id })),
  });
  const asked: string[] = [];
  world.vendor.search = ({ businessId }) => {
    asked.push(businessId);
    return yes(listed[businessId] ?? []);
  };
  return { ...world, asked };
}
const anSms = (at: number): readonly KnownSend[] => [{ id: `p-${at}`, sentAt: at, by: 'Léa' }];

describe('[row 123] the searched businesses', () => {
  test('are its own first, each once, five at most', () => {
    expect(
      businessesToSearch({
        own: 'c',
        sentFor: ['a', 'c', 'b'],
        configured: ['b', 'd', 'e', 'f'],
      }),
    ).toEqual(['c', 'a', 'b', 'd', 'e']);
    expect(businessesToSearch({ own: 'c', sentFor: [], configured: [] })).toEqual(['c']);
  });

  test('after a refusal include those that this desk sent for within ten days, the latest first', async () => {
    const { insert, wake, vendor, asked } = aSearch();
    insert(sentFor(SPA, 9, 1), sentFor(BAR, 2, 2), sentFor('closed-down', 10, 3));
    vendor.send = () => REFUSED;
    insert(aRow({ businessId: HOTEL }));
    await wake();
    expect(asked).toEqual([HOTEL, BAR, SPA]);
  });

  test('are no more once its own explains the refusal', async () => {
    const { insert, wake, vendor, asked } = aSearch({ [HOTEL]: anSms(NINE - DAY_MS) });
    insert(sentFor(SPA, 9, 1));
    vendor.send = () => REFUSED;
    insert(aRow({ businessId: HOTEL }));
    await wake();
    expect(asked).toEqual([HOTEL]);
  });

  test('include the configured ones while the database may have missed something', async () => {
    const { insert, wake, store, asked, vendor, clock } = aSearch();
    store.doubt({ why: 'restored', from: NINE - DAY_MS, to: NINE });
    vendor.probe = () => ({ ...yes('reachable' as const), serverTime: clock.now() });
    insert(aRow({ businessId: BAR }));
    await wake();
    expect(asked).toEqual([BAR, HOTEL, SPA]);
  });
});

describe('[row 123] an SMS sent for another business', () => {
  test('stops an invitation while the database may have missed it', async () => {
    const { insert, wake, store, state, count, vendor, clock } = aSearch({
      [SPA]: anSms(NINE - HOUR_MS),
    });
    store.doubt({ why: 'restored', from: NINE - DAY_MS, to: NINE });
    vendor.probe = () => ({ ...yes('reachable' as const), serverTime: clock.now() });
    const row = aRow({ businessId: HOTEL });
    insert(row);
    await wake();
    expect(state(row)).toBe('needs_decision');
    expect(count('send')).toBe(0);
  });

  test('stops a forced one that was decided without it', async () => {
    const { insert, wake, state, count } = aSearch({ [SPA]: anSms(NINE - HOUR_MS) });
    insert(sentFor(SPA, 3, 1));
    const row = aRow({ businessId: HOTEL, forceReason: 'Asked', seenSentAt: NINE - DAY_MS });
    insert(row);
    await wake();
    expect(state(row)).toBe('needs_decision');
    expect(count('send')).toBe(0);
  });

  test('explains a refusal, and proves no other invitation', async () => {
    const { insert, wake, state, vendor, store } = aSearch({ [SPA]: anSms(NINE - HOUR_MS) });
    insert(sentFor(SPA, 3, 1));
    vendor.send = () => REFUSED;
    const row = aRow({ businessId: HOTEL });
    insert(row);
    await wake();
    expect(state(row)).toBe('needs_decision');
    expect(store.readRow(row.invitation.id)?.sentAt).toBe(NINE - HOUR_MS);
  });
});

describe('[row 123] a business that cannot be searched', () => {
  const withTrouble = (trouble: Parameters<typeof no>[0]) => {
    const world = aSearch();
    world.vendor.search = ({ businessId }) => (businessId === HOTEL ? yes([]) : no(trouble));
    world.vendor.send = () => REFUSED;
    world.insert(sentFor(SPA, 3, 1));
    const row = aRow({ businessId: HOTEL });
    world.insert(row);
    return { ...world, row };
  };
  const whyOf = ({ store, row }: ReturnType<typeof withTrouble>) =>
    store.readRow(row.invitation.id)?.invitation.progress;

  test('because the key may not see it is skipped', async () => {
    const world = withTrouble({ kind: 'no-access', text: 'Operation not allowed' });
    await world.wake();
    expect(whyOf(world)).toMatchObject({ state: 'refused', why: 'invalid' });
  });

  test('because no answer came blocks the send', async () => {
    const world = withTrouble({ kind: 'unreachable', cause: 'timeout' });
    await world.wake();
    expect(whyOf(world)).toMatchObject({ state: 'refused', why: 'unclear' });
  });

  test('because Partoo asks for a pause starts that pause', async () => {
    const world = withTrouble({ kind: 'busy', pauseMs: 10 * MINUTE_MS });
    await world.wake();
    expect(whyOf(world)).toMatchObject({ state: 'refused', why: 'unclear' });
    expect(world.connections.at(-1)).toMatchObject({ kind: 'busy' });
  });
});

test('[row 123] each searched business waits for the rate limiter', async () => {
  const world = aCourier({ requestsPerMinute: 10 });
  world.vendor.send = () => REFUSED;
  world.insert(...[1, 2, 3, 4].map((n) => sentFor(`business-${n}`, 1, n)));
  world.insert(aRow({ businessId: HOTEL }));
  await world.wake();
  // A probe, a send, and searches of two requests each fill three quarters of the minute.
  expect(world.count('search')).toBe(2);
  await world.clock.advance(MINUTE_MS);
  expect(world.count('search')).toBe(5);
});

test('[row 138] a refusal is explained by the ten days that end with it', async () => {
  const sent = NINE - WINDOW_MS + HOUR_MS;
  const world = aCourier();
  world.vendor.send = () => REFUSED;
  world.vendor.search = () => no({ kind: 'unreachable', cause: 'timeout' });
  const row = aRow();
  world.insert(row);
  await world.wake();
  await world.clock.advance(2 * DAY_MS);
  const after: number[] = [];
  world.vendor.search = (query) => {
    after.push(query.after);
    return yes(anSms(sent));
  };
  world.courier.askWhyRefused(row.invitation.id);
  await world.wake();
  expect(after).toEqual([NINE - WINDOW_MS - HOUR_MS]);
  expect(world.store.readRow(row.invitation.id)?.invitation.progress).toMatchObject({
    state: 'needs_decision',
    why: 'window',
  });
});
