import { describe, expect, test } from 'vitest';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import {
  aPhone,
  configWith,
  HOTEL,
  NINE,
  openHouse,
  RESTAURANT,
  VENDOR_KEY,
  type House,
} from '../support/app.ts';

const SEND = '/review_booster/send_invitation';
const SEARCH = '/review_booster/search-invitation';
const [, , FOREIGN] = PRACTICE_BUSINESSES;

const phonesOf = (house: House) => house.vendor.sms().map(({ phone }) => phone);

describe('a morning without a network', () => {
  test('[row 15] keeps every invitation and sends each once, in order, when the network is back', async () => {
    const house = await openHouse();
    await house.vendor.refuseConnections();
    for (const last of [5, 3, 6, 1, 2]) {
      await house.invite(last);
      await house.clock.advance(7 * MINUTE_MS);
    }
    expect(await house.states()).toEqual(Array.from({ length: 5 }, () => 'waiting'));
    expect(house.connections().at(-1)).toMatchObject({ kind: 'offline', cause: 'partoo' });

    await house.vendor.acceptConnections();
    await house.app().wake();
    await house.rest();
    expect(phonesOf(house)).toEqual([5, 3, 6, 1, 2].map(aPhone));
    expect(house.posts()).toHaveLength(5);
    expect(await house.states()).toEqual(Array.from({ length: 5 }, () => 'accepted'));
    expect(house.connections().at(-1)).toEqual({ kind: 'online' });
  });

  test('[row 24] ends without a hint that the network is back', async () => {
    const house = await openHouse();
    await house.vendor.refuseConnections();
    await house.invite(1);
    await house.clock.advance(HOUR_MS);
    await house.vendor.acceptConnections();
    await house.clock.advance(MINUTE_MS);
    expect(await house.states()).toEqual(['accepted']);
  });

  test('loses nothing when Deskbell restarts in between', async () => {
    const house = await openHouse();
    await house.vendor.refuseConnections();
    await house.invite(1);
    await house.clock.advance(HOUR_MS);
    await house.restart();
    await house.invite(2);
    await house.clock.advance(HOUR_MS);
    await house.vendor.acceptConnections();
    await house.clock.advance(MINUTE_MS);
    expect(phonesOf(house)).toEqual([aPhone(1), aPhone(2)]);
  });

  test('[row 21] recognises a hotel’s sign-in page and sends nothing to it', async () => {
    const house = await openHouse();
    house.vendor.fault({ kind: 'html-portal' });
    await house.invite(1);
    await house.clock.advance(10 * MINUTE_MS);
    expect(house.posts()).toEqual([]);
    expect(house.connections().at(-1)).toMatchObject({ kind: 'offline', cause: 'portal' });
    house.vendor.behave();
    await house.clock.advance(MINUTE_MS);
    expect(await house.states()).toEqual(['accepted']);
  });

  test('asks a person about an invitation that waited three days on a PC that was off', async () => {
    const house = await openHouse();
    await house.vendor.refuseConnections();
    const { id } = await house.invite(1);
    await house.rest();
    house.crash();
    await house.clock.advance(3 * DAY_MS + HOUR_MS);
    await house.vendor.acceptConnections();
    await house.boot();
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'too-old',
    });
    expect(house.vendor.sms()).toEqual([]);
  });
});

describe('Partoo does not say whether it accepted the invitation', () => {
  test.each([
    ['[row 5] the answer is lost', { kind: 'drop-after-accepting' } as const],
    ['[row 43] an error after the SMS', { kind: 'status-after-accepting', status: 500 } as const],
    ['[row 20] half an answer', { kind: 'truncate' } as const],
    ['[row 20] garbage', { kind: 'garbage' } as const],
  ])('%s: the search proves the one SMS', async (_title, fault) => {
    const house = await openHouse();
    house.vendor.fault({ ...fault, times: 1, path: SEND });
    const { id } = await house.invite(1);
    await house.rest();
    expect((await house.find(id)).progress.state).toBe('unconfirmed');
    await house.clock.advance(6 * SECOND_MS);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'search',
    });
    await house.clock.advance(DAY_MS);
    expect(house.posts()).toHaveLength(1);
    expect(house.vendor.sms()).toHaveLength(1);
  });

  test.each([
    ['[row 43] an error before the SMS', { kind: 'status', status: 500 } as const],
    ['[row 18] the connection breaks', { kind: 'drop-before-reading' } as const],
    ['[row 46] a redirect', { kind: 'status', status: 302, body: {} } as const],
  ])('%s: sends again after the quarantine, one SMS', async (_title, fault) => {
    const house = await openHouse();
    house.vendor.fault({ ...fault, times: 1, path: SEND });
    const { id } = await house.invite(1);
    await house.clock.advance(10 * MINUTE_MS - SECOND_MS);
    expect((await house.find(id)).progress.state).toBe('unconfirmed');
    await house.clock.advance(30 * SECOND_MS);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'response',
    });
    await house.clock.advance(DAY_MS);
    expect(house.vendor.sms()).toHaveLength(1);
  });

  test('[row 47] accepted, but the search is down: the refusal of the repeat is no proof', async () => {
    const house = await openHouse();
    house.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
    house.vendor.fault({ kind: 'status', status: 500, path: SEARCH });
    const { id } = await house.invite(1);
    await house.clock.advance(9 * MINUTE_MS);
    expect(house.posts()).toHaveLength(1);
    await house.clock.advance(2 * MINUTE_MS);
    expect((await house.find(id)).progress.state).toBe('maybe_sent');
    expect(house.posts()).toHaveLength(2);
    expect(house.vendor.sms()).toHaveLength(1);
    expect(
      await house.call('verdict.check', {
        phone: aPhone(1),
        name: '',
        businessId: HOTEL.id,
        replaces: null,
      }),
    ).toMatchObject({ value: { ruling: { kind: 'closed', proved: false } } });
  });

  test('[row 47] another desk sent long before: the repeat is refused for the resend window', async () => {
    const house = await openHouse();
    const { phone, businessId } = { phone: aPhone(1), businessId: HOTEL.id };
    house.vendor.sendFromElsewhere({ phone, businessId, name: 'Marie', by: 'Another Desk' });
    await house.clock.advance(DAY_MS);
    house.vendor.fault({ kind: 'status', status: 500, times: 1, path: SEND });
    const { id } = await house.invite(1);
    await house.clock.advance(10 * MINUTE_MS);
    expect((await house.find(id)).progress).toMatchObject({ state: 'refused', why: 'window' });
    expect(house.vendor.sms()).toEqual([]);
  });

  test('three attempts without an answer: a person decides', async () => {
    const house = await openHouse();
    house.vendor.fault({ kind: 'status', status: 500, path: SEND });
    const { id } = await house.invite(1);
    await house.clock.advance(DAY_MS);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'unproved',
    });
    expect(house.posts()).toHaveLength(3);
  });
});

describe('Partoo refuses', () => {
  test('[row 34] this invitation: shows its words and sends the others', async () => {
    const house = await openHouse();
    house.vendor.fault({
      kind: 'status',
      status: 400,
      body: { errors: { json: { target_phone: ['Not a mobile phone'] } } },
      times: 1,
      path: SEND,
    });
    const { id } = await house.invite(1);
    await house.invite(2);
    await house.rest();
    expect((await house.find(id)).progress).toMatchObject({
      state: 'refused',
      why: 'invalid',
      text: 'target_phone: Not a mobile phone',
    });
    expect(phonesOf(house)).toEqual([aPhone(2)]);
    await house.clock.advance(DAY_MS);
    expect(house.posts()).toHaveLength(2);
  });

  test('[row 35] this invitation, and its search cannot explain why', async () => {
    const house = await openHouse();
    house.vendor.fault({ kind: 'status', status: 400, times: 1, path: SEND });
    house.vendor.fault({ kind: 'status', status: 500, path: SEARCH });
    const { id } = await house.invite(1);
    await house.rest();
    expect((await house.find(id)).progress).toMatchObject({ state: 'refused', why: 'unclear' });
  });

  test('[row 37] [row 68] the key: makes one request, then none until the key changes', async () => {
    const house = await openHouse({ key: 'a-key-that-was-withdrawn' });
    await house.invite(1);
    await house.invite(2);
    await house.clock.advance(DAY_MS);
    await house.app().wake();
    await house.rest();
    expect(house.vendor.received()).toHaveLength(1);
    expect(house.connections().at(-1)).toMatchObject({ kind: 'key-refused' });

    await house.call('apiKey.save', { key: VENDOR_KEY });
    await house.rest();
    expect(phonesOf(house)).toEqual([aPhone(1), aPhone(2)]);
    expect(house.connections().at(-1)).toEqual({ kind: 'online' });
  });

  test('[row 37] the key, and a person retries: makes one more request', async () => {
    const house = await openHouse({ key: 'a-key-that-was-withdrawn' });
    await house.invite(1);
    await house.rest();
    const before = house.vendor.received().length;
    await house.call('outbox.flush', {});
    await house.clock.advance(HOUR_MS);
    expect(house.vendor.received()).toHaveLength(before + 1);
    expect(house.posts()).toEqual([]);
  });

  test('[row 38] one business: sends for the others', async () => {
    const businesses = [HOTEL, RESTAURANT, FOREIGN].map(({ id, name }) => ({ id, name }));
    const house = await openHouse({
      config: (apiUrl) => configWith(apiUrl, { businesses, undoSeconds: 10 }),
    });
    const foreign = await house.invite(1, { businessId: FOREIGN.id });
    await house.clock.advance(11 * SECOND_MS);
    expect((await house.find(foreign.id)).progress.state).toBe('waiting');
    expect(house.connections().at(-1)).toMatchObject({
      kind: 'no-access',
      businessIds: [FOREIGN.id],
    });

    const hotel = await house.invite(2);
    await house.clock.advance(11 * SECOND_MS);
    expect((await house.find(hotel.id)).progress.state).toBe('accepted');
    expect(house.posts()).toHaveLength(2);
  });

  test('[row 42] for two minutes: sends nothing, for a person or a timer, and keeps every invitation', async () => {
    const house = await openHouse();
    house.vendor.fault({ kind: 'rate-limit', retryAfter: '120', times: 1, path: SEND });
    await house.invite(1);
    await house.rest();
    await house.invite(2);
    await house.app().wake();
    await house.call('outbox.flush', {});
    await house.clock.advance(2 * MINUTE_MS - 1);
    expect(house.posts()).toHaveLength(1);
    expect(house.connections().at(-1)).toEqual({ kind: 'busy', until: NINE + 2 * MINUTE_MS });
    expect(await house.states()).toEqual(['waiting', 'waiting']);

    await house.clock.advance(10 * SECOND_MS);
    expect(phonesOf(house)).toEqual([aPhone(1), aPhone(2)]);
  });
});

describe('a bug', () => {
  test('[row 12] stops sending, keeps the form, and shows its reference', async () => {
    const house = await openHouse({
      wrapStore: (store) => ({
        ...store,
        claim: () => {
          throw new TypeError('cannot read properties of undefined');
        },
      }),
    });
    await house.invite(1);
    await house.rest();
    const connection = house.connections().at(-1);
    expect(connection).toMatchObject({
      kind: 'stopped',
      reference: expect.stringMatching(/^[0-9a-f]{8}$/),
    });
    expect(house.takeBugs()).toHaveLength(1);

    await house.invite(2);
    await house.call('outbox.flush', {});
    await house.app().wake();
    await house.clock.advance(DAY_MS);
    expect(house.posts()).toEqual([]);
    expect(await house.states()).toEqual(['waiting', 'waiting']);
    expect(await house.call('connection.read', {})).toEqual({ ok: true, value: connection });
  });

  test('[row 12] outside every handler does the same', async () => {
    const house = await openHouse();
    await house.app().halt('ref-1');
    await house.invite(1);
    await house.clock.advance(DAY_MS);
    expect(house.posts()).toEqual([]);
    expect(house.connections().at(-1)).toEqual({ kind: 'stopped', reference: 'ref-1' });
  });
});
