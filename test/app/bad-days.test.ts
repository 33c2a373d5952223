import { describe, expect, test } from 'vitest';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import {
  aPhone,
  configWith,
  HOTEL,
  NINE,
  openTestApp,
  RESTAURANT,
  VENDOR_KEY,
  type TestApp,
} from '../support/app.ts';

const SEND = '/review_booster/send_invitation';
const SEARCH = '/review_booster/search-invitation';
const [, , FOREIGN] = PRACTICE_BUSINESSES;

const phonesOf = (testApp: TestApp) => testApp.vendor.sms().map(({ phone }) => phone);

describe('a morning without a network', () => {
  test('[row 15] keeps every invitation and sends each once, in order, when the network is back', async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    for (const last of [5, 3, 6, 1, 2]) {
      await testApp.invite(last);
      await testApp.clock.advance(7 * MINUTE_MS);
    }
    expect(await testApp.states()).toEqual(Array.from({ length: 5 }, () => 'waiting'));
    expect(testApp.connections().at(-1)).toMatchObject({ kind: 'offline', cause: 'partoo' });

    await testApp.vendor.acceptConnections();
    await testApp.app().wake();
    await testApp.rest();
    expect(phonesOf(testApp)).toEqual([5, 3, 6, 1, 2].map(aPhone));
    expect(testApp.posts()).toHaveLength(5);
    expect(await testApp.states()).toEqual(Array.from({ length: 5 }, () => 'accepted'));
    expect(testApp.connections().at(-1)).toEqual({ kind: 'online' });
  });

  test('[row 24] ends without a hint that the network is back', async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    await testApp.invite(1);
    await testApp.clock.advance(HOUR_MS);
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(MINUTE_MS);
    expect(await testApp.states()).toEqual(['accepted']);
  });

  test('loses nothing when Deskbell restarts in between', async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    await testApp.invite(1);
    await testApp.clock.advance(HOUR_MS);
    await testApp.restart();
    await testApp.invite(2);
    await testApp.clock.advance(HOUR_MS);
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(MINUTE_MS);
    expect(phonesOf(testApp)).toEqual([aPhone(1), aPhone(2)]);
  });

  test('[row 21] recognises a hotel’s sign-in page and sends nothing to it', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ kind: 'html-portal' });
    await testApp.invite(1);
    await testApp.clock.advance(10 * MINUTE_MS);
    expect(testApp.posts()).toEqual([]);
    expect(testApp.connections().at(-1)).toMatchObject({ kind: 'offline', cause: 'portal' });
    testApp.vendor.behave();
    await testApp.clock.advance(MINUTE_MS);
    expect(await testApp.states()).toEqual(['accepted']);
  });

  test('asks a person about an invitation that waited three days on a PC that was off', async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    const { id } = await testApp.invite(1);
    await testApp.rest();
    testApp.crash();
    await testApp.clock.advance(3 * DAY_MS + HOUR_MS);
    await testApp.vendor.acceptConnections();
    await testApp.boot();
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'too-old',
    });
    expect(testApp.vendor.sms()).toEqual([]);
  });
});

describe('Partoo does not say whether it accepted the invitation', () => {
  test.each([
    ['[row 5] the answer is lost', { kind: 'drop-after-accepting' } as const],
    [
      '[row 43] an error after the SMS was sent',
      { kind: 'status-after-accepting', status: 500 } as const,
    ],
    ['[row 20] half an answer', { kind: 'truncate' } as const],
    ['[row 20] garbage', { kind: 'garbage' } as const],
  ])('%s: the search proves the one SMS', async (_title, fault) => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ ...fault, times: 1, path: SEND });
    const { id } = await testApp.invite(1);
    await testApp.rest();
    expect((await testApp.find(id)).progress.state).toBe('unconfirmed');
    await testApp.clock.advance(6 * SECOND_MS);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'search',
    });
    await testApp.clock.advance(DAY_MS);
    expect(testApp.posts()).toHaveLength(1);
    expect(testApp.vendor.sms()).toHaveLength(1);
  });

  test.each([
    ['[row 43] an error before the SMS was sent', { kind: 'status', status: 500 } as const],
    ['[row 18] the connection breaks', { kind: 'drop-before-reading' } as const],
    ['[row 46] a redirect', { kind: 'status', status: 302, body: {} } as const],
  ])('%s: sends again after the quarantine, one SMS', async (_title, fault) => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ ...fault, times: 1, path: SEND });
    const { id } = await testApp.invite(1);
    await testApp.clock.advance(10 * MINUTE_MS - SECOND_MS);
    expect((await testApp.find(id)).progress.state).toBe('unconfirmed');
    await testApp.clock.advance(30 * SECOND_MS);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'response',
    });
    await testApp.clock.advance(DAY_MS);
    expect(testApp.vendor.sms()).toHaveLength(1);
  });

  test('[row 47] accepted, but the search is down: the refusal of the repeat is no proof', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
    testApp.vendor.fault({ kind: 'status', status: 500, path: SEARCH });
    const { id } = await testApp.invite(1);
    await testApp.clock.advance(9 * MINUTE_MS);
    expect(testApp.posts()).toHaveLength(1);
    await testApp.clock.advance(2 * MINUTE_MS);
    expect((await testApp.find(id)).progress.state).toBe('maybe_sent');
    expect(testApp.posts()).toHaveLength(2);
    expect(testApp.vendor.sms()).toHaveLength(1);
    expect(
      await testApp.call('verdict.check', {
        phone: aPhone(1),
        name: '',
        businessId: HOTEL.id,
        replaces: null,
      }),
    ).toMatchObject({ value: { ruling: { kind: 'closed', proved: false } } });
  });

  test('[row 47] another desk sent long before: the repeat is refused for the resend window', async () => {
    const testApp = await openTestApp();
    const { phone, businessId } = { phone: aPhone(1), businessId: HOTEL.id };
    testApp.vendor.sendFromElsewhere({ phone, businessId, name: 'Marie', by: 'Another Desk' });
    await testApp.clock.advance(DAY_MS);
    testApp.vendor.fault({ kind: 'status', status: 500, times: 1, path: SEND });
    const { id } = await testApp.invite(1);
    await testApp.clock.advance(10 * MINUTE_MS);
    expect((await testApp.find(id)).progress).toMatchObject({ state: 'refused', why: 'window' });
    expect(testApp.vendor.sms()).toEqual([]);
  });

  test('three attempts without an answer: a person decides', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ kind: 'status', status: 500, path: SEND });
    const { id } = await testApp.invite(1);
    await testApp.clock.advance(DAY_MS);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'unproved',
    });
    expect(testApp.posts()).toHaveLength(3);
  });
});

describe('Partoo refuses', () => {
  test('[row 34] this invitation: shows its words and sends the others', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({
      kind: 'status',
      status: 400,
      body: { errors: { json: { target_phone: ['Not a mobile phone'] } } },
      times: 1,
      path: SEND,
    });
    const { id } = await testApp.invite(1);
    await testApp.invite(2);
    await testApp.rest();
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'refused',
      why: 'invalid',
      text: 'target_phone: Not a mobile phone',
    });
    expect(phonesOf(testApp)).toEqual([aPhone(2)]);
    await testApp.clock.advance(DAY_MS);
    expect(testApp.posts()).toHaveLength(2);
  });

  test('[row 35] this invitation, and its search cannot explain why', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEND });
    testApp.vendor.fault({ kind: 'status', status: 500, path: SEARCH });
    const { id } = await testApp.invite(1);
    await testApp.rest();
    expect((await testApp.find(id)).progress).toMatchObject({ state: 'refused', why: 'unclear' });
  });

  test('[row 37] [row 68] the key: makes one request, then none until the key changes', async () => {
    const testApp = await openTestApp({ key: 'a-key-that-was-withdrawn' });
    await testApp.invite(1);
    await testApp.invite(2);
    await testApp.clock.advance(DAY_MS);
    await testApp.app().wake();
    await testApp.rest();
    expect(testApp.vendor.received()).toHaveLength(1);
    expect(testApp.connections().at(-1)).toMatchObject({ kind: 'key-refused' });

    await testApp.call('apiKey.save', { key: VENDOR_KEY });
    await testApp.rest();
    expect(phonesOf(testApp)).toEqual([aPhone(1), aPhone(2)]);
    expect(testApp.connections().at(-1)).toEqual({ kind: 'online' });
  });

  test('[row 37] the key, and a person retries: makes one more request', async () => {
    const testApp = await openTestApp({ key: 'a-key-that-was-withdrawn' });
    await testApp.invite(1);
    await testApp.rest();
    const before = testApp.vendor.received().length;
    await testApp.call('outbox.flush', {});
    await testApp.clock.advance(HOUR_MS);
    expect(testApp.vendor.received()).toHaveLength(before + 1);
    expect(testApp.posts()).toEqual([]);
  });

  test('[row 38] one business: sends for the others', async () => {
    const businesses = [HOTEL, RESTAURANT, FOREIGN].map(({ id, name }) => ({ id, name }));
    const testApp = await openTestApp({
      config: (apiUrl) => configWith(apiUrl, { businesses, undoSeconds: 10 }),
    });
    const foreign = await testApp.invite(1, { businessId: FOREIGN.id });
    await testApp.clock.advance(11 * SECOND_MS);
    expect((await testApp.find(foreign.id)).progress.state).toBe('waiting');
    expect(testApp.connections().at(-1)).toMatchObject({
      kind: 'no-access',
      businessIds: [FOREIGN.id],
    });

    const hotel = await testApp.invite(2);
    await testApp.clock.advance(11 * SECOND_MS);
    expect((await testApp.find(hotel.id)).progress.state).toBe('accepted');
    expect(testApp.posts()).toHaveLength(2);
  });

  test('[row 42] for two minutes: sends nothing, for a person or a timer, and keeps every invitation', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ kind: 'rate-limit', retryAfter: '120', times: 1, path: SEND });
    await testApp.invite(1);
    await testApp.rest();
    await testApp.invite(2);
    await testApp.app().wake();
    await testApp.call('outbox.flush', {});
    await testApp.clock.advance(2 * MINUTE_MS - 1);
    expect(testApp.posts()).toHaveLength(1);
    expect(testApp.connections().at(-1)).toEqual({ kind: 'busy', until: NINE + 2 * MINUTE_MS });
    expect(await testApp.states()).toEqual(['waiting', 'waiting']);

    await testApp.clock.advance(10 * SECOND_MS);
    expect(phonesOf(testApp)).toEqual([aPhone(1), aPhone(2)]);
  });
});

describe('a bug', () => {
  test('[row 12] stops sending, keeps the form, and shows its reference', async () => {
    const testApp = await openTestApp({
      wrapStore: (store) => ({
        ...store,
        claim: () => {
          throw new TypeError('cannot read properties of undefined');
        },
      }),
    });
    await testApp.invite(1);
    await testApp.rest();
    const connection = testApp.connections().at(-1);
    expect(connection).toMatchObject({
      kind: 'stopped',
      reference: expect.stringMatching(/^[0-9a-f]{8}$/),
    });
    expect(testApp.takeBugs()).toHaveLength(1);

    await testApp.invite(2);
    await testApp.call('outbox.flush', {});
    await testApp.app().wake();
    await testApp.clock.advance(DAY_MS);
    expect(testApp.posts()).toEqual([]);
    expect(await testApp.states()).toEqual(['waiting', 'waiting']);
    expect(await testApp.call('connection.read', {})).toEqual({ ok: true, value: connection });
  });

  test('[row 12] outside every handler does the same', async () => {
    const testApp = await openTestApp();
    await testApp.app().halt('ref-1');
    await testApp.invite(1);
    await testApp.clock.advance(DAY_MS);
    expect(testApp.posts()).toEqual([]);
    expect(testApp.connections().at(-1)).toEqual({ kind: 'stopped', reference: 'ref-1' });
  });
});
