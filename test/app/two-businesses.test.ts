import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import {
  aPhone,
  configWith,
  HOTEL,
  openHouse,
  RESTAURANT,
  valueOf,
  WINDOW_SCOPES,
  type House,
} from '../support/app.ts';

/** A business of the organisation that this key may not see. */
const FOREIGN = PRACTICE_BUSINESSES[2];

const backUp = async (house: House) => {
  const { name } = valueOf(await house.call('backup.make', {}));
  await house.clock.advance(1);
  return name;
};
const restore = async (house: House, name: string) => {
  valueOf(await house.call('backup.restore', { name }));
  await house.rest();
};

describe.each(WINDOW_SCOPES)('the ten days count for each %s', (windowScope) => {
  const open = () => openHouse({ rules: { windowScope } });

  test('[row 123] after a data loss, an SMS for the restaurant blocks one for the hotel', async () => {
    const house = await open();
    await backUp(house);
    await house.invite(1, { businessId: RESTAURANT.id });
    await house.rest();
    await house.app().close();
    rmSync(house.databaseFile);
    await house.boot();
    await house.clock.advance(HOUR_MS);
    const { id } = await house.invite(1, { businessId: HOTEL.id });
    await house.rest();
    expect(house.vendor.sms()).toHaveLength(1);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
  });

  test('[row 124] an SMS of a business unknown to this desk is stopped by Partoo alone', async () => {
    const house = await open();
    const elsewhere = { phone: aPhone(1), businessId: FOREIGN.id, name: '', by: 'Another Desk' };
    house.vendor.sendFromElsewhere(elsewhere);
    await house.clock.advance(HOUR_MS);
    const { id } = await house.invite(1);
    await house.rest();
    // Different on purpose: with ten days for each business, the hotel has not invited this customer.
    const isTaken = windowScope === 'business';
    expect(house.vendor.sms()).toHaveLength(isTaken ? 1 : 0);
    expect((await house.find(id)).progress.state).toBe(isTaken ? 'accepted' : 'refused');
  });

  test('[row 123] an SMS of another desk for the restaurant stops a forced one for the hotel', async () => {
    const house = await open();
    await house.invite(2, { businessId: RESTAURANT.id });
    await house.invite(1);
    await house.clock.advance(DAY_MS);
    const asked = { phone: aPhone(1), businessId: HOTEL.id, replaces: null };
    const { ruling } = valueOf(await house.call('verdict.check', { ...asked, name: '' }));
    const shownAt = ruling.kind === 'closed' ? ruling.sentAt : 0;
    const { ticket } = valueOf(
      await house.call('force.requestTicket', { ...asked, shownAt, pin: null }),
    );
    house.vendor.sendFromElsewhere({
      phone: aPhone(1),
      businessId: RESTAURANT.id,
      name: '',
      by: 'Another Desk',
    });
    const { id } = await house.invite(1, { force: { ticket, reason: 'The customer asked' } });
    await house.rest();
    expect(house.vendor.sms()).toHaveLength(2);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
  });

  test('[row 202] an SMS within two minutes of the one that the person saw is not mistaken for it', async () => {
    const house = await open();
    await house.invite(2, { businessId: RESTAURANT.id });
    await house.invite(1);
    await house.clock.advance(MINUTE_MS);
    const sms = { phone: aPhone(1), businessId: RESTAURANT.id, name: '', by: 'Another Desk' };
    house.vendor.sendFromElsewhere(sms);
    await house.clock.advance(HOUR_MS);
    const again = async (replaces: string | null) => {
      const asked = { phone: aPhone(1), businessId: HOTEL.id, replaces };
      const { ruling } = valueOf(await house.call('verdict.check', { ...asked, name: '' }));
      const shownAt = ruling.kind === 'closed' ? ruling.sentAt : 0;
      const { ticket } = valueOf(
        await house.call('force.requestTicket', { ...asked, shownAt, pin: null }),
      );
      const { id } = await house.invite(1, { force: { ticket, reason: 'Asked for' }, replaces });
      await house.rest();
      return { id, shownAt };
    };
    const first = await again(null);
    expect((await house.find(first.id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
    expect(house.posts()).toHaveLength(2);
    // Now the person has seen that one too.
    const second = await again(first.id);
    expect(second.shownAt).toBe(first.shownAt + MINUTE_MS);
    expect((await house.find(second.id)).progress.state).toBe('accepted');
  });

  /** A desk whose settings also name the foreign business, after a restore: it is searched with the others. */
  const withForeign = async () => {
    const businesses = [HOTEL, FOREIGN].map(({ id, name }) => ({ id, name }));
    const house = await openHouse({
      rules: { windowScope, foreignSearch: 'forbidden' },
      config: (apiUrl) => configWith(apiUrl, { businesses }),
    });
    await restore(house, await backUp(house));
    return house;
  };
  const searched = (house: House) =>
    new Set(house.vendor.received().map(({ query }) => query['business_id']));

  test('[row 123] skips a business that may not be searched', async () => {
    const house = await withForeign();
    const { id } = await house.invite(1);
    await house.rest();
    expect(searched(house)).toContain(FOREIGN.id);
    expect(house.vendor.sms()).toHaveLength(1);
    expect((await house.find(id)).progress.state).toBe('accepted');
  });

  test('[row 123] does not send when the search of a business fails', async () => {
    const house = await withForeign();
    const path = '/review_booster/search-invitation';
    // Both forms of the number, for the hotel.
    house.vendor.fault({ kind: 'reshape', change: (body) => body, times: 2, path });
    house.vendor.fault({ kind: 'status', status: 500, path });
    const { id } = await house.invite(1);
    await house.rest();
    expect(searched(house)).toContain(FOREIGN.id);
    expect(house.posts()).toEqual([]);
    expect((await house.find(id)).progress.state).toBe('waiting');
  });
});

test('[row 124] an SMS for another business of this desk explains a refusal', async () => {
  const house = await openHouse({ rules: { windowScope: 'organisation' } });
  await house.invite(2, { businessId: RESTAURANT.id });
  house.vendor.sendFromElsewhere({
    phone: aPhone(1),
    businessId: RESTAURANT.id,
    name: '',
    by: 'Another Desk',
  });
  await house.clock.advance(HOUR_MS);
  const { id } = await house.invite(1);
  await house.rest();
  expect((await house.find(id)).progress).toMatchObject({ state: 'needs_decision', why: 'window' });
  expect(house.vendor.sms()).toHaveLength(1);
});

describe('[row 124] a refusal that may come from a business that cannot be searched', () => {
  const hotel: string = HOTEL.id;
  const asked = { phone: aPhone(1), businessId: hotel, replaces: null };
  const reason = 'The customer asked for it';
  const verdictOn = async (house: House, question = asked) =>
    valueOf(await house.call('verdict.check', { ...question, name: '' }));

  /** A desk whose customer 1 got an SMS from another desk of the organisation, and was refused. */
  const refused = async () => {
    const house = await openHouse({ rules: { windowScope: 'organisation' } });
    house.vendor.sendFromElsewhere({
      phone: aPhone(1),
      businessId: FOREIGN.id,
      name: '',
      by: 'Another Desk',
    });
    await house.clock.advance(HOUR_MS);
    const { id } = await house.invite(1);
    await house.rest();
    const { refusedAt } = await verdictOn(house);
    return { house, id, refusedAt: refusedAt ?? 0 };
  };
  const ticketFor = async (house: House, shownAt: number) =>
    valueOf(await house.call('force.requestTicket', { ...asked, shownAt, pin: null })).ticket;

  test('is shown with its time, and a new invitation is allowed because Partoo still checks', async () => {
    const { house, id, refusedAt } = await refused();
    expect(await house.find(id)).toMatchObject({
      refusalStatus: 400,
      progress: { state: 'refused', why: 'invalid', at: refusedAt },
    });
    expect((await verdictOn(house)).ruling.kind).toBe('never');
    await house.invite(1);
    await house.rest();
    expect(house.vendor.sms()).toHaveLength(0);
  });

  test('can be sent again anyway, once, with a reason, linked to the refused one', async () => {
    const { house, id, refusedAt } = await refused();
    const ticket = await ticketFor(house, refusedAt);
    const again = await house.invite(1, { force: { ticket, reason }, replaces: id });
    await house.rest();
    expect(house.vendor.sms().map(({ forced }) => forced)).toEqual([true]);
    expect(await house.find(again.id)).toMatchObject({
      forceReason: reason,
      replaces: id,
      progress: { state: 'accepted' },
    });
    expect((await verdictOn(house)).refusedAt).toBeNull();
    const answer = await house.call(
      'invitation.enqueue',
      house.draft(1, { force: { ticket, reason } }),
    );
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'ticket' } });
  });

  test('is not repeated by itself when its answer is lost', async () => {
    const { house, refusedAt } = await refused();
    const ticket = await ticketFor(house, refusedAt);
    const path = '/review_booster/send_invitation';
    house.vendor.fault({ kind: 'status', status: 503, times: 1, path });
    const { id } = await house.invite(1, { force: { ticket, reason } });
    await house.clock.advance(2 * DAY_MS);
    expect((await house.find(id)).progress.state).toBe('needs_decision');
    expect(house.vendor.sms()).toHaveLength(0);
  });

  test('gets a ticket only for the refusal that was shown', async () => {
    const { house, refusedAt } = await refused();
    const ask = (change: Partial<typeof asked>, shownAt: number) =>
      house.call('force.requestTicket', { ...asked, ...change, shownAt, pin: null });
    const no = { ok: false, failure: { kind: 'not-allowed' } };
    expect(await ask({}, refusedAt - 1)).toMatchObject(no);
    expect(await ask({ phone: aPhone(2) }, refusedAt)).toMatchObject(no);
    expect(await ask({ businessId: RESTAURANT.id }, refusedAt)).toMatchObject(no);
    const ticket = await ticketFor(house, refusedAt);
    await house.clock.advance(2 * MINUTE_MS);
    expect(
      await house.call('invitation.enqueue', house.draft(1, { force: { ticket, reason } })),
    ).toMatchObject({ ok: false, failure: { kind: 'ticket' } });
    await house.clock.advance(10 * DAY_MS);
    expect((await verdictOn(house)).refusedAt).toBeNull();
  });

  test('an SMS found before sending stops it', async () => {
    const { house, refusedAt } = await refused();
    const ticket = await ticketFor(house, refusedAt);
    const sms = { phone: aPhone(1), businessId: HOTEL.id, name: '', by: 'Another Desk' };
    house.vendor.sendFromElsewhere(sms);
    const { id } = await house.invite(1, { force: { ticket, reason } });
    await house.rest();
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
    expect(house.vendor.sms()).toHaveLength(0);
  });
});
