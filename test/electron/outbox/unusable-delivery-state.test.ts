import { describe, expect, test } from 'vitest';
import type { PartooAnswer, KnownSend } from '../../../electron/outbox/partoo-port.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';
import { aCourier, no } from '../../support/builders/courier.ts';

const HANGS_FOR_MS = 10 * SECOND_MS;

/** A vendor whose search never answers. */
function aSickSearch() {
  const world = aCourier();
  world.vendor.search = () =>
    new Promise<PartooAnswer<readonly KnownSend[]>>((resolve) => {
      const hangs = no({ kind: 'unreachable', cause: 'timeout' });
      world.clock.after(HANGS_FOR_MS, () => resolve(hangs));
    });
  return world;
}
const forced = (last: number, queuedAt = NINE) =>
  aRow({ phone: aPhone(last), forceReason: 'Lost it', seenSentAt: NINE - DAY_MS, queuedAt });

describe('[row 201] a search without an answer', () => {
  test('runs once, then everything that needs no search is sent', async () => {
    const world = aSickSearch();
    const looks = [1, 2, 3].map((last) => forced(last, NINE - last));
    const plain = [4, 5, 6].map((last) => aRow({ phone: aPhone(last) }));
    world.insert(...looks, ...plain);
    await world.wake();
    await world.clock.advance(HANGS_FOR_MS);
    expect(plain.map(world.state)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(looks.map(world.state)).toEqual(['waiting', 'waiting', 'waiting']);
    expect(world.count('search')).toBe(1);
    expect(world.connections.map(({ kind }) => kind)).toEqual(['online']);
  });

  test('delays a new SMS only by the search in flight', async () => {
    const world = aSickSearch();
    world.insert(forced(1));
    await world.wake();
    for (let last = 10; last < 30; last += 1) {
      const row = aRow({ phone: aPhone(last), queuedAt: world.clock.now() });
      world.insert(row);
      await world.wake();
      await world.clock.advance(HANGS_FOR_MS);
      expect(world.state(row)).toBe('accepted');
      await world.clock.advance(MINUTE_MS);
    }
    // Half an hour with growing intervals.
    expect(world.count('search')).toBeLessThan(25);
  });

  test('is repeated less and less where everything needs one', async () => {
    const world = aSickSearch();
    world.store.doubt({ why: 'damaged', from: NINE - DAY_MS, to: NINE });
    world.insert(...Array.from({ length: 50 }, (_, last) => aRow({ phone: aPhone(last) })));
    await world.wake();
    await world.clock.advance(30 * MINUTE_MS);
    expect(world.count('send')).toBe(0);
    expect(world.count('search')).toBeLessThan(25);
  });

  test('lets sending continue as soon as it is answered again', async () => {
    const world = aSickSearch();
    const row = forced(1);
    world.insert(row);
    await world.wake();
    await world.clock.advance(HANGS_FOR_MS);
    world.vendor.search = () => ({ ok: true, value: [], serverTime: undefined });
    await world.clock.advance(MINUTE_MS);
    expect(world.state(row)).toBe('accepted');
  });

  test('that is answered with a refused key stops everything', async () => {
    const world = aCourier();
    world.vendor.search = () => no({ kind: 'key-refused', text: 'Invalid key' });
    const plain = aRow({ phone: aPhone(2), queuedAt: NINE + 1 });
    world.insert(forced(1), plain);
    await world.wake();
    await world.clock.advance(MINUTE_MS);
    expect(world.state(plain)).toBe('waiting');
    expect(world.courier.connection()).toMatchObject({ kind: 'key-refused' });
  });
});
