import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPartoo } from '../../../electron/partoo/open-partoo.ts';
import {
  PRACTICE_BUSINESSES,
  PRACTICE_INVITED_PHONE,
} from '../../../electron/practice/seed-data.ts';
import { openSimulator } from '../../../electron/practice/simulator.ts';
import type { Simulator, SimulatorParts } from '../../../electron/practice/simulator.ts';
import { e164Schema } from '../../../shared/phone/e164.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { keepingItsPort } from '../../support/held-port.ts';
import { createManualClock } from '../practice/manual-clock.ts';
import type { ManualClock } from '../practice/manual-clock.ts';
import { LONGER_LIMITS, NOW, REQUEST, partsFor } from '../../support/builders/partoo.ts';

const [HOTEL] = PRACTICE_BUSINESSES;
const INVITED = e164Schema.parse(PRACTICE_INVITED_PHONE);
const SEARCH = '/review_booster/search-invitation';
const question = { businessId: HOTEL.id, phone: INVITED, after: NOW - 10 * DAY_MS };
const request = { ...REQUEST, businessId: HOTEL.id };

let clock: ManualClock;
let simulator: Simulator;

const openWith = async (rules: SimulatorParts['rules'] & {}): Promise<void> => {
  await simulator.close();
  simulator = keepingItsPort(await openSimulator({ clock, rules }));
};
const open = (limits?: typeof LONGER_LIMITS) =>
  openPartoo(
    partsFor(simulator.apiUrl, {
      readKey: () => Promise.resolve({ kind: 'key', key: simulator.key }),
      ...(limits === undefined ? {} : { limits }),
    }),
  );

beforeEach(async () => {
  clock = createManualClock(NOW);
  simulator = keepingItsPort(await openSimulator({ clock }));
});
afterEach(() => simulator.close());

describe('search', () => {
  test.each(['national', 'e164', 'both'] as const)(
    '[row 104] finds a send stored under the %s form, once',
    async (matches) => {
      await openWith({ matches });
      expect(await open().search(question)).toEqual({
        ok: true,
        value: [
          {
            id: '00000000-0000-4000-8000-000000000004',
            by: 'Another Desk',
            sentAt: NOW - 4 * DAY_MS,
          },
        ],
        serverTime: NOW,
      });
      expect(simulator.received().map(({ query }) => query)).toEqual([
        {
          business_id: HOTEL.id,
          target_phone: '+33639980004',
          after: String(question.after / SECOND_MS),
        },
        {
          business_id: HOTEL.id,
          target_phone: '0639980004',
          after: String(question.after / SECOND_MS),
        },
      ]);
    },
  );

  test('finds nothing for a number that was not invited lately', async () => {
    const never = await open().search({ ...question, phone: REQUEST.phone });
    expect(never).toMatchObject({ ok: true, value: [] });
    const lately = await open().search({ ...question, after: NOW - 3 * DAY_MS });
    expect(lately).toMatchObject({ ok: true, value: [] });
  });

  test('[row 104] joins several pages, newest first', async () => {
    for (let sent = 0; sent < 65; sent += 1) {
      clock.advance(MINUTE_MS);
      simulator.sendFromElsewhere({ ...HOTEL_SMS, by: `Desk ${sent}` });
    }
    const answer = await open().search(question);
    if (!answer.ok) throw new Error('no answer');
    expect(answer.value).toHaveLength(66);
    expect(answer.value[0]).toMatchObject({ by: 'Desk 64', sentAt: clock.now() });
    const times = answer.value.map(({ sentAt }) => sentAt ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  test('[row 104] sees a send only once Partoo lists it', async () => {
    await openWith({ searchLagMs: MINUTE_MS });
    const partoo = open();
    const sent = await partoo.send(request);
    const mine = { ...question, phone: request.phone };
    expect(await partoo.search(mine)).toMatchObject({ ok: true, value: [] });
    clock.advance(MINUTE_MS);
    const id = sent.kind === 'accepted' ? sent.partooId : undefined;
    expect(await partoo.search(mine)).toMatchObject({ ok: true, value: [{ id, sentAt: NOW }] });
  });

  test('[row 29] finds a send whose answer came too late', async () => {
    simulator.fault({ kind: 'slow', delayMs: MINUTE_MS, times: 1 });
    const partoo = open(LONGER_LIMITS);
    expect(await partoo.send(request)).toMatchObject({ kind: 'unclear', cause: 'timeout' });
    clock.advance(MINUTE_MS);
    const found = await open().search({ ...question, phone: request.phone });
    expect(found).toMatchObject({ ok: true, value: [{ sentAt: NOW }] });
    expect(simulator.sms()).toHaveLength(1);
  });

  test.each([
    ['with a T', { id: 'a', user_name: 'Léa', sent_time: '2026-11-22T09:30:00+00:00' }],
    [
      'of 2021',
      { id: 'a', user_id: 1, user_name: 'Léa', 'sent-time': '2026-11-22 09:30:00+00:00' },
    ],
    ['of another zone', { id: 'a', user_name: 'Léa', sent_time: '2026-11-22 10:30:00.5+01:00' }],
    ['with a short offset', { id: 'a', user_name: 'Léa', sent_time: '2026-11-22 09:30:00+00' }],
    ['without a name', { id: 'a', user_name: null, sent_time: '2026-11-22 09:30:00.000001+00:00' }],
  ])('[row 104] reads an item %s', async (_name, item) => {
    const body = { review_invitations: [item] };
    simulator.fault({ kind: 'status', status: 200, body, path: SEARCH });
    const answer = await open().search(question);
    expect(answer).toMatchObject({ ok: true, value: [{ id: 'a' }] });
    if (answer.ok)
      expect(Math.abs((answer.value[0]?.sentAt ?? 0) - (NOW - DAY_MS))).toBeLessThan(501);
  });

  test.each([
    ['an item without an id', { review_invitations: [{ sent_time: '2026-11-22 09:30:00' }] }],
    ['no list', { page: 1, max_page: 1, count: 0 }],
    ['endless pages', { page: 1, max_page: 99, review_invitations: [] }],
    ['a list', []],
  ])('never drops evidence silently: %s is no answer', async (_name, body) => {
    simulator.fault({ kind: 'status', status: 200, body, path: SEARCH });
    expect(await open().search(question)).toMatchObject({
      ok: false,
      trouble: { kind: 'unreachable', cause: 'unknown-shape' },
    });
  });

  const tell = (body: unknown) =>
    simulator.fault({ kind: 'status', status: 200, body, path: SEARCH, times: 1 });
  const refuse = (status: number, times = 1) =>
    simulator.fault({ kind: 'status', status, path: SEARCH, times });
  const aSend = (id: unknown, minutesAgo: number) => ({
    id,
    user_name: 'Léa',
    sent_time: new Date(NOW - minutesAgo * MINUTE_MS).toISOString(),
  });

  test.each([
    ['null', { id: 'a', sent_time: null }],
    ['left out', { id: 'a' }],
    ['unknown', { id: 'a', sent_time: 'soon' }],
  ])(
    '[row 141] lists a send with a time that is %s, before those with one',
    async (_name, undated) => {
      tell({ review_invitations: [aSend('b', 1), undated] });
      expect(await open().search(question)).toMatchObject({
        ok: true,
        value: [
          { id: 'a', sentAt: null },
          { id: 'b', sentAt: NOW - MINUTE_MS },
          { sentAt: NOW - 4 * DAY_MS },
        ],
      });
    },
  );

  test('[row 141] takes the time from the form that shows it', async () => {
    tell({ review_invitations: [aSend('a', 1)] });
    tell({ review_invitations: [{ id: 'a', sent_time: null }] });
    expect(await open().search(question)).toMatchObject({
      value: [{ id: 'a', sentAt: NOW - MINUTE_MS }],
    });
  });

  test('[row 142] reads pages that are null, ids that are numbers, and any sender', async () => {
    tell({ page: null, max_page: null, count: null, review_invitations: [aSend(7, 1)] });
    tell({ review_invitations: [{ ...aSend(8, 2), user_id: null, user_name: { first: 'Léa' } }] });
    expect(await open().search(question)).toMatchObject({
      ok: true,
      value: [
        { id: '7', by: 'Léa' },
        { id: '8', by: '' },
      ],
    });
  });

  describe('[row 128] never drops evidence silently', () => {
    const TWO_PAGES = { page: 1, max_page: 2, review_invitations: [aSend('a', 1)] };

    test.each([
      [400, { kind: 'refused', status: 400 }],
      [404, { kind: 'refused', status: 404 }],
      [403, { kind: 'no-access' }],
      [429, { kind: 'busy' }],
      [500, { kind: 'unreachable', cause: 'server-error' }],
    ])('a second page answered with %i makes the list incomplete', async (status, trouble) => {
      tell(TWO_PAGES);
      refuse(status);
      const answer = await open().search({ ...question, phone: REQUEST.phone });
      expect(answer).toMatchObject({ ok: false, trouble, shown: [{ id: 'a' }] });
    });

    test('searches the other form too, and keeps its result', async () => {
      tell(TWO_PAGES);
      refuse(400);
      tell({ review_invitations: [aSend('b', 2)] });
      expect(await open().search(question)).toMatchObject({
        ok: false,
        trouble: { kind: 'refused', status: 400 },
        shown: [{ id: 'a' }, { id: 'b' }],
      });
    });

    test('an unanswered second form keeps the result of the first', async () => {
      tell({ review_invitations: [aSend('a', 1)] });
      refuse(500);
      expect(await open().search(question)).toMatchObject({
        ok: false,
        trouble: { kind: 'unreachable', cause: 'server-error' },
        shown: [{ id: 'a' }],
      });
    });

    test.each([400, 404, 422])(
      'a form refused with %i does not affect the other',
      async (status) => {
        tell({ review_invitations: [aSend('a', 1)] });
        refuse(status);
        expect(await open().search(question)).toMatchObject({ ok: true, value: [{ id: 'a' }] });
        refuse(status);
        tell({ review_invitations: [aSend('a', 1)] });
        expect(await open().search(question)).toMatchObject({ ok: true, value: [{ id: 'a' }] });
      },
    );

    test('two refused forms give no list', async () => {
      refuse(404, 2);
      expect(await open().search(question)).toMatchObject({
        ok: false,
        trouble: { kind: 'refused', status: 404 },
      });
    });

    test('paging ends when the count is reached', async () => {
      tell({ ...TWO_PAGES, count: 1 });
      tell({ page: 1, max_page: 9, count: 0, review_invitations: [] });
      expect(await open().search(question)).toMatchObject({ ok: true, value: [{ id: 'a' }] });
      expect(simulator.received()).toHaveLength(2);
    });

    test('a count below the listed number does not end the paging', async () => {
      tell({ ...TWO_PAGES, count: 0 });
      tell({ page: 2, max_page: 2, count: 0, review_invitations: [aSend('b', 2)] });
      const mine = { ...question, phone: REQUEST.phone };
      expect(await open().search(mine)).toMatchObject({ value: [{ id: 'a' }, { id: 'b' }] });
    });
  });

  test('skips a form that Partoo refuses, but not one without an answer', async () => {
    await openWith({ matches: 'e164' });
    const refusal = { kind: 'status', status: 400, path: SEARCH, times: 1 } as const;
    simulator.fault(refusal);
    expect(await open().search(question)).toMatchObject({ ok: true, value: [] });
    simulator.fault({ ...refusal, times: 2 });
    expect(await open().search(question)).toMatchObject({
      ok: false,
      trouble: { kind: 'refused', status: 400 },
    });
    simulator.fault({ ...refusal, status: 500 });
    expect(await open().search(question)).toMatchObject({
      ok: false,
      trouble: { kind: 'unreachable', cause: 'server-error' },
    });
  });

  test('reads pages counted from 0', async () => {
    const item = { id: 'a', sent_time: '2026-11-22 09:30:00' };
    const page = (number: number, items: readonly object[]) =>
      simulator.fault({
        kind: 'status',
        status: 200,
        body: { page: number, max_page: 1, review_invitations: items },
        path: SEARCH,
        times: 1,
      });
    page(0, [item]);
    page(1, [{ ...item, id: 'b' }]);
    expect(await open().search({ ...question, phone: REQUEST.phone })).toMatchObject({
      ok: true,
      value: [{ id: 'a' }, { id: 'b' }],
    });
  });
});

const HOTEL_SMS = { phone: PRACTICE_INVITED_PHONE, businessId: HOTEL.id, name: 'Marie', by: 'Léa' };

describe('[row 143] an answer in an unknown shape', () => {
  const causeOf = async (fault: Partial<{ status: number; body: unknown; headers: object }>) => {
    simulator.fault({
      kind: 'status',
      status: 200,
      times: 1,
      ...fault,
      headers: { ...fault.headers },
    });
    const answer = await open().search(question);
    return answer.ok || answer.trouble.kind !== 'unreachable' ? answer : answer.trouble.cause;
  };

  test.each([
    ['a list under another name', { body: { invitations: [] } }, 'unknown-shape'],
    ['an error under 200', { body: { status: 'error', message: 'No' } }, 'unknown-shape'],
    ['201', { status: 201, body: { review_invitations: [] } }, 'odd-status'],
    ['a refusal without a text', { status: 400, body: { code: 7 } }, 'unknown-shape'],
    ['a page under 200', { headers: { 'content-type': 'text/html' } }, 'web-page'],
    ['a page under 403', { status: 403, headers: { 'content-type': 'text/html' } }, 'web-page'],
    ['no JSON', { headers: { 'content-type': 'text/plain' } }, 'unreadable'],
  ])('is told apart from a page of the network: %s', async (_name, fault, cause) => {
    expect(await causeOf(fault)).toBe(cause);
  });
});

test('[row 147] every request asks for an uncompressed answer', async () => {
  const partoo = open();
  await partoo.checkReachable();
  await partoo.send(request);
  expect(simulator.received().map(({ headers }) => headers['accept-encoding'])).toEqual([
    'identity',
    'identity',
  ]);
});

describe('checkDelivery', () => {
  test('polls an SMS until it is delivered', async () => {
    const partoo = open();
    const sent = await partoo.send(request);
    const id = sent.kind === 'accepted' ? sent.partooId : '';
    expect(await partoo.checkDelivery(id)).toMatchObject({ ok: true, value: 'created' });
    clock.advance(2 * SECOND_MS);
    expect(await partoo.checkDelivery(id)).toMatchObject({ ok: true, value: 'sent' });
    clock.advance(8 * SECOND_MS);
    expect(await partoo.checkDelivery(id)).toMatchObject({ ok: true, value: 'delivered' });
  });

  test('[row 105] reads an unknown word as unknown, and refuses an unknown id', async () => {
    const body = { invitation_id: 'a', status: 'EATEN_BY_DOG' };
    simulator.fault({ kind: 'status', status: 200, body, times: 1 });
    expect(await open().checkDelivery('a')).toMatchObject({ ok: true, value: 'unknown' });
    expect(await open().checkDelivery('a')).toMatchObject({
      ok: false,
      trouble: { kind: 'refused', status: 404, text: 'Resource not found' },
    });
  });
});

describe('searchBusinesses', () => {
  test('lists those with Review Booster, by page', async () => {
    expect(await open().searchBusinesses({ text: '', page: 1, among: 'inviting' })).toMatchObject({
      ok: true,
      value: {
        businesses: [{ name: 'Hotel Practice' }, { name: 'Restaurant Practice' }],
        pages: 1,
      },
    });
    expect(
      await open().searchBusinesses({ text: ' hotel ', page: 2, among: 'inviting' }),
    ).toMatchObject({
      ok: true,
      value: { businesses: [], pages: 1 },
    });
    expect(simulator.received().map(({ query }) => query)).toEqual([
      { page: '1', features__in: 'review_invite' },
      { query: 'hotel', page: '2', features__in: 'review_invite' },
    ]);
  });

  test('lists all that the key may see', async () => {
    await open().searchBusinesses({ text: 'hotel', page: 1, among: 'all' });
    expect(simulator.received().map(({ query }) => query)).toEqual([{ query: 'hotel', page: '1' }]);
  });

  test('returns whether a business is on Google, where Partoo says so', async () => {
    const body = {
      businesses: [
        { id: 'a', google_location_id: 'g' },
        { id: 'b', google_location_id: null },
        { id: 'c' },
      ],
    };
    simulator.fault({ kind: 'status', status: 200, body });
    expect(await open().searchBusinesses({ text: '', page: 1, among: 'inviting' })).toMatchObject({
      value: {
        businesses: [{ isOnGoogle: true }, { isOnGoogle: false }, { isOnGoogle: undefined }],
      },
    });
  });

  test('[row 149] keeps the others when one business is malformed', async () => {
    const body = {
      max_page: null,
      businesses: [
        { id: 12, name: 7, google_location_id: 34 },
        { name: 'Without an id' },
        null,
        { id: 'b', name: ' ', google_location_id: null },
      ],
    };
    simulator.fault({ kind: 'status', status: 200, body });
    expect(await open().searchBusinesses({ text: '', page: 1, among: 'inviting' })).toMatchObject({
      ok: true,
      value: {
        businesses: [
          { id: '12', name: '12', isOnGoogle: true },
          { id: 'b', name: 'b', isOnGoogle: false },
        ],
        pages: 1,
      },
    });
  });

  test('shows a business without a name by its id', async () => {
    const body = { businesses: [{ id: 'x', name: null }, { id: 'y' }] };
    simulator.fault({ kind: 'status', status: 200, body });
    expect(await open().searchBusinesses({ text: '', page: 1, among: 'inviting' })).toMatchObject({
      ok: true,
      value: {
        businesses: [
          { id: 'x', name: 'x' },
          { id: 'y', name: 'y' },
        ],
        pages: 1,
      },
    });
  });
});

describe('checkKey', () => {
  test('returns the owner of the key', async () => {
    expect(await open().checkKey()).toEqual({
      ok: true,
      value: { id: '77', name: 'Practice Desk', role: 'ORG_MANAGER' },
      serverTime: NOW,
    });
  });

  test('needs only an id', async () => {
    simulator.fault({ kind: 'status', status: 200, body: { id: 12, last_name: null } });
    expect(await open().checkKey()).toMatchObject({
      ok: true,
      value: { id: '12', name: '', role: '' },
    });
  });

  test('[row 71] distinguishes a refused key, a missing right and a rate limit', async () => {
    const spoil = (status: number, headers = {}) =>
      simulator.fault({ kind: 'status', status, headers, times: 1 });
    spoil(401);
    spoil(403);
    spoil(429, { 'retry-after': '7' });
    const partoo = open();
    expect(await partoo.checkKey()).toMatchObject({ trouble: { kind: 'key-refused' } });
    expect(await partoo.checkKey()).toMatchObject({ trouble: { kind: 'no-access' } });
    expect(await partoo.checkKey()).toMatchObject({ trouble: { kind: 'busy', pauseMs: 7_000 } });
  });
});

describe('checkReachable', () => {
  test.each([200, 400, 403, 404])(
    '[row 148] any answer of Partoo proves the connection, also %i',
    async (status) => {
      simulator.fault({ kind: 'status', status });
      expect(await open().checkReachable()).toEqual({
        ok: true,
        value: 'reachable',
        serverTime: NOW,
      });
    },
  );

  test.each([500, 503])('[row 148] Partoo’s own failure does not: %i', async (status) => {
    simulator.fault({ kind: 'status', status });
    expect(await open().checkReachable()).toEqual({
      ok: false,
      trouble: { kind: 'unreachable', cause: 'server-error' },
      serverTime: NOW,
    });
  });

  test('[row 37] 401 reports the key', async () => {
    simulator.fault({ kind: 'status', status: 401 });
    expect(await open().checkReachable()).toMatchObject({
      ok: false,
      trouble: { kind: 'key-refused' },
      serverTime: NOW,
    });
  });

  test('[row 42] 429 reports a pause', async () => {
    simulator.fault({ kind: 'rate-limit' });
    expect(await open().checkReachable()).toMatchObject({
      ok: false,
      trouble: { kind: 'busy', pauseMs: 60_000 },
    });
  });

  test('[row 21] a portal is not Partoo, and its clock is ignored', async () => {
    const unreachable = (cause: string) => ({
      ok: false,
      trouble: { kind: 'unreachable', cause },
      serverTime: undefined,
    });
    simulator.fault({ kind: 'html-portal', times: 1 });
    expect(await open().checkReachable()).toEqual(unreachable('web-page'));
    const html = { 'content-type': 'text/html' };
    simulator.fault({ kind: 'status', status: 511, headers: html, times: 1 });
    expect(await open().checkReachable()).toEqual(unreachable('server-error'));
    const location = 'http://127.0.0.1:9/sign-in';
    simulator.fault({ kind: 'status', status: 302, headers: { ...html, location }, times: 1 });
    expect(await open().checkReachable()).toEqual(unreachable('redirect'));
    simulator.fault({ kind: 'garbage', times: 1 });
    expect(await open().checkReachable()).toEqual(unreachable('unreadable'));
  });

  test('[row 15] reports an unreachable host', async () => {
    await simulator.refuseConnections();
    expect(await open().checkReachable()).toEqual({
      ok: false,
      trouble: { kind: 'unreachable', cause: 'refused' },
      serverTime: undefined,
    });
    await simulator.acceptConnections();
    expect(await open().checkReachable()).toMatchObject({ ok: true });
  });

  test('reports a missing key without a connection', async () => {
    const parts = partsFor(simulator.apiUrl, {
      readKey: () => Promise.resolve({ kind: 'absent' }),
    });
    expect(await openPartoo(parts).checkReachable()).toMatchObject({
      ok: false,
      trouble: { kind: 'unreachable', cause: 'no-key' },
    });
    expect(simulator.received()).toEqual([]);
  });
});
