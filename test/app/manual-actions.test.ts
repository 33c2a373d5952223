import { describe, expect, test } from 'vitest';
import type { Fault } from '../../electron/practice/faults.ts';
import type { State } from '../../shared/invitation.ts';
import type { InvitationDraft } from '../../shared/invitation-draft.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { aPhone, configWith, HOTEL, openHouse, valueOf, type House } from '../support/app.ts';
import { until } from '../support/clock.ts';

const SEND = '/review_booster/send_invitation';
const SEARCH = '/review_booster/search-invitation';
const STATUS = '/review_booster/invitation_status';
const TOO_LATE = { ok: false, failure: { kind: 'too-late' } };

const elsewhere = (house: House, last: number) =>
  house.vendor.sendFromElsewhere({
    phone: aPhone(last),
    businessId: HOTEL.id,
    name: 'Marie',
    by: 'Another Desk',
  });
const stateOf = async (house: House, id: string): Promise<State> =>
  (await house.find(id)).progress.state;

/** An invitation that may have been sent, without proof. */
async function unproved(house: House): Promise<string> {
  const fault: Fault = { kind: 'status', status: 503, path: SEND };
  house.vendor.fault(fault);
  const { id } = await house.invite(1);
  await house.clock.advance(HOUR_MS);
  house.vendor.behave();
  expect((await house.find(id)).progress).toMatchObject({
    state: 'needs_decision',
    why: 'unproved',
  });
  return id;
}

/** An invitation that expired while there was no network. */
async function tooOld(house: House, changes: Partial<InvitationDraft> = {}): Promise<string> {
  await house.vendor.refuseConnections();
  const { id } = await house.invite(1, changes);
  await house.rest();
  house.crash();
  await house.clock.advance(3 * DAY_MS + HOUR_MS);
  await house.vendor.acceptConnections();
  await house.boot();
  expect((await house.find(id)).progress).toMatchObject({
    state: 'needs_decision',
    why: 'too-old',
  });
  return id;
}

describe('an invitation that may have been sent', () => {
  test('can be closed: it counts as sent, and a new one needs force', async () => {
    const house = await openHouse();
    const id = await unproved(house);
    expect(await house.call('invitation.cancel', { id })).toEqual(TOO_LATE);
    valueOf(await house.call('invitation.resolve', { id, as: 'not-sent' }));
    expect(await stateOf(house, id)).toBe('maybe_sent');
    expect(await house.call('invitation.enqueue', house.draft(1))).toMatchObject({
      failure: { kind: 'not-allowed', verdict: { ruling: { kind: 'closed', proved: false } } },
    });
  });

  test('can be marked as sent, with the person as evidence', async () => {
    const house = await openHouse();
    const id = await unproved(house);
    valueOf(await house.call('invitation.resolve', { id, as: 'sent' }));
    expect((await house.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'person',
    });
    await house.clock.advance(DAY_MS);
    expect(house.vendor.sms()).toEqual([]);
    expect(await house.call('invitation.resolve', { id, as: 'not-sent' })).toEqual(TOO_LATE);
  });

  test('[row 104] can be searched again: a late search result now proves it', async () => {
    const house = await openHouse({ rules: { searchLagMs: 2 * HOUR_MS } });
    house.vendor.fault({ kind: 'status-after-accepting', status: 503, times: 1, path: SEND });
    house.vendor.fault({ kind: 'status', status: 503, path: SEND });
    const { id } = await house.invite(1);
    await house.clock.advance(HOUR_MS);
    house.vendor.behave();
    expect(await stateOf(house, id)).toBe('needs_decision');
    valueOf(await house.call('invitation.checkAgain', { id }));
    await house.rest();
    expect(await stateOf(house, id)).toBe('needs_decision');

    await house.clock.advance(2 * HOUR_MS);
    valueOf(await house.call('invitation.checkAgain', { id }));
    await house.rest();
    expect((await house.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'search',
    });
    expect(house.vendor.sms()).toHaveLength(1);
  });
});

describe('an invitation that is too old', () => {
  test('can be closed: it expires, and a new one is allowed', async () => {
    const house = await openHouse();
    const id = await tooOld(house);
    expect(await house.call('invitation.resolve', { id, as: 'sent' })).toEqual(TOO_LATE);
    valueOf(await house.call('invitation.resolve', { id, as: 'not-sent' }));
    expect(await stateOf(house, id)).toBe('expired');
    await house.invite(1);
    await house.rest();
    expect(house.vendor.sms()).toHaveLength(1);
  });

  test('can be sent now, as a new linked invitation', async () => {
    const house = await openHouse();
    const id = await tooOld(house);
    const renewed = valueOf(await house.call('invitation.sendNow', { id }));
    expect(renewed).toMatchObject({ replaces: id, phone: aPhone(1), name: 'Marie Dupont' });
    await house.rest();
    expect(await stateOf(house, id)).toBe('expired');
    expect(await stateOf(house, renewed.id)).toBe('accepted');
    expect(await house.call('invitation.sendNow', { id })).toEqual(TOO_LATE);
    expect(house.vendor.sms()).toHaveLength(1);
  });
});

describe('[row 132] the consent of an expired invitation that a person sends now', () => {
  const asks = (isAsked: boolean) => (url: string) => configWith(url, { requireConsent: isAsked });

  test('keeps its time and its colleague', async () => {
    const house = await openHouse({ config: asks(true) });
    const consentAt = house.clock.now();
    const id = await tooOld(house, { consented: true, staff: 'Léa' });
    const renewed = valueOf(await house.call('invitation.sendNow', { id }));
    expect(renewed).toMatchObject({ consentAt, consentBy: 'Léa' });
  });

  test('is required when it was never given', async () => {
    const house = await openHouse({ config: asks(false) });
    const id = await tooOld(house);
    house.writeConfig(asks(true)(house.vendor.apiUrl.href));
    await house.restart();
    const missing = { ok: false, failure: { kind: 'consent' } };
    expect(await house.call('invitation.sendNow', { id })).toEqual(missing);
    expect(await stateOf(house, id)).toBe('needs_decision');
    expect(await house.call('invitation.enqueue', house.draft(2))).toEqual(missing);
    expect(house.vendor.sms()).toEqual([]);
  });
});

describe('a waiting or held invitation', () => {
  test('can be sent now during its undo time', async () => {
    const house = await openHouse({ config: (url) => configWith(url, { undoSeconds: 60 }) });
    const { id } = await house.invite(1);
    valueOf(await house.call('invitation.sendNow', { id }));
    await house.rest();
    expect(await stateOf(house, id)).toBe('accepted');
    expect(await house.call('invitation.undo', { id })).toEqual(TOO_LATE);
  });

  test('cannot be sent now when it waits for the sending hours', async () => {
    const sendingHours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '03:00', to: '03:01' }];
    const house = await openHouse({ config: (url) => configWith(url, { sendingHours }) });
    const { id } = await house.invite(1);
    expect(await house.call('invitation.sendNow', { id })).toEqual(TOO_LATE);
    valueOf(await house.call('invitation.cancel', { id }));
    expect(await stateOf(house, id)).toBe('cancelled');
  });

  test('[row 106] is corrected in one step: the new one replaces it', async () => {
    const house = await openHouse();
    await house.vendor.refuseConnections();
    const { id } = await house.invite(1);
    await house.rest();
    const corrected = await house.invite(1, { name: 'Marie Durand', replaces: id });
    expect(await stateOf(house, id)).toBe('cancelled');
    await house.vendor.acceptConnections();
    await house.clock.advance(2 * MINUTE_MS);
    expect(house.posts()).toMatchObject([{ target_name: 'Marie Durand' }]);
    expect(await stateOf(house, corrected.id)).toBe('accepted');
  });

  test('[row 106] refuses a late correction and says what is known', async () => {
    const house = await openHouse();
    const { id } = await house.invite(1);
    await house.rest();
    expect(await house.call('invitation.enqueue', house.draft(1, { replaces: id }))).toMatchObject({
      failure: { kind: 'not-allowed' },
    });
    expect(house.vendor.sms()).toHaveLength(1);
  });
});

describe('[row 35] a refusal without a known reason', () => {
  async function unexplained(house: House): Promise<string> {
    house.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEND });
    house.vendor.fault({ kind: 'status', status: 500, times: 1, path: SEARCH });
    const { id } = await house.invite(1);
    await house.rest();
    expect((await house.find(id)).progress).toMatchObject({ state: 'refused', why: 'unclear' });
    return id;
  }

  test('is checked again: Partoo knows no SMS, so the invitation is invalid', async () => {
    const house = await openHouse();
    const id = await unexplained(house);
    valueOf(await house.call('invitation.checkAgain', { id }));
    await house.rest();
    expect((await house.find(id)).progress).toMatchObject({ state: 'refused', why: 'invalid' });
    expect(await house.call('invitation.checkAgain', { id })).toEqual(TOO_LATE);
  });

  test('is checked again as soon as Partoo can be reached', async () => {
    const house = await openHouse();
    const id = await unexplained(house);
    await house.vendor.refuseConnections();
    valueOf(await house.call('invitation.checkAgain', { id }));
    await house.clock.advance(10 * MINUTE_MS);
    expect((await house.find(id)).progress).toMatchObject({ state: 'refused', why: 'unclear' });
    await house.vendor.acceptConnections();
    await house.clock.advance(2 * MINUTE_MS);
    expect((await house.find(id)).progress).toMatchObject({ state: 'refused', why: 'invalid' });
  });

  test('is checked again: another desk has sent, so a person decides', async () => {
    const house = await openHouse();
    const id = await unexplained(house);
    elsewhere(house, 1);
    valueOf(await house.call('invitation.checkAgain', { id }));
    await house.rest();
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
    expect(house.posts()).toHaveLength(1);
  });
});

describe('a forced invitation is searched before it is sent', () => {
  test('[row 107] another desk has sent since: a person decides again', async () => {
    const house = await openHouse({ config: (url) => configWith(url, { undoSeconds: 30 }) });
    await house.invite(1);
    await house.clock.advance(HOUR_MS);
    const [first] = await house.invitations();
    const asked = { phone: aPhone(1), businessId: HOTEL.id, replaces: null };
    const sentAt = first?.progress.at ?? 0;
    const { ticket } = valueOf(
      await house.call('force.requestTicket', { ...asked, shownAt: sentAt, pin: null }),
    );
    const { id } = await house.invite(1, { force: { ticket, reason: 'The customer asks' } });
    await house.clock.advance(5 * SECOND_MS);
    elsewhere(house, 1);
    await house.clock.advance(HOUR_MS);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
    expect(house.posts()).toHaveLength(1);
  });
});

describe('[row 105] the delivery of an SMS', () => {
  test('is polled until it is known, also after a restart', async () => {
    const house = await openHouse();
    const { id } = await house.invite(1);
    await house.rest();
    await house.restart();
    await house.clock.advance(DAY_MS);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'accepted',
      delivery: 'delivered',
    });
  });

  test('that Partoo does not know is given up after a day, and nothing is sent again', async () => {
    const house = await openHouse();
    house.vendor.fault({ kind: 'status', status: 404, path: STATUS });
    const { id } = await house.invite(1);
    await house.clock.advance(2 * DAY_MS);
    const asked = house.vendor.received().filter(({ path }) => path.endsWith(STATUS)).length;
    expect(asked).toBe(6);
    await house.clock.advance(2 * DAY_MS);
    expect(house.vendor.received().filter(({ path }) => path.endsWith(STATUS))).toHaveLength(asked);
    expect((await house.find(id)).progress).toMatchObject({ state: 'accepted', delivery: null });
    expect(house.vendor.sms()).toHaveLength(1);
  });
});

test('delivery polls that wait for the rate limiter delay nothing else', async () => {
  const house = await openHouse({
    config: (url) => configWith(url, { requestsPerMinute: 8, undoSeconds: 10 }),
  });
  for (const last of [21, 22, 23]) await house.invite(last);
  // All three deliveries are due for a poll, and the rate limit allows fewer.
  await house.clock.advance(11 * SECOND_MS + 30 * SECOND_MS);
  const { id } = await house.invite(24);
  await house.clock.advance(MINUTE_MS);
  expect(await stateOf(house, id)).toBe('accepted');
});

describe('checking a number with Partoo', () => {
  const ask = (house: House, last: number) =>
    house.call('verdict.checkWithPartoo', {
      phone: aPhone(last),
      name: '',
      businessId: HOTEL.id,
      replaces: null,
    });

  test('[row 107] finds an SMS of another desk, and saving respects it', async () => {
    const house = await openHouse();
    await house.rest();
    elsewhere(house, 1);
    expect(valueOf(await ask(house, 1))).toMatchObject({
      kind: 'asked',
      verdict: { ruling: { kind: 'closed', from: 'elsewhere', staff: 'Another Desk' } },
    });
    expect(await house.call('invitation.enqueue', house.draft(1))).toMatchObject({
      failure: { kind: 'not-allowed' },
    });
    expect(house.posts()).toEqual([]);
  });

  test('runs once in five minutes', async () => {
    const house = await openHouse();
    await ask(house, 1);
    const asked = house.vendor.received().length;
    await ask(house, 1);
    expect(house.vendor.received()).toHaveLength(asked);
    await house.clock.advance(6 * MINUTE_MS);
    await ask(house, 1);
    expect(house.vendor.received().length).toBeGreaterThan(asked);
  });

  test('does not run where the database is enough, or where it is switched off', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.rest();
    expect(valueOf(await ask(house, 1))).toEqual({ kind: 'not-asked' });
    const off = await openHouse({ config: (url) => configWith(url, { checkWithPartoo: false }) });
    expect(valueOf(await ask(off, 1))).toEqual({ kind: 'not-asked' });
  });

  test('has no answer after two seconds, or without a network', async () => {
    const house = await openHouse();
    house.vendor.fault({ kind: 'slow', delayMs: 5 * SECOND_MS, times: 1, path: SEARCH });
    const slow = ask(house, 1);
    await until('it is asked', () =>
      house.vendor.received().some(({ path }) => path.endsWith(SEARCH)),
    );
    house.leaveUnderWay();
    await house.clock.advance(2 * SECOND_MS);
    expect(valueOf(await slow)).toEqual({ kind: 'no-answer' });
    await house.clock.advance(5 * SECOND_MS);

    await house.vendor.refuseConnections();
    expect(valueOf(await ask(house, 2))).toEqual({ kind: 'unavailable' });
  });

  test('[row 245] says when the rate limit prevented it', async () => {
    const house = await openHouse({ config: (url) => configWith(url, { requestsPerMinute: 8 }) });
    await house.rest();
    await house.clock.advance(MINUTE_MS);
    const kinds: string[] = [];
    for (const last of [1, 2, 3]) kinds.push(valueOf(await ask(house, last)).kind);
    expect(kinds).toEqual(['asked', 'asked', 'rate-limited']);
    await house.clock.advance(MINUTE_MS);
    expect(valueOf(await ask(house, 3))).toMatchObject({ kind: 'asked' });
  });

  test('[row 263] says when it can run again, and then gets an answer', async () => {
    const house = await openHouse({ config: (url) => configWith(url, { requestsPerMinute: 8 }) });
    await house.rest();
    await house.clock.advance(MINUTE_MS);
    for (const last of [1, 2]) await ask(house, last);
    const limited = valueOf(await ask(house, 3));
    const waitMs = limited.kind === 'rate-limited' ? limited.waitMs : 0;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(MINUTE_MS);
    await house.clock.advance(waitMs);
    expect(valueOf(await ask(house, 3))).toMatchObject({ kind: 'asked' });
  });

  test('[row 245] reports a pause that Partoo asks for like a missing network', async () => {
    const house = await openHouse();
    await house.rest();
    house.vendor.fault({ kind: 'rate-limit', retryAfter: '600', times: 1, path: SEARCH });
    expect(valueOf(await ask(house, 1))).toEqual({ kind: 'unavailable' });
    expect(valueOf(await ask(house, 2))).toEqual({ kind: 'unavailable' });
  });
});

test('[row 91] a page that floods Deskbell with calls reaches Partoo no faster than the rate limit', async () => {
  const house = await openHouse({ config: (url) => configWith(url, { requestsPerMinute: 10 }) });
  await house.rest();
  const before = house.vendor.received().length;
  for (let last = 20; last < 90; last += 1) {
    const phone = aPhone(last);
    const asked = { phone, name: '', businessId: HOTEL.id, replaces: null };
    void house.call('verdict.checkWithPartoo', asked);
    await house.call('invitation.enqueue', house.draft(last));
    void house.call('connection.check', {});
  }
  await house.clock.advance(MINUTE_MS - SECOND_MS);
  expect(house.vendor.received().length - before).toBeLessThanOrEqual(10);
  await house.clock.advance(2 * MINUTE_MS);
  expect(house.vendor.received().length - before).toBeLessThanOrEqual(40);
});
