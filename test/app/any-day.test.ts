import { rmSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../../electron/practice/faults.ts';
import type { Store } from '../../electron/store/store.ts';
import type { Invitation } from '../../shared/invitation.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { aPhone, HOTEL, openTestApp, RESTAURANT, type TestApp } from '../support/app.ts';

const SEND = '/review_booster/send_invitation';
const SEARCH = '/review_booster/search-invitation';
const REASON = 'The customer lost the message';

/** Customers who come back often; one of them is new. */
const NEW_CUSTOMER = 3;
const OLD_CUSTOMERS = [1, 2];
const CUSTOMERS = [...OLD_CUSTOMERS, NEW_CUSTOMER];

const FAULTS: readonly Fault[] = [
  { kind: 'drop-before-reading', times: 1 },
  { kind: 'drop-before-reading', times: 1, path: SEND },
  { kind: 'drop-after-accepting', times: 1, path: SEND },
  { kind: 'status-after-accepting', status: 500, times: 1, path: SEND },
  { kind: 'status', status: 503, times: 1, path: SEND },
  { kind: 'status', status: 400, times: 1, path: SEND },
  { kind: 'status', status: 403, times: 1, path: SEND },
  { kind: 'status', status: 500, times: 2, path: SEARCH },
  { kind: 'rate-limit', retryAfter: '60', times: 1 },
  { kind: 'html-portal', times: 1, path: SEND },
  { kind: 'garbage', times: 1, path: SEND },
  { kind: 'truncate', times: 1, path: SEND },
];

/** Where the process can die: before or after this method of its database has done its work. */
const POINTS = ['claim', 'recordAttempt', 'recordDecision'] as const;
type Point = { readonly verb: (typeof POINTS)[number]; readonly when: 'before' | 'after' };

type Step =
  | { readonly do: 'invite'; readonly customer: number; readonly atRestaurant: boolean }
  | { readonly do: 'force'; readonly customer: number }
  | { readonly do: 'undo'; readonly nth: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'fault'; readonly fault: Fault }
  | { readonly do: 'network'; readonly up: boolean }
  | { readonly do: 'other-desk'; readonly customer: number }
  | { readonly do: 'wake' }
  | { readonly do: 'crash' }
  | { readonly do: 'die-at'; readonly point: Point }
  | { readonly do: 'back-up' }
  /** A person restores a backup, newest first. */
  | { readonly do: 'restore'; readonly nth: number }
  /** Deletes the database file. */
  | { readonly do: 'lose' };

const customer = fc.constantFrom(...CUSTOMERS);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('invite' as const),
      customer,
      atRestaurant: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('force' as const), customer }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('fault' as const), fault: fc.constantFrom(...FAULTS) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(SECOND_MS, 20 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS),
    }),
  },
  fc.record({ do: fc.constant('undo' as const), nth: fc.nat({ max: 5 }) }),
  fc.record({ do: fc.constant('network' as const), up: fc.boolean() }),
  fc.record({ do: fc.constant('other-desk' as const), customer }),
  fc.record({ do: fc.constant('wake' as const) }),
  fc.record({ do: fc.constant('crash' as const) }),
  fc.record({
    do: fc.constant('die-at' as const),
    point: fc.record({
      verb: fc.constantFrom(...POINTS),
      when: fc.constantFrom('before', 'after'),
    }),
  }),
);
const anyLoss: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('back-up' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('restore' as const), nth: fc.nat({ max: 2 }) }),
  },
  fc.record({ do: fc.constant('lose' as const) }),
);

/** The invitations that were confirmed as saved. */
type Saved = { readonly id: string; readonly phone: string; readonly forced: boolean };

async function live(steps: readonly Step[]) {
  let deadly: Point | undefined;
  const die = (): never => {
    deadly = undefined;
    throw new Error('died here');
  };
  const mortal =
    <A extends readonly unknown[], R>(name: Point['verb'], verb: (...args: A) => R) =>
    (...args: A): R => {
      if (deadly?.verb !== name) return verb(...args);
      if (deadly.when === 'after') verb(...args);
      return die();
    };
  const testApp = await openTestApp({
    wrapStore: (store: Store): Store => ({
      ...store,
      claim: mortal('claim', store.claim),
      recordAttempt: mortal('recordAttempt', store.recordAttempt),
      recordDecision: mortal('recordDecision', store.recordDecision),
    }),
  });
  const saved: Saved[] = [];
  // Gives the person something to force.
  for (const old of OLD_CUSTOMERS)
    await take(testApp, { do: 'invite', customer: old, atRestaurant: false }, saved, () => {});
  await testApp.rest();
  for (const step of steps) {
    await take(testApp, step, saved, (point) => {
      deadly = point;
    });
    await testApp.rest();
    if (testApp.takeBugs().length === 0) continue;
    // The process died at a chosen point.
    testApp.crash();
    await testApp.boot();
  }

  deadly = undefined;
  testApp.vendor.behave();
  await testApp.vendor.refuseConnections();
  await testApp.vendor.acceptConnections();
  await testApp.call('outbox.flush', {});
  await testApp.clock.advance(40 * MINUTE_MS);
  return { testApp, saved };
}

async function take(
  testApp: TestApp,
  step: Step,
  saved: Saved[],
  arm: (point: Point) => void,
): Promise<void> {
  switch (step.do) {
    case 'invite': {
      const businessId = step.atRestaurant ? RESTAURANT.id : HOTEL.id;
      const draft = testApp.draft(step.customer, { businessId });
      const answer = await testApp.call('invitation.enqueue', draft);
      if (answer.ok) saved.push({ id: answer.value.id, phone: draft.phone, forced: false });
      return;
    }
    case 'force':
      return force(testApp, step.customer, saved);
    case 'undo': {
      const id = saved[step.nth]?.id;
      if (id !== undefined) await testApp.call('invitation.cancel', { id });
      return;
    }
    case 'wait':
      return testApp.clock.advance(step.ms);
    case 'fault':
      return testApp.vendor.fault(step.fault);
    case 'network':
      await testApp.vendor.refuseConnections();
      if (step.up) await testApp.vendor.acceptConnections();
      return;
    case 'other-desk':
      return testApp.vendor.sendFromElsewhere({
        phone: aPhone(step.customer),
        businessId: HOTEL.id,
        name: 'Marie',
        by: 'Another Desk',
      });
    case 'wake':
      return testApp.app().wake();
    case 'crash':
      testApp.crash();
      return testApp.boot();
    case 'die-at':
      return arm(step.point);
    case 'back-up':
      await testApp.call('backup.make', {});
      return;
    case 'restore': {
      const list = await testApp.call('backup.list', {});
      const name = list.ok ? list.value.backups[step.nth]?.name : undefined;
      if (name !== undefined) await testApp.call('backup.restore', { name });
      return;
    }
    case 'lose':
      testApp.crash();
      rmSync(testApp.databaseFile);
      return testApp.boot();
  }
}

/** What a person does when the form shows that the resend window is closed. */
async function force(testApp: TestApp, last: number, saved: Saved[]): Promise<void> {
  const asked = { phone: aPhone(last), businessId: HOTEL.id };
  const verdict = await testApp.call('verdict.check', { ...asked, name: '', replaces: null });
  if (!verdict.ok || verdict.value.ruling.kind !== 'closed') return;
  const { sentAt } = verdict.value.ruling;
  const answer = await testApp.call('force.requestTicket', {
    ...asked,
    shownAt: sentAt,
    replaces: null,
    pin: null,
  });
  if (!answer.ok) return;
  const draft = testApp.draft(last, { force: { ticket: answer.value.ticket, reason: REASON } });
  const enqueued = await testApp.call('invitation.enqueue', draft);
  if (enqueued.ok) saved.push({ id: enqueued.value.id, phone: draft.phone, forced: true });
}

/** Each customer got what was decided, and every accepted invitation was sent. */
function expectRight(
  steps: readonly Step[],
  invitations: readonly Invitation[],
  { testApp, saved }: Awaited<ReturnType<typeof live>>,
): void {
  for (const last of CUSTOMERS) {
    const phone = aPhone(last);
    const mine = testApp.vendor.sms().filter((one) => one.phone === phone);
    const decided = saved.filter((one) => one.phone === phone);
    // No double SMS by accident: one unforced SMS in 10 days, and one for each time that a person forced it.
    expect(mine.filter(({ forced }) => !forced).length).toBeLessThanOrEqual(1);
    expect(mine.filter(({ forced }) => forced).length).toBeLessThanOrEqual(
      decided.filter(({ forced }) => forced).length,
    );
    // Each accepted invitation has its own SMS. An SMS from another desk, sent within the clock skew before an attempt
    // that never arrived, cannot be told from ours: the customer still has one SMS.
    const accepted = invitations.filter(
      (one) => one.phone === phone && one.progress.state === 'accepted',
    );
    const elsewhere = steps.filter((step) => step.do === 'other-desk' && step.customer === last);
    expect(accepted.length).toBeLessThanOrEqual(mine.length + elsewhere.length);
  }
  // The receptionist always knows: every invitation has ended or needs a person.
  for (const { progress } of invitations) {
    expect(['accepted', 'refused', 'maybe_sent', 'needs_decision', 'cancelled']).toContain(
      progress.state,
    );
  }
}

test('any day: sends no SMS that was not decided, loses nothing, and every accepted invitation was sent', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 4, maxLength: 30, size: 'max' }),
      async (steps) => {
        const day = await live(steps);
        const invitations = await day.testApp.invitations();
        // Nothing typed is lost, and nothing exists that was not typed.
        expect(invitations.map(({ id }) => id).toSorted()).toEqual(
          day.saved.map(({ id }) => id).toSorted(),
        );
        expectRight(steps, invitations, day);
        await day.testApp.close();
      },
    ),
    { numRuns: 60 },
  );
});

test('[row 55] [row 103] [row 197] any day with a lost database or a restore: sends no undecided SMS, and a restore loses nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 3, arbitrary: anyStep }, anyLoss), {
        minLength: 6,
        maxLength: 30,
        size: 'max',
      }),
      async (steps) => {
        const day = await live(steps);
        const invitations = await day.testApp.invitations();
        const typed = day.saved.map(({ id }) => id);
        const found = invitations.map(({ id }) => id);
        for (const id of found) expect(typed).toContain(id);
        const isLost = steps.some((step) => step.do === 'lose');
        if (!isLost) expect(found.toSorted()).toEqual(typed.toSorted());
        expectRight(steps, invitations, day);
        // An invitation that was certainly never sent has no SMS, however often the database was lost.
        for (const { phone, progress, id } of invitations) {
          const isOnly = day.saved.every((one) => one.id === id || one.phone !== phone);
          if (progress.state === 'cancelled' && isOnly)
            expect(day.testApp.vendor.sms().filter((one) => one.phone === phone)).toEqual([]);
        }
        await day.testApp.close();
      },
    ),
    { numRuns: 60 },
  );
});
