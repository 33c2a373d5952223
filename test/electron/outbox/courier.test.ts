import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../shared/attempt.ts';
import type { Settings } from '../../../shared/settings.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { ticks } from '../../support/clock.ts';
import { aPhone, aRow, held, NINE, waiting } from '../../support/builders/row.ts';
import { aCourier, NO_NETWORK, deferred, yes } from '../../support/builders/courier.ts';

const ACCEPTED: Outcome = { kind: 'accepted', partooId: 'p-1' };
const accept = (): Outcome => ({ kind: 'accepted', partooId: randomUUID() });

describe('invitations are sent', () => {
  test('at once, oldest first, one in flight', async () => {
    const { insert, wake, vendor, mostInFlight, count } = aCourier();
    const sent: string[] = [];
    vendor.send = ({ phone }) => {
      sent.push(phone);
      return accept();
    };
    insert(
      aRow({ phone: aPhone(2), queuedAt: NINE - MINUTE_MS }),
      aRow({ phone: aPhone(1), queuedAt: NINE }),
      aRow({ phone: aPhone(3), queuedAt: NINE - HOUR_MS }),
    );
    await wake();
    expect(sent).toEqual([aPhone(3), aPhone(2), aPhone(1)]);
    expect(mostInFlight()).toBe(1);
    expect(count('probe')).toBe(1);
  });

  test('at their send time when held', async () => {
    const { insert, wake, state, clock } = aCourier();
    const row = aRow({ progress: held(NINE + 11 * SECOND_MS) });
    insert(row);
    await wake();
    await clock.advance(11 * SECOND_MS - 1);
    expect(state(row)).toBe('held');
    await clock.advance(1);
    expect(state(row)).toBe('accepted');
  });

  test('right after the one in flight when their send time comes during it', async () => {
    const { insert, wake, state, clock, vendor } = aCourier();
    const { promise, resolve } = deferred<Outcome>();
    vendor.send = () => promise;
    const first = aRow({ phone: aPhone(1) });
    const second = aRow({ phone: aPhone(2), progress: held(NINE + 3 * SECOND_MS) });
    insert(first, second);
    await wake();
    await clock.advance(5 * SECOND_MS);
    vendor.send = accept;
    resolve(ACCEPTED);
    await clock.advance(0);
    expect([state(first), state(second)]).toEqual(['accepted', 'accepted']);
  });

  test('in the running flush when saved during it', async () => {
    const { insert, wake, state, vendor } = aCourier();
    const { promise, resolve } = deferred<Outcome>();
    vendor.send = () => promise;
    insert(aRow({ phone: aPhone(1) }));
    await wake();
    const second = aRow({ phone: aPhone(2) });
    insert(second);
    await wake();
    vendor.send = accept;
    resolve(ACCEPTED);
    await ticks();
    expect(state(second)).toBe('accepted');
  });

  test('makes no request while there is nothing to do', async () => {
    const { wake, clock, count } = aCourier();
    await wake('person');
    await clock.advance(DAY_MS);
    expect(count('probe')).toBe(1);
  });
});

describe('[row 27] a full queue after an outage', () => {
  test('is sent completely, within this desk’s share of Partoo’s rate limit', async () => {
    const { insert, wake, clock, count, callsAt, store } = aCourier({ requestsPerMinute: 20 });
    insert(...Array.from({ length: 60 }, (_, last) => aRow({ phone: aPhone(last) })));
    await wake();
    await clock.advance(5 * MINUTE_MS);
    expect(count('send')).toBe(60);
    expect(store.countOpen()).toBe(0);
    const all = [...callsAt('probe'), ...callsAt('send')];
    for (const from of all) {
      const inMinute = all.filter((at) => at >= from && at < from + MINUTE_MS);
      expect(inMinute.length).toBeLessThanOrEqual(20);
    }
  });
});

describe('no network', () => {
  test('[row 15] [row 26] is probed again and again, never faster than the backoff, without an attempt', async () => {
    const { insert, wake, clock, vendor, count, state, connections } = aCourier();
    vendor.probe = () => NO_NETWORK;
    const row = aRow();
    insert(row);
    await wake();
    await clock.advance(HOUR_MS);
    expect(state(row)).toBe('waiting');
    expect(count('send')).toBe(0);
    // With this random value: one probe in half a minute, and a few more at the beginning.
    expect(count('probe')).toBeGreaterThan(100);
    expect(count('probe')).toBeLessThan(130);
    expect(connections.at(-1)).toMatchObject({ kind: 'offline', cause: 'dns', since: NINE });
  });

  test('[row 24] ends without any hint', async () => {
    const { insert, wake, clock, vendor, state, connections } = aCourier();
    vendor.probe = () => NO_NETWORK;
    const row = aRow();
    insert(row);
    await wake();
    await clock.advance(HOUR_MS);
    vendor.probe = () => yes('reachable');
    await clock.advance(MINUTE_MS);
    expect(state(row)).toBe('accepted');
    expect(connections.at(-1)).toEqual({ kind: 'online' });
  });

  test('[row 23] ends at once with a hint', async () => {
    const { insert, wake, clock, vendor, state } = aCourier();
    vendor.probe = () => NO_NETWORK;
    const row = aRow();
    insert(row);
    await wake();
    await clock.advance(HOUR_MS);
    vendor.probe = () => yes('reachable');
    await wake('event');
    expect(state(row)).toBe('accepted');
  });

  test('[row 25] two hints at once cause one probe', async () => {
    const { wake, courier, count } = aCourier();
    courier.wake('event');
    courier.wake('event');
    courier.wake('event');
    await ticks();
    await wake();
    expect(count('probe')).toBe(1);
  });
});

describe('stopping', () => {
  test('[row 10] waits for the request in flight and records it; sends nothing else', async () => {
    const { insert, wake, clock, vendor, count, state, courier } = aCourier();
    const { promise, resolve } = deferred<Outcome>();
    vendor.send = () => promise;
    const rows = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) })];
    insert(...rows);
    await wake();
    let stopped = false;
    const stopping = courier.stop().then(() => {
      stopped = true;
    });
    await wake('person');
    expect(stopped).toBe(false);
    resolve(ACCEPTED);
    await stopping;
    expect(rows.map(state)).toEqual(['accepted', 'waiting']);
    expect(clock.timers()).toEqual([]);
    await wake('person');
    expect(count('send')).toBe(1);
  });

  test('does not wait for the rate limiter', async () => {
    const { insert, wake, clock, count, courier } = aCourier({ requestsPerMinute: 1 });
    insert(aRow());
    await wake();
    expect(count('probe')).toBe(1);
    await courier.stop();
    expect(count('send')).toBe(0);
    expect(clock.timers()).toEqual([]);
  });

  test('works twice, and before the first wake', async () => {
    const { courier, wake, count } = aCourier();
    await courier.stop();
    await courier.stop();
    await wake('person');
    expect(count('probe')).toBe(0);
  });
});

describe("the PC's clock", () => {
  test('[row 76] that jumps ahead wakes due invitations within five minutes', async () => {
    const { insert, wake, clock, state } = aCourier();
    const row = aRow({ progress: waiting(NINE + 2 * HOUR_MS) });
    insert(row);
    await wake();
    clock.jump(2 * HOUR_MS);
    await clock.advance(5 * MINUTE_MS);
    expect(state(row)).toBe('accepted');
  });

  test('[row 74] that is corrected is no longer reported as wrong, within five minutes', async () => {
    const { insert, wake, clock, vendor, connections } = aCourier();
    vendor.probe = () => ({ ...yes('reachable'), serverTime: NINE + clock.elapsedMs() });
    clock.jump(3 * HOUR_MS);
    insert(aRow());
    await wake();
    await clock.advance(DAY_MS);
    expect(connections.at(-1)).toEqual({ kind: 'clock-off', aheadMs: 3 * HOUR_MS });
    clock.jump(-3 * HOUR_MS);
    await clock.advance(5 * MINUTE_MS);
    expect(connections.at(-1)).toEqual({ kind: 'online' });
  });

  test('[row 74] that was ahead holds nothing for the next opening while the sending hours are open', async () => {
    const onTheWall = (instant: number) => new Date(instant).toTimeString().slice(0, 5);
    const opensAt = NINE - 30 * MINUTE_MS;
    const sendingHours: Settings['sendingHours'] = [
      {
        days: [1, 2, 3, 4, 5, 6, 7],
        from: onTheWall(opensAt),
        to: onTheWall(NINE + 30 * MINUTE_MS),
      },
    ];
    const { insert, wake, clock, vendor, state } = aCourier({ sendingHours });
    vendor.probe = () => ({ ...yes('reachable'), serverTime: NINE + clock.elapsedMs() });
    clock.jump(12 * HOUR_MS);
    const at = clock.now();
    const progress = { state: 'held', at, notBefore: opensAt + DAY_MS, why: 'hours' } as const;
    const row = aRow({ progress, queuedAt: at });
    insert(row);
    await wake();
    await clock.advance(MINUTE_MS);
    expect(state(row)).toBe('accepted');
  });
});
