import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../shared/attempt.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';
import { aCourier, yes } from '../../support/builders/courier.ts';

const ACCEPTED: Outcome = { kind: 'accepted', partooId: 'p-1' };
const UNCLEAR: Outcome = { kind: 'unclear', cause: 'server-error', notBeforeMs: 0 };
const accept = (): Outcome => ({ kind: 'accepted', partooId: randomUUID() });

describe('an attempt without an answer', () => {
  test('[row 43] is searched, repeated after the quarantine, and given to a person after three', async () => {
    const { insert, wake, clock, vendor, callsAt, state } = aCourier();
    vendor.send = () => UNCLEAR;
    const row = aRow();
    insert(row);
    await wake();
    expect(state(row)).toBe('unconfirmed');
    await clock.advance(HOUR_MS);
    expect(state(row)).toBe('needs_decision');
    const sends = callsAt('send');
    expect(sends).toHaveLength(3);
    for (const [nth, at] of sends.entries()) {
      const before = sends[nth - 1];
      if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(10 * MINUTE_MS);
    }
    // Several searches within each quarantine: a search can lag.
    const first = callsAt('search').filter((at) => at < 10 * MINUTE_MS);
    expect(first.length).toBeGreaterThanOrEqual(4);
  });

  test('[row 44] a forced one is sent once, whatever happens', async () => {
    const { insert, wake, clock, vendor, count, state } = aCourier();
    vendor.send = () => UNCLEAR;
    const row = aRow({ forceReason: 'Lost it', seenSentAt: NINE - DAY_MS });
    insert(row);
    await wake();
    await clock.advance(2 * DAY_MS);
    await wake('person');
    expect(count('send')).toBe(1);
    expect(state(row)).toBe('needs_decision');
  });

  test('[row 3] [row 4] one found in `sending` at the start is treated the same', async () => {
    const { insert, wake, clock, store, count, state } = aCourier();
    const row = aRow({ forceReason: 'Lost it', seenSentAt: NINE - DAY_MS });
    insert(row);
    store.claim(row.invitation.id, NINE);
    await wake();
    expect(state(row)).toBe('unconfirmed');
    await clock.advance(HOUR_MS);
    expect(count('send')).toBe(0);
    expect(state(row)).toBe('needs_decision');
  });

  test.each([-3 * HOUR_MS, 3 * HOUR_MS])(
    '[row 72] [row 74] is not lost when the clock is set in between, by %i ms',
    async (byMs) => {
      const { insert, wake, clock, vendor, count, state, connections } = aCourier();
      vendor.send = () => UNCLEAR;
      const row = aRow();
      insert(row);
      await wake();
      clock.jump(byMs);
      vendor.probe = () => ({ ...yes('reachable'), serverTime: NINE + clock.elapsedMs() });
      vendor.send = accept;
      await clock.advance(9 * MINUTE_MS);
      expect(count('send')).toBe(1);
      await clock.advance(10 * MINUTE_MS);
      expect(count('search')).toBeGreaterThan(0);
      expect(state(row)).toBe('accepted');
      expect(connections.at(-1)).toEqual({ kind: 'clock-off', aheadMs: byMs });
    },
  );

  test.each([-365 * DAY_MS, 365 * DAY_MS])(
    '[row 72] [row 73] [I10] a clock that is a year off blocks sending until it is right, by %i ms',
    async (byMs) => {
      const { insert, wake, clock, vendor, count, state, connections } = aCourier();
      vendor.probe = () => ({ ...yes('reachable'), serverTime: NINE + clock.elapsedMs() });
      clock.jump(byMs);
      const row = aRow();
      insert(row);
      await wake();
      await clock.advance(2 * HOUR_MS);
      expect(count('send')).toBe(0);
      expect(state(row)).toBe('waiting');
      expect(connections.at(-1)).toEqual({ kind: 'clock-wrong', aheadMs: byMs });
      clock.jump(-byMs);
      await clock.advance(5 * MINUTE_MS);
      expect(state(row)).toBe('accepted');
      expect(connections.at(-1)).toEqual({ kind: 'online' });
    },
  );

  test('[row 72] a clock that went back blocks sending until Partoo has returned the time', async () => {
    const { insert, wake, clock, vendor, count, state, connections } = aCourier();
    await wake();
    clock.jump(-100 * DAY_MS);
    const row = aRow();
    insert(row);
    await wake();
    await clock.advance(HOUR_MS);
    expect(count('send')).toBe(0);
    expect(connections.at(-1)).toEqual({ kind: 'clock-wrong', aheadMs: null });
    vendor.probe = () => ({ ...yes('reachable'), serverTime: clock.now() });
    await clock.advance(5 * MINUTE_MS);
    expect(state(row)).toBe('accepted');
  });

  test.each([
    ['went back, and Partoo returns no time', undefined],
    ['is a year off', NINE],
  ])(
    '[row 72] [row 73] while the clock %s, requests to Partoo become rarer',
    async (_, serverTime) => {
      const { insert, wake, clock, vendor, count } = aCourier();
      await wake();
      vendor.probe = () => ({ ...yes('reachable'), serverTime });
      clock.jump(-365 * DAY_MS);
      insert(aRow());
      await wake();
      await clock.advance(HOUR_MS);
      expect(count('probe')).toBeLessThan(150);
    },
  );

  test('requests become rarer while Partoo passes the probe but fails every send', async () => {
    const { insert, wake, clock, vendor, count } = aCourier();
    vendor.send = () => UNCLEAR;
    insert(...Array.from({ length: 50 }, (_, last) => aRow({ phone: aPhone(last) })));
    await wake();
    await clock.advance(10 * MINUTE_MS);
    expect(count('send')).toBeLessThan(15);
  });

  test('[row 30] an answer that repeats another invitation’s id is not accepted', async () => {
    const { insert, wake, vendor, state } = aCourier();
    vendor.send = () => ACCEPTED;
    const rows = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) })];
    insert(...rows);
    await wake();
    expect(rows.map(state)).toEqual(['accepted', 'unconfirmed']);
  });
});

describe('an attempt that sent nothing', () => {
  test('[row 15] is repeated without limit and loses nothing else', async () => {
    const { insert, wake, clock, vendor, count, state } = aCourier();
    vendor.send = () => ({ kind: 'not-sent', cause: 'reset' });
    const row = aRow();
    insert(row);
    await wake();
    await clock.advance(DAY_MS);
    expect(count('send')).toBeGreaterThan(100);
    vendor.send = accept;
    await clock.advance(5 * MINUTE_MS);
    expect(state(row)).toBe('accepted');
  });
});
