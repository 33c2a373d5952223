import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPartoo } from '../../../electron/partoo/open-partoo.ts';
import type { PartooParts } from '../../../electron/partoo/open-partoo.ts';
import type { ReadKey } from '../../../electron/partoo/request.ts';
import {
  PRACTICE_BUSINESSES,
  PRACTICE_INVITED_PHONE,
} from '../../../electron/practice/seed-data.ts';
import { openSimulator } from '../../../electron/practice/simulator.ts';
import type { Simulator } from '../../../electron/practice/simulator.ts';
import { e164Schema } from '../../../shared/phone/e164.ts';
import { createManualClock } from '../practice/manual-clock.ts';
import { NOW, REQUEST, SHORT_LIMITS, partsFor } from '../../support/builders/partoo.ts';

const [HOTEL, , ELSEWHERE] = PRACTICE_BUSINESSES;
const request = { ...REQUEST, businessId: HOTEL.id };

let simulator: Simulator;

const open = (overrides: Partial<PartooParts> = {}) =>
  openPartoo(
    partsFor(simulator.apiUrl, {
      readKey: () => Promise.resolve({ kind: 'key', key: simulator.key }),
      ...overrides,
    }),
  );

beforeEach(async () => {
  simulator = await openSimulator({ clock: createManualClock(NOW) });
});
afterEach(() => simulator.close());

describe('the request to Partoo', () => {
  test('equals the documented example', async () => {
    const outcome = await open().send({
      ...request,
      content: 'Hello, thank you for your visit! Tell us more: @link',
    });
    expect(outcome).toEqual({
      kind: 'accepted',
      partooId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(simulator.received()).toEqual([
      {
        at: NOW,
        method: 'POST',
        path: '/v2/review_booster/send_invitation',
        query: {},
        headers: {
          host: simulator.apiUrl.host,
          connection: 'close',
          accept: 'application/json',
          'accept-encoding': 'identity',
          'content-type': 'application/json',
          'content-length': expect.any(String),
          'user-agent': 'Deskbell/9.8.7',
          'x-apikey': '•••',
        },
        body: {
          business_id: HOTEL.id,
          target_phone: '+33639980000',
          target_name: 'John Doe',
          invite_content: 'Hello, thank you for your visit! Tell us more: @link',
          force: 'False',
        },
      },
    ]);
  });

  test('omits an empty name and text', async () => {
    await open().send({ ...request, name: '', content: null, force: 'True' });
    expect(simulator.received()[0]?.body).toEqual({
      business_id: HOTEL.id,
      target_phone: '+33639980000',
      force: 'True',
    });
  });

  test('is appended to a base address with or without a trailing slash', async () => {
    const partoo = open({ apiUrl: new URL(`${simulator.apiUrl.href}/`) });
    expect((await partoo.send(request)).kind).toBe('accepted');
  });
});

describe('the answer of Partoo', () => {
  test('[row 33] refuses a number inside the 10 days, and accepts it when forced', async () => {
    const again = { ...request, phone: e164Schema.parse(PRACTICE_INVITED_PHONE) };
    expect(await open().send(again)).toMatchObject({ kind: 'refused', status: 400 });
    expect(simulator.sms()).toEqual([]);
    expect((await open().send({ ...again, force: 'True' })).kind).toBe('accepted');
    expect(simulator.sms()).toMatchObject([{ phone: PRACTICE_INVITED_PHONE, forced: true }]);
  });

  test('[row 37] a wrong key', async () => {
    const partoo = open({ readKey: () => Promise.resolve({ kind: 'key', key: 'another-key' }) });
    expect(await partoo.send(request)).toMatchObject({ kind: 'halt', scope: 'key' });
    expect(simulator.received()).toHaveLength(1);
  });

  test('[row 38] a business without access', async () => {
    const outcome = await open().send({ ...request, businessId: ELSEWHERE.id });
    expect(outcome).toMatchObject({ kind: 'halt', scope: 'business' });
  });

  test('[row 39] a business that does not exist', async () => {
    const outcome = await open().send({ ...request, businessId: REQUEST.businessId });
    expect(outcome).toEqual({ kind: 'refused', status: 404, text: 'Resource not found' });
  });

  test('[row 42] too many requests', async () => {
    simulator.fault({ kind: 'rate-limit', retryAfter: '120' });
    expect(await open().send(request)).toEqual({ kind: 'later', pauseMs: 120_000 });
    simulator.behave();
    // A date is compared with the clock of the answer, not with this PC's.
    const retryAfter = new Date(NOW + 90_000).toUTCString();
    simulator.fault({ kind: 'rate-limit', retryAfter });
    const wrongClock = { now: () => NOW - 3_600_000 };
    expect(await open({ clock: wrongClock }).send(request)).toEqual({
      kind: 'later',
      pauseMs: 90_000,
    });
  });

  test('[row 45] 503 with Retry-After', async () => {
    simulator.fault({ kind: 'status', status: 503, headers: { 'retry-after': '30' } });
    expect(await open().send(request)).toEqual({
      kind: 'unclear',
      cause: 'server-error',
      notBeforeMs: 30_000,
    });
  });

  test('masks the number and the key in an error', async () => {
    const json = `${request.phone} cannot be used with ${simulator.key}`;
    simulator.fault({ kind: 'status', status: 400, body: { errors: { json } } });
    expect(await open().send(request)).toEqual({
      kind: 'refused',
      status: 400,
      text: '+••• cannot be used with •••',
    });
  });
});

describe('a request is not sent', () => {
  test.each<[string, ReadKey, string]>([
    ['no key', { kind: 'absent' }, 'no-key'],
    ['[row 64] no keychain', { kind: 'unavailable' }, 'keychain'],
    ['[row 67] an empty key', { kind: 'key', key: '' }, 'no-key'],
    ['[row 67] a key with a second line', { kind: 'key', key: 'a\r\nx-other: 1' }, 'no-key'],
    ['[row 67] a key that is not ASCII', { kind: 'key', key: 'clé' }, 'no-key'],
  ])('%s', async (_name, reading, cause) => {
    const partoo = open({ readKey: () => Promise.resolve(reading) });
    expect(await partoo.send(request)).toEqual({ kind: 'not-sent', cause });
    expect(simulator.received()).toEqual([]);
  });

  test('[row 66] with a keychain that never answers', async () => {
    const partoo = open({ readKey: () => new Promise(() => {}), limits: SHORT_LIMITS });
    expect(await partoo.send(request)).toEqual({ kind: 'not-sent', cause: 'keychain' });
    expect(simulator.received()).toEqual([]);
  });

  test('[row 21] to an address that would carry the key unencrypted', () => {
    expect(() => open({ apiUrl: new URL('http://api.partoo.co/v2') })).toThrow(RangeError);
  });
});

describe('close', () => {
  test('lets the current send end, and starts no other', async () => {
    const clock = createManualClock(NOW);
    const slow = await openSimulator({ clock });
    const partoo = openPartoo(
      partsFor(slow.apiUrl, { readKey: () => Promise.resolve({ kind: 'key', key: slow.key }) }),
    );
    slow.fault({ kind: 'slow', delayMs: 1_000 });
    const sending = partoo.send(request);
    await expect.poll(() => slow.sms()).toHaveLength(1);
    let isClosed = false;
    const closed = partoo.close().then(() => {
      isClosed = true;
    });
    expect(await partoo.send(request)).toEqual({ kind: 'not-sent', cause: 'local' });
    expect(isClosed).toBe(false);
    clock.advance(1_000);
    expect((await sending).kind).toBe('accepted');
    await closed;
    expect(slow.received()).toHaveLength(1);
    await slow.close();
  });

  test('cancels a query at once', async () => {
    const partoo = open();
    simulator.fault({ kind: 'hang' });
    const asking = partoo.checkKey();
    await expect.poll(() => simulator.received()).toHaveLength(1);
    await partoo.close();
    expect(await asking).toMatchObject({ ok: false, trouble: { kind: 'unreachable' } });
    expect(await partoo.checkKey()).toMatchObject({
      ok: false,
      trouble: { kind: 'unreachable', cause: 'local' },
    });
  });
});
