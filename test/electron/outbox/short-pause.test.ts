import { describe, expect, test } from 'vitest';
import { withPause } from '../../../electron/outbox/pausable-requests.ts';
import { createPartooPause } from '../../../electron/outbox/partoo-pause.ts';
import type { ApiError } from '../../../electron/outbox/partoo-port.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { ticks } from '../../support/clock.ts';
import { aRow, NINE } from '../../support/builders/row.ts';
import { aCourier, no, yes } from '../../support/builders/courier.ts';

/** What a `Retry-After` of 0, in the past, or of one second is read as. */
const AT_ONCE: ApiError = { kind: 'busy', pauseMs: SECOND_MS };

/** The longest wait between two calls, and the number of calls. */
function waitsOf(at: readonly number[]): { readonly count: number; readonly longestMs: number } {
  const waits = at.slice(1).map((ms, index) => ms - (at[index] ?? 0));
  return { count: at.length, longestMs: Math.max(...waits) };
}

describe('[row 251] a pause shorter than the backoff does not shorten the backoff', () => {
  test.each([
    ['429', { kind: 'later', pauseMs: SECOND_MS }],
    ['503', { kind: 'unclear', cause: 'server-error', notBeforeMs: SECOND_MS }],
  ] as const)('of a send that is answered %s each time', async (_status, outcome) => {
    const world = aCourier();
    world.vendor.send = () => outcome;
    world.insert(aRow());
    await world.wake();
    await world.clock.advance(HOUR_MS);
    const { count, longestMs } = waitsOf(world.callsAt('send'));
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThan(40);
    expect(longestMs).toBeGreaterThanOrEqual(2 * MINUTE_MS);
    expect(world.count('probe')).toBeLessThan(60);
  });

  test('of the probe', async () => {
    const world = aCourier();
    world.vendor.probe = () => no(AT_ONCE);
    world.insert(aRow());
    await world.wake();
    await world.clock.advance(HOUR_MS);
    const { count, longestMs } = waitsOf(world.callsAt('probe'));
    expect(longestMs).toBeGreaterThanOrEqual(30 * SECOND_MS);
    expect(count).toBeLessThan(140);
  });

  test('of a search after an unclear attempt', async () => {
    const world = aCourier();
    world.vendor.send = () => ({ kind: 'unclear', cause: 'timeout', notBeforeMs: 0 });
    world.vendor.search = () => no(AT_ONCE);
    world.insert(aRow());
    await world.wake();
    await world.clock.advance(HOUR_MS);
    expect(waitsOf(world.callsAt('search')).count).toBeLessThan(40);
  });

  test('of a delivery poll', async () => {
    const world = aCourier();
    world.vendor.delivery = () => no(AT_ONCE);
    world.insert(aRow());
    await world.wake();
    await world.clock.advance(HOUR_MS);
    expect(waitsOf(world.callsAt('poll')).count).toBeLessThan(40);
  });

  test('of the checks while a person types and of Settings, until one is answered', async () => {
    const world = aCourier();
    const { correctedClock: clock, store, courier } = world;
    const pause = createPartooPause({ clock, store, host: 'api.partoo.test' });
    let isBusy = true;
    const ask = async () => (isBusy ? no(AT_ONCE) : yes([]));
    const unused = () => Promise.reject(new Error('only searches are asked'));
    const outside = withPause(
      { search: ask, searchBusinesses: unused, checkKey: unused },
      pause,
      courier,
    );
    const untilMs = (): number => {
      const connection = courier.connection();
      return connection.kind === 'busy' ? connection.until - clock.now() : 0;
    };
    const query = { businessId: 'b', phone: aRow().invitation.phone, after: 0 };
    const waits: number[] = [];
    for (let nth = 0; nth < 6; nth += 1) {
      await outside.search(query);
      waits.push(untilMs());
      await world.clock.advance(2 * MINUTE_MS);
    }
    expect(waits.toSorted((one, other) => one - other)).toEqual(waits);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(30 * SECOND_MS);
    isBusy = false;
    await outside.search(query);
    isBusy = true;
    await outside.search(query);
    expect(untilMs()).toBe(waits[0]);
  });

  test('a longer pause is kept', async () => {
    const world = aCourier();
    world.vendor.send = () => ({ kind: 'later', pauseMs: DAY_MS });
    world.insert(aRow());
    await world.wake();
    await ticks();
    expect(world.courier.connection()).toEqual({ kind: 'busy', until: NINE + DAY_MS });
  });
});
