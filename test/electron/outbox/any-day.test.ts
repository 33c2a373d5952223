import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideManually } from '../../../electron/outbox/rules/manual-decision.ts';
import type { Outcome } from '../../../shared/attempt.ts';
import type { Row } from '../../../electron/outbox/store-port.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { aPhone, aRow, held, NINE, waiting } from '../../support/builders/row.ts';
import { aCourier, no, NO_NETWORK, yes } from '../../support/builders/courier.ts';

const HOTEL = 'hotel';
const SHOP = 'shop';

type Step =
  | {
      readonly do: 'save';
      readonly forced: boolean;
      readonly shop: boolean;
      readonly heldMs: number;
    }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'wake'; readonly reason: 'event' | 'person' }
  | { readonly do: 'door'; readonly door: 'open' | 'no-network' | 'busy' | 'key-refused' }
  | { readonly do: 'sends'; readonly sends: Sends }
  | { readonly do: 'searches'; readonly searches: 'nothing' | 'down' | 'busy' }
  /** Sets the clock of the PC; Partoo's goes on. */
  | { readonly do: 'jump'; readonly ms: number }
  | { readonly do: 'cancel'; readonly nth: number }
  /** The database may have missed something: a restored backup, or an older copy of the file. */
  | { readonly do: 'doubt' };

const SENDS = {
  accepted: () => ({ kind: 'accepted', partooId: randomUUID() }),
  'not-sent': () => ({ kind: 'not-sent', cause: 'reset' }),
  unclear: () => ({ kind: 'unclear', cause: 'server-error', notBeforeMs: 0 }),
  'unclear-with-pause': () => ({ kind: 'unclear', cause: 'server-error', notBeforeMs: MINUTE_MS }),
  refused: () => ({ kind: 'refused', status: 400, text: 'No' }),
  later: () => ({ kind: 'later', pauseMs: MINUTE_MS }),
  'key-refused': () => ({ kind: 'halt', scope: 'key', text: 'No' }),
  'no-access': () => ({ kind: 'halt', scope: 'business', text: 'No' }),
} as const satisfies Record<string, () => Outcome>;
type Sends = keyof typeof SENDS;
const anySends = fc.constantFrom<Sends>(
  'accepted',
  'not-sent',
  'unclear',
  'unclear-with-pause',
  'refused',
  'later',
  'key-refused',
  'no-access',
);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('save' as const),
      forced: fc.boolean(),
      shop: fc.boolean(),
      heldMs: fc.constantFrom(0, 0, 11 * SECOND_MS, HOUR_MS),
    }),
  },
  fc.record({
    do: fc.constant('wait' as const),
    ms: fc.oneof(fc.nat({ max: 30 * SECOND_MS }), fc.nat({ max: 20 * MINUTE_MS })),
  }),
  fc.record({ do: fc.constant('wake' as const), reason: fc.constantFrom('event', 'person') }),
  fc.record({
    do: fc.constant('door' as const),
    door: fc.constantFrom('open', 'no-network', 'busy', 'key-refused'),
  }),
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('sends' as const), sends: anySends }),
  },
  fc.record({
    do: fc.constant('searches' as const),
    searches: fc.constantFrom('nothing', 'down', 'busy'),
  }),
  fc.record({
    do: fc.constant('jump' as const),
    ms: fc.constantFrom(-3 * HOUR_MS, 3 * HOUR_MS, -20 * DAY_MS, 20 * DAY_MS),
  }),
  fc.record({ do: fc.constant('cancel' as const), nth: fc.nat({ max: 20 }) }),
  fc.record({ do: fc.constant('doubt' as const) }),
);

const DOORS = {
  open: yes('reachable' as const),
  'no-network': NO_NETWORK,
  busy: no({ kind: 'busy', pauseMs: MINUTE_MS }),
  'key-refused': no({ kind: 'key-refused', text: 'No' }),
};
const SEARCHES = {
  nothing: yes([]),
  down: no({ kind: 'unreachable', cause: 'timeout' }),
  busy: no({ kind: 'busy', pauseMs: MINUTE_MS }),
};

/** Lives one day and then a fault-free time. Returns what was sent, to whom and how it ended. */
async function live(steps: readonly Step[]) {
  const world = aCourier();
  const { clock, store, vendor, wake } = world;
  const rows: Row[] = [];
  const sends: { readonly phone: string; readonly how: Sends; readonly atMs: number }[] = [];
  /** The invitations that were open when the database came into doubt, and how many had been sent by then. */
  const doubted = new Map<string, number>();
  let how: Sends = 'accepted';
  vendor.send = ({ phone }) => {
    sends.push({ phone, how, atMs: clock.elapsedMs() });
    return SENDS[how]();
  };

  for (const step of steps) {
    switch (step.do) {
      case 'save': {
        const now = world.correctedClock.now();
        const row = aRow({
          phone: aPhone(rows.length),
          businessId: step.shop ? SHOP : HOTEL,
          queuedAt: now,
          progress: { ...(step.heldMs === 0 ? waiting(now) : held(now + step.heldMs)), at: now },
          forceReason: step.forced ? 'Lost it' : null,
          seenSentAt: step.forced ? now - DAY_MS : null,
        });
        rows.push(row);
        store.insertInvitation(row);
        await wake('event');
        break;
      }
      case 'wait':
        await clock.advance(step.ms);
        break;
      case 'wake':
        await wake(step.reason);
        break;
      case 'door':
        vendor.probe = () => ({ ...DOORS[step.door], serverTime: NINE + clock.elapsedMs() });
        break;
      case 'sends':
        how = step.sends;
        break;
      case 'searches':
        vendor.search = () => SEARCHES[step.searches];
        break;
      case 'jump':
        clock.jump(step.ms);
        break;
      case 'doubt': {
        const now = world.correctedClock.now();
        for (const { phone } of store.listOpen()) doubted.set(phone, sends.length);
        store.doubt({ why: 'restored', from: now - HOUR_MS, to: now });
        break;
      }
      case 'cancel': {
        const row = rows[step.nth % Math.max(1, rows.length)];
        const now = row && store.readRow(row.invitation.id);
        const at = world.correctedClock.now();
        const decision = now && decideManually('cancel', now, { now: at, opensAt: at });
        if (now !== undefined && decision !== undefined) {
          store.recordDecision(now.invitation.id, now.invitation.progress.state, decision);
        }
        break;
      }
    }
  }

  how = 'accepted';
  vendor.probe = () => ({ ...DOORS.open, serverTime: NINE + clock.elapsedMs() });
  vendor.search = () => SEARCHES.nothing;
  clock.jump(NINE + clock.elapsedMs() - clock.now());
  await wake('person');
  await clock.advance(2 * HOUR_MS);
  return { ...world, rows, sends, doubted };
}

test('[I1] [I6] [I8] any vendor: one request at a time, no unclear attempt repeated too soon, nothing left open', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 5, maxLength: 40, size: 'max' }),
      async (steps) => {
        const { rows, sends, doubted, store, state, bugs, mostInFlight, count } = await live(steps);
        expect(bugs).toEqual([]);
        expect(mostInFlight()).toBeLessThanOrEqual(1);
        // Two fault-free hours: every invitation that is still open waits for a person.
        for (const row of rows) {
          const end = ['accepted', 'refused', 'maybe_sent', 'needs_decision', 'cancelled'];
          expect(end).toContain(state(row));
          // A cancelled invitation was never sent.
          const left = sends.filter(({ phone }) => phone === row.invitation.phone);
          const mayHaveArrived = left.some(
            ({ how }) => how === 'accepted' || how.startsWith('unclear'),
          );
          if (state(row) === 'cancelled') expect(mayHaveArrived).toBe(false);
        }
        for (const row of rows) {
          const { phone, forceReason } = row.invitation;
          const mine = sends.filter((send) => send.phone === phone);
          // A forced one that may have been sent is never sent again by itself.
          const sentBefore = doubted.get(phone);
          if (sentBefore !== undefined && forceReason !== null)
            expect(sends.slice(sentBefore).filter((send) => send.phone === phone)).toEqual([]);
          const unclear = mine.findIndex((send) => send.how.startsWith('unclear'));
          if (unclear === -1) continue;
          const after = mine.slice(unclear + 1);
          if (forceReason !== null) expect(after).toEqual([]);
          const again = after[0];
          const lost = mine[unclear];
          if (again !== undefined && lost !== undefined)
            expect(again.atMs - lost.atMs).toBeGreaterThanOrEqual(120 * SECOND_MS);
        }
        // A loop without a wait would make far more requests than there were events.
        expect(count('probe')).toBeLessThan(1_000);
        store.close();
      },
    ),
    { numRuns: 40 },
  );
});
