import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import {
  aPhone,
  configWith,
  HOTEL,
  openTestApp,
  RESTAURANT,
  valueOf,
  WINDOW_SCOPES,
  type TestApp,
} from '../support/app.ts';

/** A business of the organisation that this key may not see. */
const FOREIGN = PRACTICE_BUSINESSES[2];

const backUp = async (testApp: TestApp) => {
  const { name } = valueOf(await testApp.call('backup.make', {}));
  await testApp.clock.advance(1);
  return name;
};
const restore = async (testApp: TestApp, name: string) => {
  valueOf(await testApp.call('backup.restore', { name }));
  await testApp.rest();
};

describe.each(WINDOW_SCOPES)('the ten days count for each %s', (windowScope) => {
  const open = () => openTestApp({ rules: { windowScope } });

  test('[row 123] after a data loss, an SMS for the restaurant blocks one for the hotel', async () => {
    const testApp = await open();
    await backUp(testApp);
    await testApp.invite(1, { businessId: RESTAURANT.id });
    await testApp.rest();
    await testApp.app().close();
    rmSync(testApp.databaseFile);
    await testApp.boot();
    await testApp.clock.advance(HOUR_MS);
    const { id } = await testApp.invite(1, { businessId: HOTEL.id });
    await testApp.rest();
    expect(testApp.vendor.sms()).toHaveLength(1);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
  });

  test('[row 124] an SMS of a business unknown to this desk is stopped by Partoo alone', async () => {
    const testApp = await open();
    const elsewhere = { phone: aPhone(1), businessId: FOREIGN.id, name: '', by: 'Another Desk' };
    testApp.vendor.sendFromElsewhere(elsewhere);
    await testApp.clock.advance(HOUR_MS);
    const { id } = await testApp.invite(1);
    await testApp.rest();
    // Different on purpose: with ten days for each business, the hotel has not invited this customer.
    const isTaken = windowScope === 'business';
    expect(testApp.vendor.sms()).toHaveLength(isTaken ? 1 : 0);
    expect((await testApp.find(id)).progress.state).toBe(isTaken ? 'accepted' : 'refused');
  });

  test('[row 123] an SMS of another desk for the restaurant stops a forced one for the hotel', async () => {
    const testApp = await open();
    await testApp.invite(2, { businessId: RESTAURANT.id });
    await testApp.invite(1);
    await testApp.clock.advance(DAY_MS);
    const asked = { phone: aPhone(1), businessId: HOTEL.id, replaces: null };
    const { ruling } = valueOf(await testApp.call('verdict.check', { ...asked, name: '' }));
    const shownAt = ruling.kind === 'closed' ? ruling.sentAt : 0;
    const { ticket } = valueOf(
      await testApp.call('force.requestTicket', { ...asked, shownAt, pin: null }),
    );
    testApp.vendor.sendFromElsewhere({
      phone: aPhone(1),
      businessId: RESTAURANT.id,
      name: '',
      by: 'Another Desk',
    });
    const { id } = await testApp.invite(1, { force: { ticket, reason: 'The customer asked' } });
    await testApp.rest();
    expect(testApp.vendor.sms()).toHaveLength(2);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
  });

  test('[row 202] an SMS within two minutes of the one that the person saw is not mistaken for it', async () => {
    const testApp = await open();
    await testApp.invite(2, { businessId: RESTAURANT.id });
    await testApp.invite(1);
    await testApp.clock.advance(MINUTE_MS);
    const sms = { phone: aPhone(1), businessId: RESTAURANT.id, name: '', by: 'Another Desk' };
    testApp.vendor.sendFromElsewhere(sms);
    await testApp.clock.advance(HOUR_MS);
    const again = async (replaces: string | null) => {
      const asked = { phone: aPhone(1), businessId: HOTEL.id, replaces };
      const { ruling } = valueOf(await testApp.call('verdict.check', { ...asked, name: '' }));
      const shownAt = ruling.kind === 'closed' ? ruling.sentAt : 0;
      const { ticket } = valueOf(
        await testApp.call('force.requestTicket', { ...asked, shownAt, pin: null }),
      );
      const { id } = await testApp.invite(1, { force: { ticket, reason: 'Asked for' }, replaces });
      await testApp.rest();
      return { id, shownAt };
    };
    const first = await again(null);
    expect((await testApp.find(first.id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
    expect(testApp.posts()).toHaveLength(2);
    // Now the person has seen that one too.
    const second = await again(first.id);
    expect(second.shownAt).toBe(first.shownAt + MINUTE_MS);
    expect((await testApp.find(second.id)).progress.state).toBe('accepted');
  });

  /** A desk whose settings also name the foreign business, after a restore: it is searched with the others. */
  const withForeign = async () => {
    const businesses = [HOTEL, FOREIGN].map(({ id, name }) => ({ id, name }));
    const testApp = await openTestApp({
      rules: { windowScope, foreignSearch: 'forbidden' },
      config: (apiUrl) => configWith(apiUrl, { businesses }),
    });
    await restore(testApp, await backUp(testApp));
    return testApp;
  };
  const searched = (testApp: TestApp) =>
    new Set(testApp.vendor.received().map(({ query }) => query['business_id']));

  test('[row 123] skips a business that may not be searched', async () => {
    const testApp = await withForeign();
    const { id } = await testApp.invite(1);
    await testApp.rest();
    expect(searched(testApp)).toContain(FOREIGN.id);
    expect(testApp.vendor.sms()).toHaveLength(1);
    expect((await testApp.find(id)).progress.state).toBe('accepted');
  });

  test('[row 123] does not send when the search of a business fails', async () => {
    const testApp = await withForeign();
    const path = '/review_booster/search-invitation';
    // Both forms of the number, for the hotel.
    testApp.vendor.fault({ kind: 'reshape', change: (body) => body, times: 2, path });
    testApp.vendor.fault({ kind: 'status', status: 500, path });
    const { id } = await testApp.invite(1);
    await testApp.rest();
    expect(searched(testApp)).toContain(FOREIGN.id);
    expect(testApp.posts()).toEqual([]);
    expect((await testApp.find(id)).progress.state).toBe('waiting');
  });
});

test('[row 124] an SMS for another business of this desk explains a refusal', async () => {
  const testApp = await openTestApp({ rules: { windowScope: 'organisation' } });
  await testApp.invite(2, { businessId: RESTAURANT.id });
  testApp.vendor.sendFromElsewhere({
    phone: aPhone(1),
    businessId: RESTAURANT.id,
    name: '',
    by: 'Another Desk',
  });
  await testApp.clock.advance(HOUR_MS);
  const { id } = await testApp.invite(1);
  await testApp.rest();
  expect((await testApp.find(id)).progress).toMatchObject({
    state: 'needs_decision',
    why: 'window',
  });
  expect(testApp.vendor.sms()).toHaveLength(1);
});

describe('[row 124] a refusal that may come from a business that cannot be searched', () => {
  const hotel: string = HOTEL.id;
  const asked = { phone: aPhone(1), businessId: hotel, replaces: null };
  const reason = 'The customer asked for it';
  const verdictOn = async (testApp: TestApp, question = asked) =>
    valueOf(await testApp.call('verdict.check', { ...question, name: '' }));

  /** A desk whose customer 1 got an SMS from another desk of the organisation, and was refused. */
  const refused = async () => {
    const testApp = await openTestApp({ rules: { windowScope: 'organisation' } });
    testApp.vendor.sendFromElsewhere({
      phone: aPhone(1),
      businessId: FOREIGN.id,
      name: '',
      by: 'Another Desk',
    });
    await testApp.clock.advance(HOUR_MS);
    const { id } = await testApp.invite(1);
    await testApp.rest();
    const { refusedAt } = await verdictOn(testApp);
    return { testApp, id, refusedAt: refusedAt ?? 0 };
  };
  const ticketFor = async (testApp: TestApp, shownAt: number) =>
    valueOf(await testApp.call('force.requestTicket', { ...asked, shownAt, pin: null })).ticket;

  test('is shown with its time, and a new invitation is allowed because Partoo still checks', async () => {
    const { testApp, id, refusedAt } = await refused();
    expect(await testApp.find(id)).toMatchObject({
      refusalStatus: 400,
      progress: { state: 'refused', why: 'invalid', at: refusedAt },
    });
    expect((await verdictOn(testApp)).ruling.kind).toBe('never');
    await testApp.invite(1);
    await testApp.rest();
    expect(testApp.vendor.sms()).toHaveLength(0);
  });

  test('can be sent again anyway, once, with a reason, linked to the refused one', async () => {
    const { testApp, id, refusedAt } = await refused();
    const ticket = await ticketFor(testApp, refusedAt);
    const again = await testApp.invite(1, { force: { ticket, reason }, replaces: id });
    await testApp.rest();
    expect(testApp.vendor.sms().map(({ forced }) => forced)).toEqual([true]);
    expect(await testApp.find(again.id)).toMatchObject({
      forceReason: reason,
      replaces: id,
      progress: { state: 'accepted' },
    });
    expect((await verdictOn(testApp)).refusedAt).toBeNull();
    const answer = await testApp.call(
      'invitation.enqueue',
      testApp.draft(1, { force: { ticket, reason } }),
    );
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'ticket' } });
  });

  test('is not repeated by itself when its answer is lost', async () => {
    const { testApp, refusedAt } = await refused();
    const ticket = await ticketFor(testApp, refusedAt);
    const path = '/review_booster/send_invitation';
    testApp.vendor.fault({ kind: 'status', status: 503, times: 1, path });
    const { id } = await testApp.invite(1, { force: { ticket, reason } });
    await testApp.clock.advance(2 * DAY_MS);
    expect((await testApp.find(id)).progress.state).toBe('needs_decision');
    expect(testApp.vendor.sms()).toHaveLength(0);
  });

  test('gets a ticket only for the refusal that was shown', async () => {
    const { testApp, refusedAt } = await refused();
    const ask = (change: Partial<typeof asked>, shownAt: number) =>
      testApp.call('force.requestTicket', { ...asked, ...change, shownAt, pin: null });
    const no = { ok: false, failure: { kind: 'not-allowed' } };
    expect(await ask({}, refusedAt - 1)).toMatchObject(no);
    expect(await ask({ phone: aPhone(2) }, refusedAt)).toMatchObject(no);
    expect(await ask({ businessId: RESTAURANT.id }, refusedAt)).toMatchObject(no);
    const ticket = await ticketFor(testApp, refusedAt);
    await testApp.clock.advance(2 * MINUTE_MS);
    expect(
      await testApp.call('invitation.enqueue', testApp.draft(1, { force: { ticket, reason } })),
    ).toMatchObject({ ok: false, failure: { kind: 'ticket' } });
    await testApp.clock.advance(10 * DAY_MS);
    expect((await verdictOn(testApp)).refusedAt).toBeNull();
  });

  test('an SMS found before sending stops it', async () => {
    const { testApp, refusedAt } = await refused();
    const ticket = await ticketFor(testApp, refusedAt);
    const sms = { phone: aPhone(1), businessId: HOTEL.id, name: '', by: 'Another Desk' };
    testApp.vendor.sendFromElsewhere(sms);
    const { id } = await testApp.invite(1, { force: { ticket, reason } });
    await testApp.rest();
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
    expect(testApp.vendor.sms()).toHaveLength(0);
  });
});
