import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import {
  aPhone,
  HOTEL,
  openTestApp,
  RESTAURANT,
  valueOf,
  WINDOW_SCOPES,
  type TestApp,
  type WindowScope,
} from '../support/app.ts';

const REASON = 'The customer lost the message';
const SEND = '/review_booster/send_invitation';
const SEARCH = '/review_booster/search-invitation';

/** A PC whose customer 1 was invited an hour ago. */
async function invitedBefore(windowScope: WindowScope = 'organisation') {
  const testApp = await openTestApp({ rules: { windowScope } });
  await testApp.invite(1);
  await testApp.clock.advance(HOUR_MS);
  const [{ progress }] = nonEmpty(await testApp.invitations());
  return { testApp, sentAt: progress.at };
}

function nonEmpty<T>(list: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('an empty list');
  return [first, ...rest];
}

async function ticketFor(
  testApp: TestApp,
  sentAt: number,
  last = 1,
  businessId: string = HOTEL.id,
) {
  const question = { phone: aPhone(last), businessId, shownAt: sentAt, replaces: null };
  return valueOf(await testApp.call('force.requestTicket', { ...question, pin: null })).ticket;
}

const forced = (ticket: string) => ({ force: { ticket, reason: REASON } });
const TICKET = { ok: false, failure: { kind: 'ticket' } };

describe.each(WINDOW_SCOPES)('a person sends again (ten days for each %s)', (windowScope) => {
  test('with a ticket: sends one more SMS, marked as forced, and keeps the reason', async () => {
    const { testApp, sentAt } = await invitedBefore(windowScope);
    const { id } = await testApp.invite(1, forced(await ticketFor(testApp, sentAt)));
    await testApp.rest();
    expect(testApp.posts().at(-1)).toMatchObject({ target_phone: aPhone(1), force: 'True' });
    expect(testApp.vendor.sms().map((sms) => sms.forced)).toEqual([false, true]);
    expect(await testApp.find(id)).toMatchObject({
      forceReason: REASON,
      progress: { state: 'accepted' },
    });
  });
});

describe('[row 90] sending again needs a valid ticket', () => {
  test('a ticket is valid once', async () => {
    const { testApp, sentAt } = await invitedBefore();
    const ticket = await ticketFor(testApp, sentAt);
    await testApp.invite(1, forced(ticket));
    await testApp.rest();
    expect(await testApp.call('invitation.enqueue', testApp.draft(1, forced(ticket)))).toEqual(
      TICKET,
    );
    expect(testApp.vendor.sms()).toHaveLength(2);
  });

  test('a ticket expires', async () => {
    const { testApp, sentAt } = await invitedBefore();
    const ticket = await ticketFor(testApp, sentAt);
    await testApp.clock.advance(2 * MINUTE_MS);
    expect(await testApp.call('invitation.enqueue', testApp.draft(1, forced(ticket)))).toEqual(
      TICKET,
    );
    expect(testApp.vendor.sms()).toHaveLength(1);
  });

  test('a ticket for one number is invalid for another', async () => {
    const { testApp, sentAt } = await invitedBefore();
    await testApp.invite(2);
    await testApp.rest();
    const ticket = await ticketFor(testApp, sentAt);
    expect(await testApp.call('invitation.enqueue', testApp.draft(2, forced(ticket)))).toEqual(
      TICKET,
    );
    expect(testApp.vendor.sms()).toHaveLength(2);
  });

  test('a ticket for one business is invalid for another', async () => {
    const { testApp, sentAt } = await invitedBefore();
    const ticket = await ticketFor(testApp, sentAt);
    const draft = testApp.draft(1, { ...forced(ticket), businessId: RESTAURANT.id });
    expect(await testApp.call('invitation.enqueue', draft)).toEqual(TICKET);
  });

  test('a made-up ticket is invalid', async () => {
    const { testApp } = await invitedBefore();
    const draft = testApp.draft(1, forced('5c0a7f6e-6f0a-4b57-9f64-6a8a3b0d7c11'));
    expect(await testApp.call('invitation.enqueue', draft)).toEqual(TICKET);
  });

  test('a ticket does not survive a restart', async () => {
    const { testApp, sentAt } = await invitedBefore();
    const ticket = await ticketFor(testApp, sentAt);
    await testApp.restart();
    expect(await testApp.call('invitation.enqueue', testApp.draft(1, forced(ticket)))).toEqual(
      TICKET,
    );
  });

  test('no ticket for a number that needs none, nor for an SMS that the person did not see', async () => {
    const { testApp, sentAt } = await invitedBefore();
    const ask = (last: number, at: number) =>
      testApp.call('force.requestTicket', {
        phone: aPhone(last),
        businessId: HOTEL.id,
        shownAt: at,
        replaces: null,
        pin: null,
      });
    expect(await ask(2, sentAt)).toMatchObject({
      ok: false,
      failure: { kind: 'not-allowed', verdict: { ruling: { kind: 'never' } } },
    });
    expect(await ask(1, sentAt - 1)).toMatchObject({
      ok: false,
      failure: { kind: 'not-allowed', verdict: { ruling: { kind: 'closed', sentAt } } },
    });
  });
});

describe.each(WINDOW_SCOPES)(
  '[row 44] a forced request without an answer is never repeated (ten days for each %s)',
  (windowScope) => {
    test('Partoo accepted it: the search proves it', async () => {
      const { testApp, sentAt } = await invitedBefore(windowScope);
      const ticket = await ticketFor(testApp, sentAt);
      testApp.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
      const { id } = await testApp.invite(1, forced(ticket));
      await testApp.clock.advance(MINUTE_MS);
      expect((await testApp.find(id)).progress).toMatchObject({
        state: 'accepted',
        evidence: 'search',
      });
      await testApp.clock.advance(2 * DAY_MS);
      expect(testApp.posts()).toHaveLength(2);
      expect(testApp.vendor.sms()).toHaveLength(2);
    });

    test('the search shows it late: proves it', async () => {
      const testApp = await openTestApp({ rules: { windowScope, searchLagMs: 45_000 } });
      await testApp.invite(1);
      await testApp.clock.advance(HOUR_MS);
      const [{ progress }] = nonEmpty(await testApp.invitations());
      const ticket = await ticketFor(testApp, progress.at);
      testApp.vendor.fault({ kind: 'status-after-accepting', status: 502, times: 1, path: SEND });
      const { id } = await testApp.invite(1, forced(ticket));
      await testApp.clock.advance(30_000);
      expect((await testApp.find(id)).progress.state).toBe('unconfirmed');
      await testApp.clock.advance(90_000);
      expect((await testApp.find(id)).progress.state).toBe('accepted');
      expect(testApp.posts()).toHaveLength(2);
    });

    test('no proof: a person decides', async () => {
      const { testApp, sentAt } = await invitedBefore(windowScope);
      const ticket = await ticketFor(testApp, sentAt);
      testApp.vendor.fault({ kind: 'status', status: 503, times: 1, path: SEND });
      const { id } = await testApp.invite(1, forced(ticket));
      await testApp.clock.advance(2 * DAY_MS);
      await testApp.call('outbox.flush', {});
      await testApp.rest();
      expect((await testApp.find(id)).progress).toMatchObject({
        state: 'needs_decision',
        why: 'unproved',
      });
      expect(testApp.posts()).toHaveLength(2);
      expect(testApp.vendor.sms()).toHaveLength(1);
    });

    test('the search is down too: a person decides', async () => {
      const { testApp, sentAt } = await invitedBefore(windowScope);
      const ticket = await ticketFor(testApp, sentAt);
      testApp.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
      const { id } = await testApp.invite(1, forced(ticket));
      await testApp.rest();
      testApp.vendor.fault({ kind: 'status', status: 500, path: SEARCH });
      await testApp.clock.advance(2 * DAY_MS);
      expect((await testApp.find(id)).progress.state).toBe('needs_decision');
      expect(testApp.posts()).toHaveLength(2);
    });

    test('a search that is down beforehand keeps it unsent until it expires', async () => {
      const { testApp, sentAt } = await invitedBefore(windowScope);
      const ticket = await ticketFor(testApp, sentAt);
      testApp.vendor.fault({ kind: 'status', status: 500, path: SEARCH });
      const { id } = await testApp.invite(1, forced(ticket));
      await testApp.clock.advance(20 * MINUTE_MS);
      expect((await testApp.find(id)).progress.state).toBe('waiting');
      await testApp.clock.advance(12 * MINUTE_MS);
      expect((await testApp.find(id)).progress).toMatchObject({
        state: 'needs_decision',
        why: 'too-old',
      });
      expect(testApp.posts()).toHaveLength(1);
    });
  },
);

test('a forced invitation expires after half an hour', async () => {
  const { testApp, sentAt } = await invitedBefore();
  const ticket = await ticketFor(testApp, sentAt);
  await testApp.vendor.refuseConnections();
  const { id } = await testApp.invite(1, forced(ticket));
  await testApp.clock.advance(31 * MINUTE_MS);
  await testApp.vendor.acceptConnections();
  await testApp.clock.advance(HOUR_MS);
  expect((await testApp.find(id)).progress).toMatchObject({
    state: 'needs_decision',
    why: 'too-old',
  });
  expect(testApp.posts()).toHaveLength(1);
});

test.each([
  { kind: 'drop-before-reading' },
  { kind: 'status', status: 500 },
  { kind: 'html-portal' },
] as const)('[row 201] a search without an answer ($kind) delays no other SMS', async (fault) => {
  const { testApp, sentAt } = await invitedBefore();
  testApp.vendor.fault({ ...fault, path: SEARCH });
  const { id: sick } = await testApp.invite(1, forced(await ticketFor(testApp, sentAt)));
  const { id: plain } = await testApp.invite(2);
  await testApp.rest();
  expect((await testApp.find(plain)).progress.state).toBe('accepted');
  expect((await testApp.find(sick)).progress.state).toBe('waiting');
  // The probe passed: only this search fails.
  expect(testApp.connections().map((one) => one.kind)).not.toContain('offline');
});
