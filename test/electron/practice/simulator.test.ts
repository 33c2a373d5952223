import { get } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import {
  PRACTICE_BUSINESSES,
  PRACTICE_INVITED_PHONE,
} from '../../../electron/practice/seed-data.ts';
import { openSimulator } from '../../../electron/practice/simulator.ts';
import type { Simulator, SimulatorParts } from '../../../electron/practice/simulator.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { keepingItsPort } from '../../support/held-port.ts';
import { createManualClock } from './manual-clock.ts';
import type { ManualClock } from './manual-clock.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 30);
const [HOTEL, RESTAURANT, ELSEWHERE] = PRACTICE_BUSINESSES;
const SEND = '/review_booster/send_invitation';
const SEARCH = '/review_booster/search-invitation';

let clock: ManualClock;
let simulator: Simulator;

const reopen = async (parts: Omit<SimulatorParts, 'clock' | 'port'>): Promise<void> => {
  await simulator.close();
  simulator = await openSimulator({ clock, ...parts });
};

beforeEach(async () => {
  clock = createManualClock(NOW);
  simulator = await openSimulator({ clock });
});
afterEach(() => simulator.close());

type Reply = { readonly status: number; readonly headers: Headers; readonly body: unknown };

const call = async (path: string, init: RequestInit = {}): Promise<Reply> => {
  const response = await fetch(`${simulator.apiUrl.href}${path}`, {
    ...init,
    headers: {
      'x-APIKey': simulator.key,
      'content-type': 'application/json',
      ...Object.fromEntries(new Headers(init.headers)),
    },
  });
  const body: unknown = JSON.parse(await response.text());
  return { status: response.status, headers: response.headers, body };
};

const VALID = { business_id: HOTEL.id, target_phone: '+33639980000' };

const send = (body: object = VALID): Promise<Reply> =>
  call(SEND, { method: 'POST', body: JSON.stringify(body) });

const ask = (path: string, query: Readonly<Record<string, string>>): Promise<Reply> =>
  call(`${path}?${new URLSearchParams(query).toString()}`);

describe('send_invitation', () => {
  test('accepts a valid one and counts one SMS', async () => {
    const { status, body } = await send({ ...VALID, target_name: 'Marie' });
    expect(status).toBe(200);
    expect(body).toEqual({
      invitation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'success',
    });
    expect(simulator.sms()).toEqual([
      {
        at: NOW,
        phone: '+33639980000',
        name: 'Marie',
        businessId: HOTEL.id,
        forced: false,
        content: null,
      },
    ]);
  });

  test.each<[string, number, object]>([
    ['no business', 400, { target_phone: VALID.target_phone }],
    ['no phone', 400, { business_id: VALID.business_id }],
    ['a national phone', 400, { ...VALID, target_phone: '0639980000' }],
    ['a phone with spaces', 400, { ...VALID, target_phone: '+33 6 39 98 00 00' }],
    ['a name of 256', 400, { ...VALID, target_name: 'x'.repeat(256) }],
    ['a name of 255', 200, { ...VALID, target_name: 'x'.repeat(255) }],
    ['a text without @link', 400, { ...VALID, invite_content: 'Hello' }],
    ['a text of 287', 400, { ...VALID, invite_content: `@link${'x'.repeat(282)}` }],
    ['a text of 286', 200, { ...VALID, invite_content: `@link${'x'.repeat(281)}` }],
    ['a template', 200, { ...VALID, template_id: 31 }],
    ['a text and a template', 400, { ...VALID, invite_content: 'Hi @link', template_id: 31 }],
    ['force as a boolean', 400, { ...VALID, force: true }],
    ['force in lower case', 400, { ...VALID, force: 'true' }],
    ['force as the string', 200, { ...VALID, force: 'True' }],
    ['an undocumented field', 400, { ...VALID, content: 'Hi @link' }],
    ['an unknown business', 404, { ...VALID, business_id: '5409c35a97bbc544d8e26737' }],
    ['a business without access', 403, { ...VALID, business_id: ELSEWHERE.id }],
  ])('%s: %i', async (_name, status, body) => {
    const reply = await send(body);
    expect(reply.status).toBe(status);
    expect(simulator.sms()).toHaveLength(status === 200 ? 1 : 0);
    if (status === 400) expect(reply.body).toMatchObject({ errors: { json: expect.any(Object) } });
  });

  test.each<[string, number, RequestInit]>([
    ['a wrong key', 401, { headers: { 'x-APIKey': 'other' } }],
    ['another content type', 415, { headers: { 'content-type': 'text/plain' } }],
    ['a body that is not JSON', 400, { body: '{' }],
    ['a list', 400, { body: '[]' }],
    ['a body that is too long', 413, { body: JSON.stringify({ ...VALID, x: 'x'.repeat(70_000) }) }],
    ['another method', 405, { method: 'PUT' }],
  ])('%s: %i', async (_name, status, init) => {
    const reply = await call(SEND, { method: 'POST', body: JSON.stringify(VALID), ...init });
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({ errors: expect.any(Object) });
    expect(simulator.sms()).toEqual([]);
  });

  test.each(['/v2/other', '/user/me', '//', '/v2', '/%'])('%s is no call', async (path) => {
    const response = await fetch(simulator.apiUrl.origin + path, {
      headers: { 'x-APIKey': simulator.key },
    });
    expect(response.status).toBe(404);
    await response.text();
  });

  test('[row 78] refuses a second SMS for exactly ten days, unless it is forced', async () => {
    expect((await send()).status).toBe(200);
    clock.advance(10 * DAY_MS - 1);
    expect((await send()).status).toBe(400);
    expect((await send({ ...VALID, force: 'False' })).status).toBe(400);
    expect((await send({ ...VALID, force: 'True' })).status).toBe(200);
    clock.advance(10 * DAY_MS);
    expect((await send()).status).toBe(200);
    expect(simulator.sms().map(({ forced }) => forced)).toEqual([false, true, false]);
  });

  test('counts the ten days everywhere, or per business when configured', async () => {
    const there = { ...VALID, business_id: RESTAURANT.id };
    await send();
    expect((await send(there)).status).toBe(400);
    await reopen({ rules: { windowScope: 'business' } });
    await send();
    expect((await send(there)).status).toBe(200);
  });

  test('[row 107] knows an SMS from another desk, and starts with one such customer', async () => {
    expect((await send({ ...VALID, target_phone: PRACTICE_INVITED_PHONE })).status).toBe(400);
    simulator.sendFromElsewhere({
      phone: VALID.target_phone,
      businessId: HOTEL.id,
      name: 'Marie',
      by: 'Léa',
    });
    expect((await send()).status).toBe(400);
    expect(simulator.sms()).toEqual([]);
  });

  test('[row 48] has a quota for 30 days', async () => {
    await reopen({ rules: { monthlyQuota: 2 } });
    expect((await send()).status).toBe(200);
    const other = { ...VALID, target_phone: '+33639980001' };
    expect((await send(other)).status).toBe(400);
    clock.advance(30 * DAY_MS);
    expect((await send(other)).status).toBe(200);
  });

  test('answers requests beyond its limit per minute with 429 and Retry-After', async () => {
    await reopen({ rules: { requestsPerMinute: 2 } });
    await ask('/user/me', {});
    await ask('/user/me', {});
    const { status, headers } = await send();
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('60');
    expect(simulator.sms()).toEqual([]);
    clock.advance(MINUTE_MS);
    expect((await send()).status).toBe(200);
  });
});

describe('the other calls', () => {
  test('search-invitation writes times as Partoo does and needs both criteria', async () => {
    const query = { business_id: HOTEL.id, target_phone: '0639980004', after: '0' };
    expect((await ask(SEARCH, query)).body).toEqual({
      page: 1,
      max_page: 1,
      count: 1,
      review_invitations: [
        {
          id: expect.any(String),
          user_id: '77',
          user_name: 'Another Desk',
          sent_time: '2026-11-19 09:30:00.000000+00:00',
        },
      ],
    });
    const none = { review_invitations: [], count: 0 };
    expect((await ask(SEARCH, { ...query, target_phone: '+33639980004' })).body).toMatchObject(
      none,
    );
    expect((await ask(SEARCH, { ...query, business_id: RESTAURANT.id })).body).toMatchObject(none);
    expect((await ask(SEARCH, { ...query, after: String(NOW) })).body).toMatchObject(none);
    expect((await ask(SEARCH, { business_id: HOTEL.id })).status).toBe(400);
    expect((await ask(SEARCH, { ...query, after: 'x' })).status).toBe(400);
    expect((await ask(SEARCH, { ...query, page: '-1' })).status).toBe(400);
  });

  test.each([
    ['+33639980000', ['CREATED', 'SENT', 'DELIVERED']],
    ['+33639980098', ['CREATED', 'FAILED_SEND', 'FAILED_SEND']],
    ['+33639980099', ['CREATED', 'SENT', 'FAILED_DELIVERY']],
  ])('[row 105] invitation_status of %s', async (phone, words) => {
    const sent = await send({ ...VALID, target_phone: phone });
    const { invitation_id: id } = z.object({ invitation_id: z.string() }).parse(sent.body);
    const seen: unknown[] = [];
    for (const afterMs of [0, 5 * SECOND_MS, MINUTE_MS]) {
      clock.advance(afterMs);
      seen.push((await ask('/review_booster/invitation_status', { invitation_id: id })).body);
    }
    expect(seen).toEqual(words.map((status) => ({ invitation_id: id, status })));
  });

  test('business/search finds by name or city among those that the key may use', async () => {
    const names = async (query: string) => (await ask('/business/search', { query })).body;
    expect(await names('LYON')).toMatchObject({
      page: 1,
      max_page: 1,
      count: 1,
      businesses: [{ id: RESTAURANT.id, name: RESTAURANT.name }],
    });
    expect(await names('somebody')).toMatchObject({ count: 0, businesses: [] });
  });

  test('the Date of an answer comes from its clock', async () => {
    const { headers } = await ask('/user/me', {});
    expect(headers.get('date')).toBe(new Date(NOW).toUTCString());
  });
});

/** fetch's results for no connection, half an answer and an answer that is no JSON. */
const BROKEN = /fetch failed|terminated|JSON/;

/** Sends, and gives up once the request was read without an answer. */
const sendAndGiveUp = async (): Promise<Reply> => {
  const patience = new AbortController();
  const before = simulator.received().length;
  const body = JSON.stringify(VALID);
  const sending = call(SEND, { method: 'POST', body, signal: patience.signal });
  await expect.poll(() => simulator.received().length).toBe(before + 1);
  patience.abort();
  return sending;
};

describe('faults', () => {
  test('[rows 15, 18] no SMS is sent', async () => {
    simulator.fault({ kind: 'drop-before-reading', times: 1 });
    await expect(send()).rejects.toThrow(BROKEN);
    simulator.fault({ kind: 'hang', times: 1 });
    await expect(sendAndGiveUp()).rejects.toThrow('aborted');
    simulator.fault({
      kind: 'status',
      status: 500,
      body: { a: 1 },
      headers: { 'x-b': 'c' },
      times: 1,
    });
    const spoilt = await send();
    expect(spoilt).toMatchObject({ status: 500, body: { a: 1 } });
    expect(spoilt.headers.get('x-b')).toBe('c');
    simulator.fault({ kind: 'rate-limit', retryAfter: 'soon', times: 1 });
    expect((await send()).headers.get('retry-after')).toBe('soon');
    simulator.fault({ kind: 'html-portal', times: 1 });
    await expect(send()).rejects.toThrow(SyntaxError);
    expect(simulator.sms()).toEqual([]);
    // A request dropped before it was read is not recorded.
    expect(simulator.received()).toHaveLength(4);
  });

  test.each(['drop-after-accepting', 'garbage', 'truncate'] as const)(
    '%s: sends the SMS and loses the answer',
    async (kind) => {
      simulator.fault({ kind });
      await expect(send()).rejects.toThrow(BROKEN);
      expect(simulator.sms()).toHaveLength(1);
    },
  );

  test('hang-after-accepting: sends the SMS and never answers', async () => {
    simulator.fault({ kind: 'hang-after-accepting' });
    await expect(sendAndGiveUp()).rejects.toThrow('aborted');
    expect(simulator.sms()).toHaveLength(1);
  });

  test('500 after the SMS was sent', async () => {
    simulator.fault({ kind: 'status-after-accepting', status: 500 });
    expect((await send()).status).toBe(500);
    expect(simulator.sms()).toHaveLength(1);
  });

  test('delays answers by its clock', async () => {
    simulator.fault({ kind: 'slow', delayMs: MINUTE_MS });
    const sending = send();
    await expect.poll(() => simulator.sms()).toHaveLength(1);
    clock.advance(MINUTE_MS);
    expect((await sending).status).toBe(200);
  });

  test('apply to one path, a number of times, oldest first, until they are used up', async () => {
    simulator.fault({ kind: 'status', status: 500, path: SEND, times: 2 });
    simulator.fault({ kind: 'status', status: 503 });
    const statuses = [];
    statuses.push((await ask('/user/me', {})).status);
    for (let sent = 0; sent < 3; sent += 1) statuses.push((await send()).status);
    expect(statuses).toEqual([503, 500, 500, 503]);
    simulator.behave();
    expect((await send()).status).toBe(200);
  });

  test('[row 15] refuses connections and accepts them again at the same address', async () => {
    const { href } = simulator.apiUrl;
    const kept = keepingItsPort(simulator);
    await kept.refuseConnections();
    await expect(send()).rejects.toThrow(BROKEN);
    await simulator.refuseConnections();
    await kept.acceptConnections();
    expect(simulator.apiUrl.href).toBe(href);
    expect((await send()).status).toBe(200);
  });
});

describe('starting', () => {
  test('reports a port that is taken', async () => {
    const port = Number(simulator.apiUrl.port);
    expect(await openSimulator({ clock, port })).toEqual({ kind: 'port-in-use', port });
    await simulator.close();
    const second = await openSimulator({ clock, port });
    if (second.kind !== 'open') throw new Error('the port was free');
    expect(second.apiUrl.href).toBe(`http://127.0.0.1:${port}/v2`);
    await second.close();
  });

  test('remembers its earlier SMS', async () => {
    let kept: unknown;
    const memory = {
      load: (): unknown => (kept === undefined ? undefined : JSON.parse(JSON.stringify(kept))),
      save: (state: unknown) => {
        kept = state;
      },
    };
    await reopen({ memory });
    expect((await send()).status).toBe(200);
    await reopen({ memory });
    expect((await send()).status).toBe(400);
    expect(simulator.sms()).toEqual([]);
  });

  test.each([undefined, null, 'x', { invitations: [{ id: 1 }] }, { invitations: [], more: 1 }])(
    'starts from the seeds when its memory is %j',
    async (kept) => {
      await reopen({ memory: { load: () => kept, save: () => {} } });
      expect((await send({ ...VALID, target_phone: PRACTICE_INVITED_PHONE })).status).toBe(400);
      expect((await send()).status).toBe(200);
    },
  );

  test('records requests without the key', async () => {
    await send();
    expect(JSON.stringify(simulator.received())).not.toContain(simulator.key);
    expect(simulator.received()[0]?.headers).toHaveProperty('x-apikey');
  });
});

describe('[row 185] other programs of this PC, and web pages in its browser,', () => {
  test('do not know the key, which is new at each start', async () => {
    const other = await openSimulator({ clock });
    onTestFinished(other.close);
    expect(other.key).not.toBe(simulator.key);
    expect(simulator.key.length).toBeGreaterThanOrEqual(32);
  });

  test.each(['rebound.example', 'rebound.example:80', 'localhost', '127.0.0.1'])(
    'get no answer when they use the host "%s"',
    async (host) => {
      const { port } = simulator.apiUrl;
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const headers = { host, 'x-APIKey': simulator.key };
        const request = get({ host: '127.0.0.1', port, path: '/v2/user/me', headers }, (reply) => {
          reply.resume();
          resolve(reply.statusCode);
        });
        request.on('error', reject);
      });
      expect(status).toBe(421);
      expect(simulator.received()).toEqual([]);
    },
  );

  test('are disconnected when they send without end', async () => {
    const { port } = simulator.apiUrl;
    const host = simulator.apiUrl.host;
    const socket = connect(Number(port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    let sent = 0;
    const cut = new Promise<void>((resolve) => {
      socket.on('close', () => resolve());
      socket.on('error', () => resolve());
    });
    socket.write(`POST /v2${SEND} HTTP/1.1\r\nhost: ${host}\r\ntransfer-encoding: chunked\r\n\r\n`);
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const more = (): void => {
      sent += chunk.length;
      if (!socket.destroyed) socket.write(chunk, () => setImmediate(more));
    };
    more();
    await cut;
    expect(sent).toBeLessThan(50_000_000);
    expect(simulator.received()).toEqual([]);
  });
});
