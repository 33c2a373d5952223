import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../shared/attempt.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';
import { aCourier, deferred, yes } from '../../support/builders/courier.ts';

const SMS = 20;
const accept = (): Outcome => ({ kind: 'accepted', partooId: randomUUID() });

/** Twenty invitations sent one by one; the PC's clock is set during the third. */
async function jumpInTheMiddle(byMs: number, date: 'right' | 'none' | 'none-after-that' = 'right') {
  const world = aCourier();
  const { insert, wake, vendor, clock, correctedClock, count } = world;
  const rightNow = clock.now() - clock.elapsedMs();
  const third = deferred<Outcome>();
  let isSet = false;
  vendor.probe = () =>
    date === 'none' || (isSet && date === 'none-after-that')
      ? yes('reachable')
      : { ...yes('reachable'), serverTime: rightNow + clock.elapsedMs() };
  vendor.send = () => (count('send') === 3 ? third.promise : accept());
  const rows = Array.from({ length: SMS }, (_, last) => aRow({ phone: aPhone(last) }));
  insert(...rows);
  await wake();
  expect([count('probe'), count('send')]).toEqual([1, 3]);
  clock.jump(byMs);
  isSet = true;
  const probes: number[] = [];
  vendor.send = () => {
    probes.push(count('probe'));
    return accept();
  };
  third.resolve(accept());
  await clock.advance(0);
  return { ...world, correctedClock, rows, probes };
}

const states = ({ rows, state }: Awaited<ReturnType<typeof jumpInTheMiddle>>) =>
  new Set(rows.map(state));

describe("[row 125] the PC's clock is set in the middle of a flush", () => {
  test.each([4 * DAY_MS, -400 * DAY_MS, 20 * DAY_MS])(
    'by %i ms: sends nothing more, expires nothing, and goes on when the clock is right',
    async (byMs) => {
      const world = await jumpInTheMiddle(byMs);
      const { clock, count, connections, rows, state } = world;
      await clock.advance(HOUR_MS);
      expect(count('send')).toBe(3);
      expect(rows.slice(3).map(state)).toEqual(rows.slice(3).map(() => 'waiting'));
      expect(connections.at(-1)).toEqual({ kind: 'clock-wrong', aheadMs: byMs });
      clock.jump(-byMs);
      await clock.advance(5 * MINUTE_MS);
      expect(states(world)).toEqual(new Set(['accepted']));
      expect(count('send')).toBe(SMS);
    },
  );

  test.each([3 * HOUR_MS, -3 * HOUR_MS])(
    'by %i ms: probes again before anything more is sent',
    async (byMs) => {
      const world = await jumpInTheMiddle(byMs);
      expect(world.probes).toHaveLength(SMS - 3);
      expect(new Set(world.probes)).toEqual(new Set([2]));
      expect(states(world)).toEqual(new Set(['accepted']));
      expect(world.connections.at(-1)).toEqual({ kind: 'clock-off', aheadMs: byMs });
    },
  );

  test.each(['none', 'none-after-that'] as const)(
    'ahead, and Partoo returns no time (%s): nothing expires by itself',
    async (date) => {
      const world = await jumpInTheMiddle(4 * DAY_MS, date);
      const { clock, vendor, count, rows, state } = world;
      await clock.advance(HOUR_MS);
      expect(rows.slice(3).map(state)).toEqual(rows.slice(3).map(() => 'waiting'));
      expect(count('send')).toBe(3);
      expect(count('probe')).toBeLessThan(100);
      vendor.probe = () => ({ ...yes('reachable'), serverTime: clock.now() });
      await clock.advance(10 * MINUTE_MS);
      // They really are four days old, and a person decides.
      expect(rows.slice(3).map(state)).toEqual(rows.slice(3).map(() => 'needs_decision'));
    },
  );

  test('while a refusal is looked up: its reason does not depend on the wrong time', async () => {
    const { insert, wake, vendor, clock, store } = aCourier();
    const row = aRow();
    insert(row);
    vendor.send = () => ({ kind: 'refused', status: 400, text: 'No' });
    vendor.search = () => {
      clock.jump(20 * DAY_MS);
      return yes([{ id: 'p-1', sentAt: NINE - 4 * DAY_MS, by: 'Another desk' }]);
    };
    await wake();
    expect(store.readRow(row.invitation.id)?.invitation.progress).toMatchObject({
      state: 'refused',
      why: 'unclear',
    });
  });

  test('back, and Partoo returns no time: sends nothing', async () => {
    const { clock, count, connections } = await jumpInTheMiddle(-400 * DAY_MS, 'none-after-that');
    await clock.advance(HOUR_MS);
    expect(count('send')).toBe(3);
    expect(connections.at(-1)).toEqual({ kind: 'clock-wrong', aheadMs: null });
  });
});
