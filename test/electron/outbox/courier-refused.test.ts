import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../shared/attempt.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { aPhone, aRow, held, NINE } from '../../support/builders/row.ts';
import { aCourier, no, NO_NETWORK, yes } from '../../support/builders/courier.ts';

const HOTEL = 'hotel';
const SHOP = 'shop';
const NO_ACCESS: Outcome = { kind: 'halt', scope: 'business', text: 'Not yours' };
const UNCLEAR: Outcome = { kind: 'unclear', cause: 'server-error', notBeforeMs: 0 };
const accept = (): Outcome => ({ kind: 'accepted', partooId: randomUUID() });

describe('[row 38] a business that Partoo refuses', () => {
  function twoBusinesses() {
    const world = aCourier();
    world.vendor.send = ({ businessId }) => (businessId === SHOP ? NO_ACCESS : accept());
    const shop = aRow({ phone: aPhone(1), businessId: SHOP });
    world.insert(shop);
    return { ...world, shop };
  }

  test('pauses alone: its invitation waits, and the others are sent when due', async () => {
    const { insert, wake, clock, state, shop, connections, count } = twoBusinesses();
    await wake();
    expect(state(shop)).toBe('waiting');
    const soon = aRow({
      phone: aPhone(2),
      businessId: HOTEL,
      progress: held(NINE + 11 * SECOND_MS),
    });
    insert(soon);
    await wake();
    await clock.advance(11 * SECOND_MS);
    expect(state(soon)).toBe('accepted');
    expect(connections.at(-1)).toEqual({
      kind: 'no-access',
      businessIds: [SHOP],
      text: 'Not yours',
    });
    expect(count('send')).toBe(2);
  });

  test('is retried after a quarter of an hour, or when a person asks', async () => {
    const { wake, clock, count } = twoBusinesses();
    await wake();
    await clock.advance(14 * MINUTE_MS);
    expect(count('send')).toBe(1);
    await clock.advance(6 * MINUTE_MS);
    expect(count('send')).toBe(2);
    await wake('person');
    expect(count('send')).toBe(3);
  });

  test('does not hide that the network is back', async () => {
    const { wake, clock, vendor, connections } = twoBusinesses();
    await wake();
    vendor.probe = () => NO_NETWORK;
    await wake();
    expect(connections.at(-1)).toMatchObject({ kind: 'offline' });
    vendor.probe = () => yes('reachable');
    await clock.advance(MINUTE_MS);
    expect(connections.at(-1)).toMatchObject({ kind: 'no-access', businessIds: [SHOP] });
  });

  test('is forgotten once it is accepted again', async () => {
    const { wake, clock, vendor, connections, state, shop } = twoBusinesses();
    await wake();
    vendor.send = accept;
    await clock.advance(20 * MINUTE_MS);
    expect(state(shop)).toBe('accepted');
    expect(connections.at(-1)).toEqual({ kind: 'online' });
  });
});

describe('[row 37] a key that Partoo refuses', () => {
  test('stops everything after one request, until a person acts', async () => {
    const { insert, wake, clock, vendor, count, state, connections } = aCourier();
    vendor.send = () => ({ kind: 'halt', scope: 'key', text: 'Bad key' });
    const rows = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) })];
    insert(...rows);
    await wake();
    await clock.advance(DAY_MS);
    await wake('event');
    expect([count('probe'), count('send')]).toEqual([1, 1]);
    expect(rows.map(state)).toEqual(['waiting', 'waiting']);
    expect(connections.at(-1)).toEqual({ kind: 'key-refused', text: 'Bad key' });

    vendor.send = accept;
    await wake('person');
    expect(rows.map(state)).toEqual(['accepted', 'accepted']);
  });

  test('is also found by the probe', async () => {
    const { insert, wake, clock, vendor, count } = aCourier();
    vendor.probe = () => no({ kind: 'key-refused', text: 'Bad key' });
    insert(aRow());
    await wake();
    await clock.advance(DAY_MS);
    expect([count('probe'), count('send')]).toEqual([1, 0]);
  });
});

describe('[row 42] a pause that Partoo asks for', () => {
  test('holds everything; neither a hint nor a person ends it', async () => {
    const { insert, wake, clock, vendor, count, state, connections } = aCourier();
    vendor.send = () => ({ kind: 'later', pauseMs: 10 * MINUTE_MS });
    const rows = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) })];
    insert(...rows);
    await wake();
    vendor.send = accept;
    expect(connections.at(-1)).toEqual({ kind: 'busy', until: NINE + 10 * MINUTE_MS });
    await wake('event');
    await wake('person');
    await clock.advance(10 * MINUTE_MS - 1);
    await wake('event');
    await wake('person');
    expect([count('probe'), count('send')]).toEqual([1, 1]);
    await clock.advance(10 * SECOND_MS);
    expect(rows.map(state)).toEqual(['accepted', 'accepted']);
    expect(connections.at(-1)).toEqual({ kind: 'online' });
  });

  test('at the probe', async () => {
    const { insert, wake, clock, vendor, count } = aCourier();
    vendor.probe = () => no({ kind: 'busy', pauseMs: 2 * MINUTE_MS });
    insert(aRow());
    await wake();
    await wake('person');
    await clock.advance(2 * MINUTE_MS - 1);
    expect([count('probe'), count('send')]).toEqual([1, 0]);
  });

  test('[row 45] with a server error', async () => {
    const { insert, wake, clock, vendor, count } = aCourier();
    vendor.send = () => ({ ...UNCLEAR, notBeforeMs: 10 * MINUTE_MS });
    insert(aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) }));
    await wake();
    await wake('event');
    await clock.advance(10 * MINUTE_MS - 1);
    await wake('event');
    expect([count('probe'), count('send'), count('search')]).toEqual([1, 1, 0]);
  });

  test('in answer to a search: makes no decision without one', async () => {
    const { insert, wake, clock, vendor, count, state } = aCourier();
    vendor.send = () => UNCLEAR;
    const row = aRow();
    insert(row);
    await wake();
    vendor.search = () => no({ kind: 'busy', pauseMs: 10 * MINUTE_MS });
    await clock.advance(10 * MINUTE_MS);
    expect([count('send'), count('search')]).toEqual([1, 1]);
    expect(state(row)).toBe('unconfirmed');

    const send = { id: 'p-1', sentAt: NINE, by: 'Desk' };
    vendor.search = () => yes([send]);
    await clock.advance(MINUTE_MS);
    expect(state(row)).toBe('accepted');
  });

  test('in answer to the search after a refusal', async () => {
    const { insert, wake, clock, vendor, count } = aCourier();
    vendor.send = () => ({ kind: 'refused', status: 400, text: 'No' });
    vendor.search = () => no({ kind: 'busy', pauseMs: 10 * MINUTE_MS });
    insert(aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) }));
    await wake();
    await clock.advance(10 * MINUTE_MS - 1);
    expect([count('probe'), count('send'), count('search')]).toEqual([1, 1, 1]);
  });
});
