import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPartoo } from '../../../electron/partoo/open-partoo.ts';
import { PRACTICE_BUSINESSES } from '../../../electron/practice/seed-data.ts';
import { openSimulator } from '../../../electron/practice/simulator.ts';
import type { Simulator, SimulatorParts } from '../../../electron/practice/simulator.ts';
import { e164Schema } from '../../../shared/phone/e164.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { NOW, REQUEST, partsFor } from '../../support/builders/partoo.ts';
import { createManualClock } from './manual-clock.ts';
import type { ManualClock } from './manual-clock.ts';

const [HOTEL, , FOREIGN] = PRACTICE_BUSINESSES;
const request = { ...REQUEST, businessId: HOTEL.id };
const question = { businessId: HOTEL.id, phone: request.phone, after: NOW - 10 * DAY_MS };

let clock: ManualClock;
let simulator: Simulator;

const reopen = async (rules: SimulatorParts['rules'] & {}): Promise<void> => {
  await simulator.close();
  simulator = await openSimulator({ clock, rules });
};
const partoo = () =>
  openPartoo(
    partsFor(simulator.apiUrl, {
      readKey: () => Promise.resolve({ kind: 'key', key: simulator.key }),
    }),
  );

/** A correct answer with other values under some of its keys. */
const withParts = (parts: object) => (body: unknown) =>
  typeof body === 'object' && body !== null ? { ...body, ...parts } : body;

beforeEach(async () => {
  clock = createManualClock(NOW);
  simulator = await openSimulator({ clock });
});
afterEach(() => simulator.close());

describe('[row 141] a created SMS that is not sent yet', () => {
  beforeEach(() => reopen({ countsFrom: 'sent', createdForMs: MINUTE_MS }));

  test('is listed without a time until it is sent', async () => {
    await partoo().send(request);
    expect(await partoo().search(question)).toMatchObject({ ok: true, value: [{ sentAt: null }] });
    clock.advance(MINUTE_MS);
    expect(await partoo().search(question)).toMatchObject({ ok: true, value: [{ sentAt: NOW }] });
  });

  test('starts the ten days only when it is sent', async () => {
    expect(await partoo().send(request)).toMatchObject({ kind: 'accepted' });
    expect(await partoo().send(request)).toMatchObject({ kind: 'accepted' });
    clock.advance(MINUTE_MS);
    expect(await partoo().send(request)).toMatchObject({ kind: 'refused', status: 400 });
  });

  test('never gets a time when it could not be sent', async () => {
    const phone = e164Schema.parse('+33639980098');
    simulator.sendFromElsewhere({
      phone,
      businessId: HOTEL.id,
      name: '',
      by: 'Léa',
      sentAt: NOW - DAY_MS,
    });
    expect(await partoo().search({ ...question, phone })).toMatchObject({
      ok: true,
      value: [{ by: 'Léa', sentAt: null }],
    });
  });
});

test('[row 142] shows times with a short offset, which are read correctly', async () => {
  await reopen({ offsets: 'short' });
  await partoo().send(request);
  const shown = await fetch(
    `${simulator.apiUrl.href}/review_booster/search-invitation?${new URLSearchParams({
      business_id: HOTEL.id,
      target_phone: '0639980000',
    }).toString()}`,
    { headers: { 'x-APIKey': simulator.key } },
  );
  expect(await shown.text()).toContain('"sent_time":"2026-11-23 09:30:00.000000+00"');
  expect(await partoo().search(question)).toMatchObject({ ok: true, value: [{ sentAt: NOW }] });
});

test('[row 142] returns the correct answer in any other shape', async () => {
  const withNumber = withParts({ invitation_id: 42 });
  simulator.fault({ kind: 'reshape', change: withNumber, status: 202, times: 1 });
  expect(await partoo().send(request)).toEqual({ kind: 'accepted', partooId: '42' });
  expect(simulator.sms()).toHaveLength(1);
  const withoutPages = withParts({ page: null, max_page: null });
  simulator.fault({ kind: 'reshape', change: withoutPages });
  expect(await partoo().search(question)).toMatchObject({ ok: true, value: [{ sentAt: NOW }] });
});

test('[row 143] returns any text with any content type', async () => {
  simulator.fault({ kind: 'text', status: 200, contentType: 'text/plain', text: 'OK' });
  expect(await partoo().checkReachable()).toMatchObject({
    ok: false,
    trouble: { kind: 'unreachable', cause: 'unreadable' },
  });
});

test('[row 145] returns a body of its own after the SMS was sent', async () => {
  const body = { status: 'error', message: 'Something broke' };
  simulator.fault({ kind: 'status-after-accepting', status: 200, body });
  expect(await partoo().send(request)).toMatchObject({ kind: 'unclear', cause: 'unknown-shape' });
  expect(simulator.sms()).toHaveLength(1);
});

test('[row 148] limits a key to sending', async () => {
  await reopen({ forbids: ['/user/me', '/business/search'] });
  expect(await partoo().checkReachable()).toMatchObject({ ok: true });
  expect(await partoo().checkKey()).toMatchObject({ trouble: { kind: 'no-access' } });
  expect(await partoo().send(request)).toMatchObject({ kind: 'accepted' });
});

test('[row 123] refuses a search for a business that the key may not see', async () => {
  const foreign = { ...question, businessId: FOREIGN.id };
  expect(await partoo().search(foreign)).toMatchObject({ ok: true, value: [] });
  await reopen({ foreignSearch: 'forbidden' });
  expect(await partoo().search(foreign)).toMatchObject({ trouble: { kind: 'no-access' } });
  expect(await partoo().search(question)).toMatchObject({ ok: true, value: [] });
});

test('[row 149] lists a business that is not on Google, and one without that information', async () => {
  await reopen({
    businesses: [
      { ...HOTEL, googleLocationId: null },
      { ...HOTEL, id: 'on', googleLocationId: 'ChIJ' },
      { ...HOTEL, id: 'unsaid' },
    ],
  });
  expect(await partoo().searchBusinesses({ text: '', page: 1, among: 'inviting' })).toMatchObject({
    value: {
      businesses: [{ isOnGoogle: false }, { isOnGoogle: true }, { isOnGoogle: undefined }],
    },
  });
});

test('sends as another user of the organisation, some days ago', async () => {
  simulator.sendFromElsewhere({
    phone: request.phone,
    businessId: HOTEL.id,
    name: 'Marie',
    by: 'Léa',
    byId: '5f1',
    sentAt: NOW - 3 * DAY_MS,
  });
  expect(await partoo().search(question)).toMatchObject({
    value: [{ by: 'Léa', sentAt: NOW - 3 * DAY_MS }],
  });
  expect(await partoo().send(request)).toMatchObject({ kind: 'refused', status: 400 });
});

test.each([
  ['outside-gsm-7', 'a va, fte à € @link'],
  ['outside-ascii', 'a va, fte   @link'],
] as const)('removes what Partoo calls unicode: %s', async (removes, content) => {
  await reopen({ removes });
  await partoo().send({ ...request, content: 'ça va, fête à € @link' });
  expect(simulator.sms()).toMatchObject([{ content }]);
});

test("an SMS progresses by the simulator's rule", async () => {
  await reopen({ createdForMs: MINUTE_MS });
  const sent = await partoo().send(request);
  const id = sent.kind === 'accepted' ? sent.partooId : '';
  const states: unknown[] = [];
  for (const passMs of [0, MINUTE_MS, 8 * SECOND_MS]) {
    clock.advance(passMs);
    const answer = await partoo().checkDelivery(id);
    states.push(answer.ok ? answer.value : answer);
  }
  expect(states).toEqual(['created', 'sent', 'delivered']);
});
