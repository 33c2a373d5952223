import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PartooAnswer, Delivery } from '../../../electron/outbox/partoo-port.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { aPhone, aRow } from '../../support/builders/row.ts';
import { aCourier, no, NO_NETWORK, deferred, yes } from '../../support/builders/courier.ts';

const SERVER_ERROR = no({ kind: 'unreachable', cause: 'server-error' });
const HANGS = no({ kind: 'unreachable', cause: 'timeout' });

/** What a courier did in an hour after its vendor accepted some SMS. */
async function anHour(sms: number, delivery: (nth: number) => PartooAnswer<Delivery>) {
  const world = aCourier();
  const { insert, wake, vendor, clock, connections } = world;
  const ids: string[] = [];
  const asked: number[] = [];
  vendor.send = () => {
    const partooId = randomUUID();
    ids.push(partooId);
    return { kind: 'accepted', partooId };
  };
  vendor.delivery = (partooId) => {
    asked.push(ids.indexOf(partooId));
    return delivery(ids.indexOf(partooId));
  };
  const rows = Array.from({ length: sms }, (_, last) => aRow({ phone: aPhone(last) }));
  insert(...rows);
  await wake();
  const banners = connections.length;
  await clock.advance(HOUR_MS);
  const deliveryOf = (nth: number) => {
    const progress = world.store.readRow(rows[nth]?.invitation.id ?? '')?.invitation.progress;
    return progress?.state === 'accepted' ? progress.delivery : undefined;
  };
  return {
    ...world,
    asked: (nth: number) => asked.filter((one) => one === nth).length,
    banners: connections.length - banners,
    deliveryOf,
  };
}

describe('[row 121] an unreadable delivery state', () => {
  const unusable: readonly (readonly [string, PartooAnswer<Delivery>])[] = [
    ['a server error', SERVER_ERROR],
    ['an unreadable answer', no({ kind: 'unreachable', cause: 'unreadable' })],
    ['JSON without a state', no({ kind: 'unreachable', cause: 'unknown-shape' })],
    ['an odd status', no({ kind: 'unreachable', cause: 'odd-status' })],
    ['an unknown word', yes('unknown')],
    ['not found', no({ kind: 'refused', status: 404, text: 'Not found' })],
    ['no access', no({ kind: 'no-access', text: 'No' })],
  ];
  test.each(unusable)(
    'costs no more requests than a readable one, and shows no banner: %s',
    async (_title, answer) => {
      const { asked, banners, count, courier } = await anHour(1, () => answer);
      // After 30 seconds, 2 and 10 minutes, and an hour.
      expect(asked(0)).toBe(4);
      expect(banners).toBe(0);
      expect(count('probe')).toBe(1);
      expect(courier.connection()).toEqual({ kind: 'online' });
    },
  );

  test('delays no other', async () => {
    const { asked, deliveryOf } = await anHour(3, (nth) =>
      nth === 0 ? SERVER_ERROR : yes('delivered'),
    );
    expect([0, 1, 2].map(asked)).toEqual([4, 1, 1]);
    expect([1, 2].map(deliveryOf)).toEqual(['delivered', 'delivered']);
  });

  test('is polled for a day, then given up', async () => {
    const { asked, clock, count } = await anHour(1, () => SERVER_ERROR);
    await clock.advance(3 * DAY_MS);
    expect(asked(0)).toBe(6);
    expect(count('probe')).toBe(1);
  });
});

describe('[row 121] a delivery poll without an answer', () => {
  test.each([
    ['without a network', NO_NETWORK],
    ['that hangs', HANGS],
    ['while the key is refused', no({ kind: 'key-refused', text: 'Bad key' })],
  ])('%s is polled less and less, without a banner', async (_title, answer) => {
    const { asked, banners, count } = await anHour(1, () => answer);
    expect(asked(0)).toBeGreaterThan(4);
    expect(asked(0)).toBeLessThan(15);
    expect([banners, count('probe')]).toEqual([0, 1]);
  });

  test('delays no other', async () => {
    const { asked, deliveryOf } = await anHour(3, (nth) => (nth === 0 ? HANGS : yes('delivered')));
    expect([1, 2].map(asked)).toEqual([1, 1]);
    expect([1, 2].map(deliveryOf)).toEqual(['delivered', 'delivered']);
    expect(asked(0)).toBeLessThan(15);
  });

  test('does not count as a poll: the delivery is known once Partoo answers again', async () => {
    const world = await anHour(1, () => NO_NETWORK);
    await world.clock.advance(2 * DAY_MS);
    world.vendor.delivery = () => yes('delivered');
    await world.clock.advance(2 * HOUR_MS);
    expect(world.deliveryOf(0)).toBe('delivered');
  });

  test('does not end a pause of Partoo: everything else waits for its end, and continues', async () => {
    const { insert, wake, vendor, clock, connections, state, count } = aCourier();
    insert(aRow({ phone: aPhone(1) }));
    await wake();
    vendor.delivery = () => no({ kind: 'busy', pauseMs: 10 * MINUTE_MS });
    await clock.advance(30 * SECOND_MS);
    expect(connections.at(-1)).toMatchObject({ kind: 'busy' });
    const next = aRow({ phone: aPhone(2) });
    insert(next);
    await wake('person');
    expect(count('send')).toBe(1);
    await clock.advance(11 * MINUTE_MS);
    expect(state(next)).toBe('accepted');
    expect(count('poll')).toBeLessThanOrEqual(2);
  });
});

describe('[row 121] polling the delivery of an SMS', () => {
  test('needs no probe of its own', async () => {
    const { count } = await anHour(5, () => yes('sent'));
    expect([count('probe'), count('poll')]).toEqual([1, 20]);
  });

  test("needs no probe while the PC's clock is off either", async () => {
    const { insert, wake, vendor, clock, count, connections } = aCourier();
    clock.jump(3 * HOUR_MS);
    vendor.probe = () => ({ ...yes('reachable'), serverTime: clock.now() - 3 * HOUR_MS });
    vendor.delivery = () => yes('sent');
    insert(aRow());
    await wake();
    expect(connections.at(-1)).toMatchObject({ kind: 'clock-off' });
    await clock.advance(3 * MINUTE_MS);
    expect([count('probe'), count('poll')]).toEqual([1, 2]);
  });

  test('delays no send: an invitation saved during a poll passes the probe and is sent', async () => {
    const { insert, wake, vendor, clock, count, state } = aCourier();
    insert(aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) }));
    await wake();
    const { promise, resolve } = deferred<PartooAnswer<Delivery>>();
    let polls = 0;
    vendor.delivery = () => {
      polls += 1;
      return promise;
    };
    await clock.advance(30 * SECOND_MS);
    const next = aRow({ phone: aPhone(3) });
    insert(next);
    await wake();
    expect([polls, count('send')]).toEqual([1, 2]);
    resolve(yes('delivered'));
    await clock.advance(0);
    expect(state(next)).toBe('accepted');
    expect(count('probe')).toBe(2);
    expect(polls).toBe(2);
  });
});
