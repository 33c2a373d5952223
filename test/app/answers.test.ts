import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { aPhone, HOTEL, openHouse, valueOf, VENDOR_KEY, type House } from '../support/app.ts';

const SEND = '/review_booster/send_invitation';
const SEARCH = '/review_booster/search-invitation';
const ME = '/user/me';

const elsewhere = (house: House, last: number) =>
  house.vendor.sendFromElsewhere({
    phone: aPhone(last),
    businessId: HOTEL.id,
    name: 'Marie',
    by: 'Another Desk',
    byId: '5f1',
  });

const verdictOf = async (house: House, last: number) => {
  const asked = { phone: aPhone(last), name: '', businessId: HOTEL.id, replaces: null };
  return valueOf(await house.call('verdict.checkWithPartoo', asked));
};

const listOf = (...items: readonly object[]) => ({
  page: 1,
  max_page: 2,
  count: 31,
  review_invitations: items,
});

describe('[row 141] an SMS that Partoo lists without a time', () => {
  const rules = { countsFrom: 'sent', createdForMs: 3 * HOUR_MS } as const;

  test('closes the resend window before Enter is pressed', async () => {
    const house = await openHouse({ rules });
    await house.rest();
    elsewhere(house, 1);
    expect(await verdictOf(house, 1)).toMatchObject({
      kind: 'asked',
      verdict: {
        ruling: { kind: 'closed', from: 'elsewhere', staff: 'Another Desk', proved: false },
      },
    });
    expect(await house.call('invitation.enqueue', house.draft(1))).toMatchObject({
      failure: { kind: 'not-allowed' },
    });
  });

  test('stops the repeat of an unclear attempt: a person decides', async () => {
    const house = await openHouse({ rules });
    house.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
    const { id } = await house.invite(1);
    await house.rest();
    await house.clock.advance(HOUR_MS);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'unproved',
    });
    expect(house.vendor.sms()).toHaveLength(1);
  });
});

test('[row 141] an SMS that gets its time after a minute proves the attempt that sent it', async () => {
  const house = await openHouse({ rules: { countsFrom: 'sent', createdForMs: MINUTE_MS } });
  house.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
  const { id } = await house.invite(1);
  await house.rest();
  await house.clock.advance(30 * SECOND_MS);
  expect((await house.find(id)).progress.state).toBe('unconfirmed');
  await house.clock.advance(2 * MINUTE_MS);
  expect((await house.find(id)).progress).toMatchObject({ state: 'accepted', evidence: 'search' });
  expect(house.posts()).toHaveLength(1);
});

describe('[row 128] a list with a refused page', () => {
  const item = {
    id: 'other',
    user_id: '5f1',
    user_name: 'Another Desk',
    sent_time: '2026-11-20 15:40:00.000000+00:00',
  };

  test('is never read as empty: the SMS that it shows closes the resend window', async () => {
    const house = await openHouse();
    house.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEND });
    const page = {
      kind: 'status',
      status: 200,
      body: listOf(item),
      times: 1,
      path: SEARCH,
    } as const;
    house.vendor.fault(page);
    house.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEARCH });
    const { id } = await house.invite(1);
    await house.rest();
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
  });

  test('shows nothing of this customer: the reason of the refusal stays unknown', async () => {
    const house = await openHouse();
    house.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEND });
    house.vendor.fault({ kind: 'status', status: 200, body: listOf(), times: 1, path: SEARCH });
    house.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEARCH });
    const { id } = await house.invite(1);
    await house.rest();
    expect((await house.find(id)).progress).toMatchObject({ state: 'refused', why: 'unclear' });
  });
});

describe('[row 143] an answer in an unknown shape', () => {
  test('is reported, and sending stops until a known answer arrives', async () => {
    const house = await openHouse();
    house.vendor.fault({ kind: 'status', status: 200, body: ['a', 'list'], path: ME });
    await house.invite(1);
    await house.clock.advance(10 * MINUTE_MS);
    expect(house.posts()).toEqual([]);
    expect(house.connections().at(-1)).toMatchObject({ kind: 'offline', cause: 'unknown-answer' });
    house.vendor.behave();
    await house.clock.advance(5 * MINUTE_MS);
    expect(await house.states()).toEqual(['accepted']);
  });
});

test.each([201, 202])('[row 144] %i with an id is accepted once', async (status) => {
  const house = await openHouse();
  const change = (body: unknown) => body;
  house.vendor.fault({ kind: 'reshape', change, status, times: 1, path: SEND });
  const { id } = await house.invite(1);
  await house.rest();
  expect((await house.find(id)).progress).toMatchObject({
    state: 'accepted',
    evidence: 'response',
  });
  await house.clock.advance(DAY_MS);
  expect(house.vendor.sms()).toHaveLength(1);
});

test('[row 145] an error status below 200 proves nothing: the search decides', async () => {
  const house = await openHouse();
  const body = { status: 'error', message: 'Something broke' };
  house.vendor.fault({ kind: 'status-after-accepting', status: 200, body, times: 1, path: SEND });
  const { id } = await house.invite(1);
  await house.rest();
  expect((await house.find(id)).progress.state).toBe('unconfirmed');
  await house.clock.advance(6 * SECOND_MS);
  expect((await house.find(id)).progress).toMatchObject({ state: 'accepted', evidence: 'search' });
});

test.each([
  ['[row 145] a message', 400, { message: 'The quota is used up' }],
  ['[row 146] 402', 402, { error: 'The quota is used up' }],
  ['[row 146] 423', 423, { status: 'error', message: 'The quota is used up' }],
])('%s is a refusal, shown in Partoo’s words', async (_title, status, body) => {
  const house = await openHouse();
  house.vendor.fault({ kind: 'status', status, body, times: 1, path: SEND });
  const { id } = await house.invite(1);
  await house.rest();
  expect((await house.find(id)).progress).toMatchObject({
    state: 'refused',
    why: 'invalid',
    text: 'The quota is used up',
  });
});

test('[row 148] sends nothing while Partoo answers the probe with 5xx', async () => {
  const house = await openHouse({ key: VENDOR_KEY });
  house.vendor.fault({ kind: 'status', status: 503, path: ME });
  await house.invite(1);
  await house.clock.advance(10 * MINUTE_MS);
  expect(house.posts()).toEqual([]);
  expect(house.connections().at(-1)).toMatchObject({ kind: 'offline', cause: 'partoo' });
  house.vendor.behave();
  await house.clock.advance(5 * MINUTE_MS);
  expect(await house.states()).toEqual(['accepted']);
});

describe('[row 121] the delivery state of one SMS', () => {
  const STATUS = '/review_booster/invitation_status';

  test.each([
    ['answers a server error', { kind: 'status', status: 503, body: { errors: {} } }],
    [
      'is null',
      { kind: 'reshape', change: () => ({ invitation_id: 'an id', status: null }), status: 200 },
    ],
  ] as const)('is polled four times an hour without a banner when it %s', async (_title, fault) => {
    const house = await openHouse({});
    house.vendor.fault({ ...fault, path: STATUS });
    await house.invite(1);
    await house.rest();
    const banners = house.connections().length;
    await house.clock.advance(HOUR_MS);
    const polls = house.vendor.received().filter(({ path }) => path.endsWith(STATUS));
    expect(polls).toHaveLength(4);
    expect(house.connections()).toHaveLength(banners);
  });
});
