import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../shared/attempt.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';
import { aCourier, yes } from '../../support/builders/courier.ts';

const LOST: Outcome = { kind: 'unclear', cause: 'reset', notBeforeMs: 0 };

/** A vendor that sends every SMS, loses the answers to these numbers, and lists what it has sent. */
function losing(lost: readonly string[], requestsPerMinute: number) {
  const world = aCourier({ requestsPerMinute });
  const accept = world.vendor.send;
  const sent = new Map<string, number>();
  world.vendor.send = (request) => {
    sent.set(request.phone, world.clock.now());
    return lost.includes(request.phone) ? LOST : accept(request);
  };
  world.vendor.search = ({ phone }) => {
    const sentAt = sent.get(phone);
    return yes(sentAt === undefined ? [] : [{ id: `sms-${phone}`, sentAt, by: 'us' }]);
  };
  return world;
}

const rows = (count: number) =>
  Array.from({ length: count }, (_, nth) =>
    aRow({ phone: aPhone(nth), queuedAt: NINE - 1000 + nth }),
  );

describe('[row 198] an unconfirmed invitation', () => {
  test('is searched while others are sent, at the full rate of the desk', async () => {
    const world = losing([aPhone(0)], 20);
    const [first, ...others] = rows(60);
    if (first === undefined) throw new Error('no rows');
    world.insert(first, ...others);
    await world.wake();
    await world.clock.advance(90 * SECOND_MS);
    expect(world.state(first)).toBe('accepted');
    // Most of the others are still unsent: the search did not wait for them.
    expect(world.count('send')).toBeLessThan(40);
  });

  test('is searched although every send fails', async () => {
    const all = rows(8);
    const world = losing(
      all.map(({ invitation }) => invitation.phone),
      300,
    );
    world.insert(...all);
    await world.wake();
    await world.clock.advance(2 * MINUTE_MS);
    const [first] = all;
    expect(first && world.state(first)).toBe('accepted');
    expect(all.map(world.state)).toContain('waiting');
    await world.clock.advance(30 * MINUTE_MS);
    expect(all.map(world.state)).toEqual(all.map(() => 'accepted'));
    expect(world.count('send')).toBe(8);
  });

  test('is searched when a person asks, also while others wait', async () => {
    const all = rows(4);
    const [first] = all;
    if (first === undefined) throw new Error('no rows');
    const world = losing(
      all.map(({ invitation }) => invitation.phone),
      300,
    );
    world.insert(...all);
    await world.wake();
    expect(world.state(first)).toBe('unconfirmed');
    const { progress } = world.store.readRow(first.invitation.id)?.invitation ?? first.invitation;
    world.store.recordDecision(first.invitation.id, 'unconfirmed', {
      progress: { state: 'unconfirmed', at: progress.at, dueAt: world.clock.now() },
      sentAt: world.clock.now(),
      partooId: null,
      deliveryDueAt: null,
    });
    await world.wake('person');
    expect(world.state(first)).toBe('accepted');
  });
});
