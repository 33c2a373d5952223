import { describe, expect, test } from 'vitest';
import type { Fault } from '../../electron/practice/faults.ts';
import type { State } from '../../shared/invitation.ts';
import type { InvitationDraft } from '../../shared/invitation-draft.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { aPhone, configWith, HOTEL, openTestApp, valueOf, type TestApp } from '../support/app.ts';
import { until } from '../support/clock.ts';

const SEND = '/review_booster/send_invitation';
const SEARCH = '/review_booster/search-invitation';
const STATUS = '/review_booster/invitation_status';
const TOO_LATE = { ok: false, failure: { kind: 'too-late' } };

const elsewhere = (testApp: TestApp, last: number) =>
  testApp.vendor.sendFromElsewhere({
    phone: aPhone(last),
    businessId: HOTEL.id,
    name: 'Marie',
    by: 'Another Desk',
  });
const stateOf = async (testApp: TestApp, id: string): Promise<State> =>
  (await testApp.find(id)).progress.state;

/** An invitation that may have been sent, without proof. */
async function unproved(testApp: TestApp): Promise<string> {
  const fault: Fault = { kind: 'status', status: 503, path: SEND };
  testApp.vendor.fault(fault);
  const { id } = await testApp.invite(1);
  await testApp.clock.advance(HOUR_MS);
  testApp.vendor.behave();
  expect((await testApp.find(id)).progress).toMatchObject({
    state: 'needs_decision',
    why: 'unproved',
  });
  return id;
}

/** An invitation that expired while there was no network. */
async function tooOld(testApp: TestApp, changes: Partial<InvitationDraft> = {}): Promise<string> {
  await testApp.vendor.refuseConnections();
  const { id } = await testApp.invite(1, changes);
  await testApp.rest();
  testApp.crash();
  await testApp.clock.advance(3 * DAY_MS + HOUR_MS);
  await testApp.vendor.acceptConnections();
  await testApp.boot();
  expect((await testApp.find(id)).progress).toMatchObject({
    state: 'needs_decision',
    why: 'too-old',
  });
  return id;
}

describe('an invitation that may have been sent', () => {
  test('can be closed: it counts as sent, and a new one needs force', async () => {
    const testApp = await openTestApp();
    const id = await unproved(testApp);
    expect(await testApp.call('invitation.cancel', { id })).toEqual(TOO_LATE);
    valueOf(await testApp.call('invitation.resolve', { id, as: 'not-sent' }));
    expect(await stateOf(testApp, id)).toBe('maybe_sent');
    expect(await testApp.call('invitation.enqueue', testApp.draft(1))).toMatchObject({
      failure: { kind: 'not-allowed', verdict: { ruling: { kind: 'closed', proved: false } } },
    });
  });

  test('can be marked as sent, with the person as evidence', async () => {
    const testApp = await openTestApp();
    const id = await unproved(testApp);
    valueOf(await testApp.call('invitation.resolve', { id, as: 'sent' }));
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'person',
    });
    await testApp.clock.advance(DAY_MS);
    expect(testApp.vendor.sms()).toEqual([]);
    expect(await testApp.call('invitation.resolve', { id, as: 'not-sent' })).toEqual(TOO_LATE);
  });

  test('[row 104] can be searched again: a late search result now proves it', async () => {
    const testApp = await openTestApp({ rules: { searchLagMs: 2 * HOUR_MS } });
    testApp.vendor.fault({ kind: 'status-after-accepting', status: 503, times: 1, path: SEND });
    testApp.vendor.fault({ kind: 'status', status: 503, path: SEND });
    const { id } = await testApp.invite(1);
    await testApp.clock.advance(HOUR_MS);
    testApp.vendor.behave();
    expect(await stateOf(testApp, id)).toBe('needs_decision');
    valueOf(await testApp.call('invitation.checkAgain', { id }));
    await testApp.rest();
    expect(await stateOf(testApp, id)).toBe('needs_decision');

    await testApp.clock.advance(2 * HOUR_MS);
    valueOf(await testApp.call('invitation.checkAgain', { id }));
    await testApp.rest();
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'search',
    });
    expect(testApp.vendor.sms()).toHaveLength(1);
  });
});

describe('an invitation that is too old', () => {
  test('can be closed: it expires, and a new one is allowed', async () => {
    const testApp = await openTestApp();
    const id = await tooOld(testApp);
    expect(await testApp.call('invitation.resolve', { id, as: 'sent' })).toEqual(TOO_LATE);
    valueOf(await testApp.call('invitation.resolve', { id, as: 'not-sent' }));
    expect(await stateOf(testApp, id)).toBe('expired');
    await testApp.invite(1);
    await testApp.rest();
    expect(testApp.vendor.sms()).toHaveLength(1);
  });

  test('can be sent now, as a new linked invitation', async () => {
    const testApp = await openTestApp();
    const id = await tooOld(testApp);
    const renewed = valueOf(await testApp.call('invitation.sendNow', { id }));
    expect(renewed).toMatchObject({ replaces: id, phone: aPhone(1), name: 'Marie Dupont' });
    await testApp.rest();
    expect(await stateOf(testApp, id)).toBe('expired');
    expect(await stateOf(testApp, renewed.id)).toBe('accepted');
    expect(await testApp.call('invitation.sendNow', { id })).toEqual(TOO_LATE);
    expect(testApp.vendor.sms()).toHaveLength(1);
  });
});

describe('[row 132] the consent of an expired invitation that a person sends now', () => {
  const asks = (isAsked: boolean) => (url: string) => configWith(url, { requireConsent: isAsked });

  test('keeps its time and its colleague', async () => {
    const testApp = await openTestApp({ config: asks(true) });
    const consentAt = testApp.clock.now();
    const id = await tooOld(testApp, { consented: true, staff: 'Léa' });
    const renewed = valueOf(await testApp.call('invitation.sendNow', { id }));
    expect(renewed).toMatchObject({ consentAt, consentBy: 'Léa' });
  });

  test('is required when it was never given', async () => {
    const testApp = await openTestApp({ config: asks(false) });
    const id = await tooOld(testApp);
    testApp.writeConfig(asks(true)(testApp.vendor.apiUrl.href));
    await testApp.restart();
    const missing = { ok: false, failure: { kind: 'consent' } };
    expect(await testApp.call('invitation.sendNow', { id })).toEqual(missing);
    expect(await stateOf(testApp, id)).toBe('needs_decision');
    expect(await testApp.call('invitation.enqueue', testApp.draft(2))).toEqual(missing);
    expect(testApp.vendor.sms()).toEqual([]);
  });
});

describe('a waiting or held invitation', () => {
  test('can be sent now during its undo time', async () => {
    const testApp = await openTestApp({ config: (url) => configWith(url, { undoSeconds: 60 }) });
    const { id } = await testApp.invite(1);
    valueOf(await testApp.call('invitation.sendNow', { id }));
    await testApp.rest();
    expect(await stateOf(testApp, id)).toBe('accepted');
    expect(await testApp.call('invitation.undo', { id })).toEqual(TOO_LATE);
  });

  test('cannot be sent now when it waits for the sending hours', async () => {
    const sendingHours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '03:00', to: '03:01' }];
    const testApp = await openTestApp({ config: (url) => configWith(url, { sendingHours }) });
    const { id } = await testApp.invite(1);
    expect(await testApp.call('invitation.sendNow', { id })).toEqual(TOO_LATE);
    valueOf(await testApp.call('invitation.cancel', { id }));
    expect(await stateOf(testApp, id)).toBe('cancelled');
  });

  test('[row 106] is corrected in one step: the new one replaces it', async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    const { id } = await testApp.invite(1);
    await testApp.rest();
    const corrected = await testApp.invite(1, { name: 'Marie Durand', replaces: id });
    expect(await stateOf(testApp, id)).toBe('cancelled');
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(2 * MINUTE_MS);
    expect(testApp.posts()).toMatchObject([{ target_name: 'Marie Durand' }]);
    expect(await stateOf(testApp, corrected.id)).toBe('accepted');
  });

  test('[row 106] refuses a late correction and says what is known', async () => {
    const testApp = await openTestApp();
    const { id } = await testApp.invite(1);
    await testApp.rest();
    expect(
      await testApp.call('invitation.enqueue', testApp.draft(1, { replaces: id })),
    ).toMatchObject({
      failure: { kind: 'not-allowed' },
    });
    expect(testApp.vendor.sms()).toHaveLength(1);
  });
});

describe('[row 269] an invitation that is being corrected in the form', () => {
  const formFor = (testApp: TestApp, id: string) => ({
    token: testApp.draft(1).token,
    phone: '06 39 98 00 02',
    name: 'Marie Dupont',
    isNamePasted: false,
    hasConsent: false,
    isConsentCarried: false,
    businessId: null,
    replaces: id,
    correctsSince: testApp.clock.now(),
  });

  test('is not sent to the wrong number when its undo time ends', async () => {
    const testApp = await openTestApp({ config: (url) => configWith(url, { undoSeconds: 10 }) });
    const { id } = await testApp.invite(1);
    await testApp.call('formDraft.save', { form: formFor(testApp, id) });
    await testApp.clock.advance(MINUTE_MS);
    expect(testApp.posts()).toEqual([]);
    const corrected = await testApp.invite(2, { replaces: id });
    await testApp.call('formDraft.save', { form: null });
    await testApp.clock.advance(MINUTE_MS);
    expect(testApp.vendor.sms().map(({ phone }) => phone)).toEqual([aPhone(2)]);
    expect(await stateOf(testApp, id)).toBe('cancelled');
    expect(await stateOf(testApp, corrected.id)).toBe('accepted');
  });

  test('is sent as it was when the correction is given up', async () => {
    const testApp = await openTestApp({ config: (url) => configWith(url, { undoSeconds: 10 }) });
    const { id } = await testApp.invite(1);
    await testApp.call('formDraft.save', { form: formFor(testApp, id) });
    await testApp.clock.advance(MINUTE_MS);
    await testApp.call('formDraft.save', { form: null });
    await testApp.rest();
    expect(await stateOf(testApp, id)).toBe('accepted');
  });
});

describe('[row 35] a refusal without a known reason', () => {
  async function unexplained(testApp: TestApp): Promise<string> {
    testApp.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEND });
    testApp.vendor.fault({ kind: 'status', status: 500, times: 1, path: SEARCH });
    const { id } = await testApp.invite(1);
    await testApp.rest();
    expect((await testApp.find(id)).progress).toMatchObject({ state: 'refused', why: 'unclear' });
    return id;
  }

  test('is checked again: Partoo knows no SMS, so the invitation is invalid', async () => {
    const testApp = await openTestApp();
    const id = await unexplained(testApp);
    valueOf(await testApp.call('invitation.checkAgain', { id }));
    await testApp.rest();
    expect((await testApp.find(id)).progress).toMatchObject({ state: 'refused', why: 'invalid' });
    expect(await testApp.call('invitation.checkAgain', { id })).toEqual(TOO_LATE);
  });

  test('is checked again as soon as Partoo can be reached', async () => {
    const testApp = await openTestApp();
    const id = await unexplained(testApp);
    await testApp.vendor.refuseConnections();
    valueOf(await testApp.call('invitation.checkAgain', { id }));
    await testApp.clock.advance(10 * MINUTE_MS);
    expect((await testApp.find(id)).progress).toMatchObject({ state: 'refused', why: 'unclear' });
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(2 * MINUTE_MS);
    expect((await testApp.find(id)).progress).toMatchObject({ state: 'refused', why: 'invalid' });
  });

  test('is checked again: another desk has sent, so a person decides', async () => {
    const testApp = await openTestApp();
    const id = await unexplained(testApp);
    elsewhere(testApp, 1);
    valueOf(await testApp.call('invitation.checkAgain', { id }));
    await testApp.rest();
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
    expect(testApp.posts()).toHaveLength(1);
  });
});

describe('a forced invitation is searched before it is sent', () => {
  test('[row 107] another desk has sent since: a person decides again', async () => {
    const testApp = await openTestApp({ config: (url) => configWith(url, { undoSeconds: 30 }) });
    await testApp.invite(1);
    await testApp.clock.advance(HOUR_MS);
    const [first] = await testApp.invitations();
    const asked = { phone: aPhone(1), businessId: HOTEL.id, replaces: null };
    const sentAt = first?.progress.at ?? 0;
    const { ticket } = valueOf(
      await testApp.call('force.requestTicket', { ...asked, shownAt: sentAt, pin: null }),
    );
    const { id } = await testApp.invite(1, { force: { ticket, reason: 'The customer asks' } });
    await testApp.clock.advance(5 * SECOND_MS);
    elsewhere(testApp, 1);
    await testApp.clock.advance(HOUR_MS);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
    expect(testApp.posts()).toHaveLength(1);
  });
});

describe('[row 105] the delivery of an SMS', () => {
  test('is polled until it is known, also after a restart', async () => {
    const testApp = await openTestApp();
    const { id } = await testApp.invite(1);
    await testApp.rest();
    await testApp.restart();
    await testApp.clock.advance(DAY_MS);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'accepted',
      delivery: 'delivered',
    });
  });

  test('that Partoo does not know is given up after a day, and nothing is sent again', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ kind: 'status', status: 404, path: STATUS });
    const { id } = await testApp.invite(1);
    await testApp.clock.advance(2 * DAY_MS);
    const asked = testApp.vendor.received().filter(({ path }) => path.endsWith(STATUS)).length;
    expect(asked).toBe(6);
    await testApp.clock.advance(2 * DAY_MS);
    expect(testApp.vendor.received().filter(({ path }) => path.endsWith(STATUS))).toHaveLength(
      asked,
    );
    expect((await testApp.find(id)).progress).toMatchObject({ state: 'accepted', delivery: null });
    expect(testApp.vendor.sms()).toHaveLength(1);
  });
});

test('delivery polls that wait for the rate limiter delay nothing else', async () => {
  const testApp = await openTestApp({
    config: (url) => configWith(url, { requestsPerMinute: 8, undoSeconds: 10 }),
  });
  for (const last of [21, 22, 23]) await testApp.invite(last);
  // All three deliveries are due for a poll, and the rate limit allows fewer.
  await testApp.clock.advance(11 * SECOND_MS + 30 * SECOND_MS);
  const { id } = await testApp.invite(24);
  await testApp.clock.advance(MINUTE_MS);
  expect(await stateOf(testApp, id)).toBe('accepted');
});

describe('checking a number with Partoo', () => {
  const ask = (testApp: TestApp, last: number) =>
    testApp.call('verdict.checkWithPartoo', {
      phone: aPhone(last),
      name: '',
      businessId: HOTEL.id,
      replaces: null,
    });

  test('[row 107] finds an SMS of another desk, and saving respects it', async () => {
    const testApp = await openTestApp();
    await testApp.rest();
    elsewhere(testApp, 1);
    expect(valueOf(await ask(testApp, 1))).toMatchObject({
      kind: 'asked',
      verdict: { ruling: { kind: 'closed', from: 'elsewhere', staff: 'Another Desk' } },
    });
    expect(await testApp.call('invitation.enqueue', testApp.draft(1))).toMatchObject({
      failure: { kind: 'not-allowed' },
    });
    expect(testApp.posts()).toEqual([]);
  });

  test('runs once in five minutes', async () => {
    const testApp = await openTestApp();
    await ask(testApp, 1);
    const asked = testApp.vendor.received().length;
    await ask(testApp, 1);
    expect(testApp.vendor.received()).toHaveLength(asked);
    await testApp.clock.advance(6 * MINUTE_MS);
    await ask(testApp, 1);
    expect(testApp.vendor.received().length).toBeGreaterThan(asked);
  });

  test('does not run where the database is enough, or where it is switched off', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.rest();
    expect(valueOf(await ask(testApp, 1))).toEqual({ kind: 'not-asked' });
    const off = await openTestApp({ config: (url) => configWith(url, { checkWithPartoo: false }) });
    expect(valueOf(await ask(off, 1))).toEqual({ kind: 'not-asked' });
  });

  test('has no answer after two seconds, or without a network', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ kind: 'slow', delayMs: 5 * SECOND_MS, times: 1, path: SEARCH });
    const slow = ask(testApp, 1);
    await until('it is asked', () =>
      testApp.vendor.received().some(({ path }) => path.endsWith(SEARCH)),
    );
    testApp.leaveUnderWay();
    await testApp.clock.advance(2 * SECOND_MS);
    expect(valueOf(await slow)).toEqual({ kind: 'no-answer' });
    await testApp.clock.advance(5 * SECOND_MS);

    await testApp.vendor.refuseConnections();
    expect(valueOf(await ask(testApp, 2))).toEqual({ kind: 'unavailable' });
  });

  test('[row 245] says when the rate limit prevented it', async () => {
    const testApp = await openTestApp({
      config: (url) => configWith(url, { requestsPerMinute: 8 }),
    });
    await testApp.rest();
    await testApp.clock.advance(MINUTE_MS);
    const kinds: string[] = [];
    for (const last of [1, 2, 3]) kinds.push(valueOf(await ask(testApp, last)).kind);
    expect(kinds).toEqual(['asked', 'asked', 'rate-limited']);
    await testApp.clock.advance(MINUTE_MS);
    expect(valueOf(await ask(testApp, 3))).toMatchObject({ kind: 'asked' });
  });

  test('[row 263] says when it can run again, and then gets an answer', async () => {
    const testApp = await openTestApp({
      config: (url) => configWith(url, { requestsPerMinute: 8 }),
    });
    await testApp.rest();
    await testApp.clock.advance(MINUTE_MS);
    for (const last of [1, 2]) await ask(testApp, last);
    const limited = valueOf(await ask(testApp, 3));
    const waitMs = limited.kind === 'rate-limited' ? limited.waitMs : 0;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(MINUTE_MS);
    await testApp.clock.advance(waitMs);
    expect(valueOf(await ask(testApp, 3))).toMatchObject({ kind: 'asked' });
  });

  test('[row 245] reports a pause that Partoo asks for like a missing network', async () => {
    const testApp = await openTestApp();
    await testApp.rest();
    testApp.vendor.fault({ kind: 'rate-limit', retryAfter: '600', times: 1, path: SEARCH });
    expect(valueOf(await ask(testApp, 1))).toEqual({ kind: 'unavailable' });
    expect(valueOf(await ask(testApp, 2))).toEqual({ kind: 'unavailable' });
  });
});

test('[row 91] a page that floods Deskbell with calls reaches Partoo no faster than the rate limit', async () => {
  const testApp = await openTestApp({
    config: (url) => configWith(url, { requestsPerMinute: 10 }),
  });
  await testApp.rest();
  const before = testApp.vendor.received().length;
  for (let last = 20; last < 90; last += 1) {
    const phone = aPhone(last);
    const asked = { phone, name: '', businessId: HOTEL.id, replaces: null };
    void testApp.call('verdict.checkWithPartoo', asked);
    await testApp.call('invitation.enqueue', testApp.draft(last));
    void testApp.call('connection.check', {});
  }
  await testApp.clock.advance(MINUTE_MS - SECOND_MS);
  expect(testApp.vendor.received().length - before).toBeLessThanOrEqual(10);
  await testApp.clock.advance(2 * MINUTE_MS);
  expect(testApp.vendor.received().length - before).toBeLessThanOrEqual(40);
});
