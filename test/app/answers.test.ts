import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { aPhone, HOTEL, openTestApp, valueOf, VENDOR_KEY, type TestApp } from '../support/app.ts';

const SEND = '/review_booster/send_invitation';
const SEARCH = '/review_booster/search-invitation';
const ME = '/user/me';

const elsewhere = (testApp: TestApp, last: number) =>
  testApp.vendor.sendFromElsewhere({
    phone: aPhone(last),
    businessId: HOTEL.id,
    name: 'Marie',
    by: 'Another Desk',
    byId: '5f1',
  });

const verdictOf = async (testApp: TestApp, last: number) => {
  const asked = { phone: aPhone(last), name: '', businessId: HOTEL.id, replaces: null };
  return valueOf(await testApp.call('verdict.checkWithPartoo', asked));
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
    const testApp = await openTestApp({ rules });
    await testApp.rest();
    elsewhere(testApp, 1);
    expect(await verdictOf(testApp, 1)).toMatchObject({
      kind: 'asked',
      by: 'partoo',
      verdict: {
        ruling: { kind: 'closed', from: 'elsewhere', staff: 'Another Desk', proved: false },
      },
    });
    expect(await testApp.call('invitation.enqueue', testApp.draft(1))).toMatchObject({
      failure: { kind: 'not-allowed' },
    });
  });

  test('stops the repeat of an unclear attempt: a person decides', async () => {
    const testApp = await openTestApp({ rules });
    testApp.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
    const { id } = await testApp.invite(1);
    await testApp.rest();
    await testApp.clock.advance(HOUR_MS);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'unproved',
    });
    expect(testApp.vendor.sms()).toHaveLength(1);
  });
});

test('[row 141] an SMS that gets its time after a minute proves the attempt that sent it', async () => {
  const testApp = await openTestApp({ rules: { countsFrom: 'sent', createdForMs: MINUTE_MS } });
  testApp.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
  const { id } = await testApp.invite(1);
  await testApp.rest();
  await testApp.clock.advance(30 * SECOND_MS);
  expect((await testApp.find(id)).progress.state).toBe('unconfirmed');
  await testApp.clock.advance(2 * MINUTE_MS);
  expect((await testApp.find(id)).progress).toMatchObject({
    state: 'accepted',
    evidence: 'search',
  });
  expect(testApp.posts()).toHaveLength(1);
});

describe('[row 128] a list with a refused page', () => {
  const item = {
    id: 'other',
    user_id: '5f1',
    user_name: 'Another Desk',
    sent_time: '2026-11-20 15:40:00.000000+00:00',
  };

  test('is never read as empty: the SMS that it shows closes the resend window', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEND });
    const page = {
      kind: 'status',
      status: 200,
      body: listOf(item),
      times: 1,
      path: SEARCH,
    } as const;
    testApp.vendor.fault(page);
    testApp.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEARCH });
    const { id } = await testApp.invite(1);
    await testApp.rest();
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
  });

  test('shows nothing of this customer: the reason of the refusal stays unknown', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEND });
    testApp.vendor.fault({ kind: 'status', status: 200, body: listOf(), times: 1, path: SEARCH });
    testApp.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEARCH });
    const { id } = await testApp.invite(1);
    await testApp.rest();
    expect((await testApp.find(id)).progress).toMatchObject({ state: 'refused', why: 'unclear' });
  });
});

describe('[row 143] an answer in an unknown shape', () => {
  test('is reported, and sending stops until a known answer arrives', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ kind: 'status', status: 200, body: ['a', 'list'], path: ME });
    await testApp.invite(1);
    await testApp.clock.advance(10 * MINUTE_MS);
    expect(testApp.posts()).toEqual([]);
    expect(testApp.connections().at(-1)).toMatchObject({
      kind: 'offline',
      cause: 'unknown-answer',
    });
    testApp.vendor.behave();
    await testApp.clock.advance(5 * MINUTE_MS);
    expect(await testApp.states()).toEqual(['accepted']);
  });
});

test.each([201, 202])('[row 144] %i with an id is accepted once', async (status) => {
  const testApp = await openTestApp();
  const change = (body: unknown) => body;
  testApp.vendor.fault({ kind: 'reshape', change, status, times: 1, path: SEND });
  const { id } = await testApp.invite(1);
  await testApp.rest();
  expect((await testApp.find(id)).progress).toMatchObject({
    state: 'accepted',
    evidence: 'response',
  });
  await testApp.clock.advance(DAY_MS);
  expect(testApp.vendor.sms()).toHaveLength(1);
});

test('[row 145] an error status below 200 proves nothing: the search decides', async () => {
  const testApp = await openTestApp();
  const body = { status: 'error', message: 'Something broke' };
  testApp.vendor.fault({ kind: 'status-after-accepting', status: 200, body, times: 1, path: SEND });
  const { id } = await testApp.invite(1);
  await testApp.rest();
  expect((await testApp.find(id)).progress.state).toBe('unconfirmed');
  await testApp.clock.advance(6 * SECOND_MS);
  expect((await testApp.find(id)).progress).toMatchObject({
    state: 'accepted',
    evidence: 'search',
  });
});

test.each([
  ['[row 145] a message', 400, { message: 'The quota is used up' }],
  ['[row 146] 402', 402, { error: 'The quota is used up' }],
  ['[row 146] 423', 423, { status: 'error', message: 'The quota is used up' }],
])('%s is a refusal, shown in Partoo’s words', async (_title, status, body) => {
  const testApp = await openTestApp();
  testApp.vendor.fault({ kind: 'status', status, body, times: 1, path: SEND });
  const { id } = await testApp.invite(1);
  await testApp.rest();
  expect((await testApp.find(id)).progress).toMatchObject({
    state: 'refused',
    why: 'invalid',
    text: 'The quota is used up',
  });
});

test('[row 148] sends nothing while Partoo answers the probe with 5xx', async () => {
  const testApp = await openTestApp({ key: VENDOR_KEY });
  testApp.vendor.fault({ kind: 'status', status: 503, path: ME });
  await testApp.invite(1);
  await testApp.clock.advance(10 * MINUTE_MS);
  expect(testApp.posts()).toEqual([]);
  expect(testApp.connections().at(-1)).toMatchObject({ kind: 'offline', cause: 'partoo' });
  testApp.vendor.behave();
  await testApp.clock.advance(5 * MINUTE_MS);
  expect(await testApp.states()).toEqual(['accepted']);
});

describe('[row 121] the delivery state of one SMS', () => {
  const STATUS = '/review_booster/invitation_status';

  test.each([
    ['returns a server error', { kind: 'status', status: 503, body: { errors: {} } }],
    [
      'is null',
      { kind: 'reshape', change: () => ({ invitation_id: 'an id', status: null }), status: 200 },
    ],
  ] as const)('is polled four times an hour without a banner when it %s', async (_title, fault) => {
    const testApp = await openTestApp({});
    testApp.vendor.fault({ ...fault, path: STATUS });
    await testApp.invite(1);
    await testApp.rest();
    const banners = testApp.connections().length;
    await testApp.clock.advance(HOUR_MS);
    const polls = testApp.vendor.received().filter(({ path }) => path.endsWith(STATUS));
    expect(polls).toHaveLength(4);
    expect(testApp.connections()).toHaveLength(banners);
  });
});
