import { describe, expect, test } from 'vitest';
import type { PartooAnswer, KnownSend } from '../../../electron/outbox/partoo-port.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';
import { aCourier, no } from '../../support/builders/courier.ts';

const HANGS_FOR_MS = 10 * SECOND_MS;
const HANGS = no({ kind: 'unreachable', cause: 'timeout' });

/** Five unconfirmed invitations, and a search that never answers. */
function fiveInDoubt() {
  const world = aCourier();
  world.vendor.search = () =>
    new Promise<PartooAnswer<readonly KnownSend[]>>((resolve) => {
      world.clock.after(HANGS_FOR_MS, () => resolve(HANGS));
    });
  const rows = [1, 2, 3, 4, 5].map((last) => aRow({ phone: aPhone(last), queuedAt: NINE - last }));
  world.insert(...rows);
  for (const { invitation } of rows) world.store.claim(invitation.id, NINE);
  return { ...world, rows };
}

describe('[row 136] a hanging search', () => {
  test('runs after due sends', async () => {
    const { insert, wake, clock, callsAt, count } = fiveInDoubt();
    await wake();
    await clock.advance(4 * SECOND_MS);
    insert(aRow({ phone: aPhone(9), queuedAt: NINE + 5 * SECOND_MS }));
    // Now a search is due for the five too.
    await clock.advance(SECOND_MS);
    expect([callsAt('send'), count('search')]).toEqual([[5 * SECOND_MS], 1]);
  });

  test('delays a new SMS only by the search in flight', async () => {
    const { insert, wake, clock, callsAt, count } = fiveInDoubt();
    await wake();
    await clock.advance(20 * SECOND_MS);
    expect(count('search')).toBe(2);
    insert(aRow({ phone: aPhone(9), queuedAt: NINE + 20 * SECOND_MS }));
    await wake();
    await clock.advance(MINUTE_MS);
    expect(callsAt('send')).toEqual([25 * SECOND_MS]);
  });

  test('is repeated for each invitation, not only for the oldest', async () => {
    const { wake, clock, vendor, store, rows } = fiveInDoubt();
    const hanging = vendor.search;
    const asked = new Set<string>();
    vendor.search = (query) => {
      asked.add(query.phone);
      return hanging(query);
    };
    await wake();
    await clock.advance(2 * MINUTE_MS);
    expect(asked.size).toBe(rows.length);
    expect(store.listRows('unconfirmed')).toHaveLength(rows.length);
  });
});
