import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../shared/attempt.ts';
import type { PartooAnswer } from '../../../electron/outbox/partoo-port.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { ticks } from '../../support/clock.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';
import { aCourier, no, deferred, yes } from '../../support/builders/courier.ts';

const ACCEPTED: Outcome = { kind: 'accepted', partooId: 'p-1' };
const BUSY_AN_HOUR = { kind: 'busy', until: NINE + HOUR_MS };

describe('[row 201] a pause returned to a call outside the queue', () => {
  test('during a probe: stops all requests, and the banner keeps showing it', async () => {
    const world = aCourier();
    const probe = deferred<PartooAnswer<'reachable'>>();
    world.vendor.probe = () => probe.promise;
    world.insert(aRow());
    await world.wake();
    world.courier.pauseFor(HOUR_MS);
    probe.resolve(yes('reachable'));
    await ticks();
    expect(world.courier.connection()).toEqual(BUSY_AN_HOUR);
    await world.clock.advance(HOUR_MS - MINUTE_MS);
    expect([world.count('probe'), world.count('send')]).toEqual([1, 0]);
    world.vendor.probe = () => yes('reachable');
    await world.clock.advance(2 * MINUTE_MS);
    expect(world.count('send')).toBe(1);
    expect(world.courier.connection()).toEqual({ kind: 'online' });
  });

  test('during a send: that one completes, and no other starts', async () => {
    const world = aCourier();
    const answer = deferred<Outcome>();
    world.vendor.send = () => answer.promise;
    const rows = [1, 2, 3].map((last) => aRow({ phone: aPhone(last), queuedAt: NINE + last }));
    world.insert(...rows);
    await world.wake();
    world.courier.pauseFor(HOUR_MS);
    answer.resolve(ACCEPTED);
    await world.wake('person');
    expect(rows.map(world.state)).toEqual(['accepted', 'waiting', 'waiting']);
    await world.clock.advance(HOUR_MS - MINUTE_MS);
    expect(rows.map(world.state)).toEqual(['accepted', 'waiting', 'waiting']);
    expect(world.courier.connection()).toEqual(BUSY_AN_HOUR);
  });

  test('during a wait for the rate limiter: cancels that request', async () => {
    const world = aCourier({ requestsPerMinute: 2 });
    const rows = [1, 2, 3].map((last) => aRow({ phone: aPhone(last), queuedAt: NINE + last }));
    world.insert(...rows);
    await world.wake();
    const sent = world.count('send');
    expect(sent).toBeLessThan(3);
    world.courier.pauseFor(HOUR_MS);
    await world.clock.advance(HOUR_MS - MINUTE_MS);
    expect(world.count('send')).toBe(sent);
    await world.clock.advance(30 * MINUTE_MS);
    expect(rows.map(world.state)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  test('stops delivery polls too', async () => {
    const world = aCourier();
    world.insert(aRow());
    await world.wake();
    world.courier.pauseFor(HOUR_MS);
    await world.clock.advance(HOUR_MS - MINUTE_MS);
    expect(world.count('poll')).toBe(0);
    await world.clock.advance(10 * MINUTE_MS);
    expect(world.count('poll')).toBeGreaterThan(0);
  });

  test('shortens no longer pause, nor does one from the queue', async () => {
    const world = aCourier();
    const answer = deferred<PartooAnswer<'reachable'>>();
    world.vendor.probe = () => answer.promise;
    world.insert(aRow());
    await world.wake();
    world.courier.pauseFor(HOUR_MS);
    world.courier.pauseFor(MINUTE_MS);
    expect(world.courier.connection()).toEqual(BUSY_AN_HOUR);
    answer.resolve(no({ kind: 'busy', pauseMs: MINUTE_MS }));
    await ticks();
    await world.clock.advance(HOUR_MS - MINUTE_MS);
    expect(world.courier.connection()).toEqual(BUSY_AN_HOUR);
    expect(world.count('probe')).toBe(1);
  });

  test('reports a key that Partoo refuses during the pause', async () => {
    const world = aCourier();
    const answer = deferred<Outcome>();
    world.vendor.send = () => answer.promise;
    world.insert(aRow());
    await world.wake();
    world.courier.pauseFor(HOUR_MS);
    answer.resolve({ kind: 'halt', scope: 'key', text: 'Invalid key' });
    await ticks();
    expect(world.courier.connection()).toMatchObject({ kind: 'key-refused' });
  });
});
