import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { serve } from '../../electron/ipc/serve.ts';
import { isFromPage } from '../../electron/window/page-protocol.ts';
import { CALLS, type CallName } from '../../shared/ipc/bridge.ts';
import { contract } from '../../shared/ipc/contract.ts';
import type { Invitation } from '../../shared/invitation.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import { GOOD_INPUTS } from '../support/inputs.ts';
import {
  aPhone,
  configWith,
  HOTEL,
  NINE,
  openTestApp,
  RESTAURANT,
  valueOf,
  VENDOR_KEY,
  type TestApp,
} from '../support/app.ts';

// A compromised page can call anything, with any input, at any speed. These tests do.

// Only Electron provides its modules; the sender check needs none of them here.
vi.mock('electron/main', () => ({ protocol: {}, BrowserWindow: {} }));

const MESSAGES = 10_000;

type Listener = (...args: never[]) => unknown;

const pageFrame = { url: 'app://ui/index.html', origin: 'app://ui' };
const fromPage = { senderFrame: pageFrame, sender: { mainFrame: pageFrame } };

/** The real handlers behind the real sender check, called as Electron calls them. */
function doorOf(testApp: TestApp) {
  const listeners = new Map<string, Listener>();
  let bugs = 0;
  serve({
    ipc: { handle: (name: string, listener: Listener) => void listeners.set(name, listener) },
    handlers: async () => testApp.app().handlers,
    isTrusted: isFromPage,
    reportBug: () => `ref-${(bugs += 1)}`,
    asFailure: async (error) => testApp.app().asFailure(error),
  });
  return async (name: CallName, input: unknown, event: unknown = fromPage): Promise<unknown> => {
    const listener = listeners.get(name);
    if (listener === undefined) throw new Error(`${name} is not served`);
    const reply: unknown = await Reflect.apply(listener, undefined, [event, input]);
    return reply;
  };
}

/** Calls that reopen the desk or wait for another host: serve.test.ts fuzzes them. */
const SLOW: readonly CallName[] = ['app.retryStart', 'apiKey.test', 'apiKey.save', 'apiKey.remove'];
const QUICK = CALLS.filter((name) => !SLOW.includes(name));

const anything = fc.anything({
  maxDepth: 4,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
});

const deep = fc.nat({ max: 20_000 }).map((depth) => {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
});
const cyclic = fc.string().map((key) => {
  const value = {};
  // Defined rather than assigned, because the key may be `__proto__`.
  return Object.defineProperty(value, key, { value, enumerable: true });
});
const huge = fc.constantFrom(70_000, 1_000_000).map((length) => 'x'.repeat(length));
const polluting = fc
  .constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty')
  .chain((key) => fc.record({ key: fc.constant(key), value: anything }))
  .map(({ key, value }) => Object.defineProperty({}, key, { value, enumerable: true }));

/** Texts with a special meaning: SQL, a shell, a path, a template, a formula. */
const loaded = fc.constantFrom(
  "'; DROP TABLE invitation; --",
  '../../../../etc/passwd',
  'file:///etc/passwd',
  '${7*7}{{7*7}}@link',
  '=HYPERLINK("http://127.0.0.1/")',
  '\u0000\u202E\uFFFF',
  '-1e309',
);
const phone = fc.oneof(fc.nat(99).map(aPhone), fc.string(), loaded);
const text = fc.oneof(fc.string(), loaded, fc.string({ unit: 'binary', maxLength: 300 }));
const id = fc.oneof(fc.uuid(), text);

/** Almost valid inputs: these pass the schema and reach the handlers. */
const fields = fc.record(
  {
    token: fc.oneof(fc.constant(randomUUID()), fc.uuid(), text),
    phone,
    name: text,
    businessId: fc.oneof(fc.constant(HOTEL.id), text),
    staff: fc.oneof(fc.constant(null), text),
    consented: fc.boolean(),
    force: fc.oneof(fc.constant(null), fc.record({ ticket: id, reason: text })),
    replaces: fc.oneof(fc.constant(null), id),
    id,
    as: fc.constantFrom('sent', 'not-sent', 'both'),
    sentAt: fc.oneof(fc.constant(NINE), fc.double(), fc.integer()),
    before: fc.oneof(fc.constant(null), fc.record({ queuedAt: fc.double(), id })),
    limit: fc.integer(),
    text,
    page: fc.integer({ max: 2_000 }),
    defaultCountry: fc.oneof(fc.constant('FR'), text),
    businesses: fc.array(fc.record({ id: text, name: text }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

/** The fields that a call accepts, so that many messages are valid. */
const plausible = (name: CallName) =>
  fields.map((all) => {
    const shape = 'shape' in contract[name].input ? contract[name].input.shape : {};
    return Object.fromEntries(Object.entries(all).filter(([key]) => key in shape));
  });

const message = fc
  .constantFrom(...QUICK)
  .chain((name) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof(
        { weight: 10, arbitrary: plausible(name) },
        { weight: 3, arbitrary: fields },
        { weight: 5, arbitrary: anything },
        { weight: 1, arbitrary: deep },
        { weight: 1, arbitrary: cyclic },
        { weight: 1, arbitrary: huge },
        { weight: 1, arbitrary: polluting },
      ),
    ),
  );

/** A page may add numbers to the do-not-contact list: a number that is not on it can still be invited. */
async function inviteSomebody(testApp: TestApp): Promise<Invitation> {
  for (let last = 0; last < 100; last += 1) {
    const answer = await testApp.call('invitation.enqueue', testApp.draft(last));
    if (answer.ok) return answer.value;
  }
  throw new Error('nobody can be invited any more');
}

describe('a compromised page', () => {
  test(`[rows 89, 92] ${MESSAGES} messages: each gets an answer of the contract, none gets the key or breaks Deskbell`, async () => {
    const testApp = await openTestApp({
      config: (url) => configWith(url, { checkWithPartoo: false }),
    });
    const call = doorOf(testApp);
    await fc.assert(
      fc.asyncProperty(message, async ([name, input]) => {
        const reply = await call(name, input);
        expect(answers(name, reply)).toBe(true);
        expect(JSON.stringify(reply)).not.toContain(VENDOR_KEY);
      }),
      { numRuns: MESSAGES },
    );
    expect({}).not.toHaveProperty('polluted');
    expect(Object.keys(Object.prototype)).toEqual([]);
    await testApp.rest();

    const invitation = await inviteSomebody(testApp);
    await testApp.clock.advance(2 * MINUTE_MS);
    expect((await testApp.find(invitation.id)).progress.state).not.toBe('refused');
    for (const body of testApp.posts()) expect(body).not.toMatchObject({ force: 'True' });
  });

  test('[row 88] gets no answer from any other frame', async () => {
    const testApp = await openTestApp();
    const call = doorOf(testApp);
    const url = fc.oneof(
      fc.webUrl(),
      fc.constantFrom('app://ui.evil/', 'app://UI:80/', 'about:blank', 'app://ui@x/', 'data:,', ''),
    );
    const foreign = fc.oneof(
      // A frame inside the page, even of its own address.
      url.map((address) => ({
        senderFrame: { url: address, origin: address },
        sender: { mainFrame: pageFrame },
      })),
      // The top frame after it navigated elsewhere.
      url.map((address) => {
        const frame = { url: address, origin: address };
        return { senderFrame: frame, sender: { mainFrame: frame } };
      }),
      fc.constant({ senderFrame: null, sender: { mainFrame: pageFrame } }),
      fc.constant({ senderFrame: { ...pageFrame }, sender: { mainFrame: pageFrame } }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CALLS), foreign, async (name, event) => {
        expect(await call(name, {}, event)).toMatchObject({ failure: { kind: 'bug' } });
      }),
      { numRuns: 1_000 },
    );
    expect(await call('outbox.list', {})).toEqual({ ok: true, value: [] });
  });

  test("[row 117] cannot send customers' data to another server: a dialog outside the page asks a person", async () => {
    const asked: string[] = [];
    let says: 'yes' | 'no' = 'no';
    const testApp = await openTestApp({
      // With no address set by IT.
      config: () => '{}',
      confirmHost: (host) => {
        asked.push(host);
        return says;
      },
    });
    const call = doorOf(testApp);
    const elsewhere = 'https://elsewhere.example/v2';
    const declined = { ok: false, failure: { kind: 'declined' } };
    expect(await call('settings.save', { apiUrl: elsewhere })).toEqual(declined);
    expect(valueOf(await testApp.call('settings.read', {})).settings.apiUrl).not.toBe(elsewhere);
    says = 'yes';
    expect(await call('settings.save', { apiUrl: elsewhere })).toMatchObject({ ok: true });
    // The same host needs no question.
    expect(await call('settings.save', { apiUrl: `${elsewhere}/` })).toMatchObject({ ok: true });
    expect(asked).toEqual(['elsewhere.example', 'elsewhere.example']);
    for (const change of [
      { deepLink: true },
      { updateFeed: elsewhere },
      { updateKey: 'MCowBQ' },
      { caFile: '/tmp/x' },
      { siteDatabase: { url: 'postgresql://desk@elsewhere.example/deskbell' } },
    ])
      expect(await call('settings.save', change)).toMatchObject({ failure: { kind: 'bug' } });
  });

  test.each<readonly [string, string, string?]>([
    ['the zero of the national form', '+330639980071'],
    ['the zero of the national form, to another business', '+330639980071', RESTAURANT.id],
    ['a number of Reunion under the code of France', '+33692000071'],
    ['the old prefix of Mexico', '+5214421234567'],
    ['digits that are no number', '+10000000'],
  ])(
    '[row 200] cannot bypass the do-not-contact list or the resend window with another spelling: %s',
    async (_, spelling, businessId = HOTEL.id) => {
      const testApp = await openTestApp();
      const call = doorOf(testApp);
      valueOf(await testApp.call('doNotContact.optOut', { phone: aPhone(71), staff: null }));
      const others = { name: '', businessId, replaces: null };
      const asked = { phone: spelling, ...others };
      const inputs: readonly (readonly [CallName, object])[] = [
        ['verdict.check', asked],
        ['verdict.prefetch', { ...others, phones: [aPhone(1), spelling] }],
        ['verdict.checkWithPartoo', asked],
        [
          'force.requestTicket',
          { phone: spelling, businessId, shownAt: NINE, replaces: null, pin: null },
        ],
        ['doNotContact.optOut', { phone: spelling, staff: null }],
        ['doNotContact.add', { phone: spelling }],
        ['invitation.enqueue', { ...testApp.draft(71), phone: spelling, businessId }],
      ];
      for (const [name, input] of inputs)
        expect(await call(name, input), name).toMatchObject({ failure: { kind: 'bug' } });
      await testApp.rest();
      expect(testApp.posts()).toEqual([]);
      expect(await testApp.invitations()).toEqual([]);
      const list = valueOf(await testApp.call('doNotContact.list', { text: '', before: null }));
      expect(list.entries.map((entry) => entry.phone)).toEqual([aPhone(71)]);
    },
  );

  test('[row 91] can save no more than the save limit, and force very few', async () => {
    const testApp = await openTestApp({
      config: (url) => configWith(url, { requestsPerMinute: 20, checkWithPartoo: false }),
    });
    await testApp.vendor.refuseConnections();
    const call = doorOf(testApp);
    let refused = 0;
    for (let turn = 0; turn < 700; turn += 1) {
      const input = { ...testApp.draft(0), phone: `+336${String(10_000_000 + turn)}` };
      const reply = await call('invitation.enqueue', input);
      if (JSON.stringify(reply).includes('too-fast')) refused += 1;
    }
    expect(refused).toBe(100);
    expect(valueOf(await testApp.call('outbox.list', {}))).toHaveLength(600);
    expect(testApp.posts()).toEqual([]);
  });
});

describe('[row 178] every call of the contract, at any speed, with a low rate limit and a locked PIN', () => {
  const PER_MINUTE = 5;
  const AT_ONCE = 20;

  async function aLockedTestApp() {
    const testApp = await openTestApp({
      config: (url) => configWith(url, { requestsPerMinute: PER_MINUTE }),
    });
    valueOf(await testApp.call('pin.save', { current: null, next: '2468' }));
    valueOf(await testApp.call('settings.lock', {}));
    await testApp.clock.advance(MINUTE_MS);
    return { testApp, call: doorOf(testApp), before: testApp.vendor.received().length };
  }

  /** A draft to a new number. */
  const aDraft = (testApp: TestApp, at: number) => ({
    ...testApp.draft(0),
    phone: `+336${String(10_000_000 + at)}`,
  });

  test('no call makes more requests to Partoo than the rate limit', async () => {
    const { testApp, call, before } = await aLockedTestApp();
    let at = 0;
    for (const name of CALLS) {
      // An invitation that is due, before each burst of calls and in the middle of it.
      const replies = await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, turn) => {
          if (turn % 5 === 0) await call('invitation.enqueue', aDraft(testApp, (at += 1)));
          return call(
            name,
            name === 'invitation.enqueue' ? aDraft(testApp, at) : GOOD_INPUTS[name],
          );
        }),
      );
      for (const reply of replies) expect(answers(name, reply), name).toBe(true);
      await testApp.rest();
      expect(testApp.vendor.received().length - before, name).toBeLessThanOrEqual(PER_MINUTE);
    }
    const { settings } = valueOf(await testApp.call('settings.read', {}));
    expect(settings).toMatchObject({ requestsPerMinute: PER_MINUTE, defaultCountry: 'FR' });
    expect(Object.values(testApp.keychain.held())).toEqual([VENDOR_KEY]);
  });

  test('app.retryStart does not reset the save limit or the rate limiter', async () => {
    const { testApp, call, before } = await aLockedTestApp();
    let refused = 0;
    for (let turn = 1; turn <= 700; turn += 1) {
      const reply = await call('invitation.enqueue', aDraft(testApp, turn));
      if (JSON.stringify(reply).includes('too-fast')) refused += 1;
      if (turn % 20 === 0) await call('app.retryStart', {});
    }
    await testApp.rest();
    expect(refused).toBe(100);
    expect(testApp.vendor.received().length - before).toBeLessThanOrEqual(PER_MINUTE);
  });

  test('every call that reopens the desk session keeps the rate limit', async () => {
    const { testApp, before } = await aLockedTestApp();
    const call = doorOf(testApp);
    valueOf(await testApp.call('settings.unlock', { pin: '2468' }));
    for (let turn = 1; turn <= 12; turn += 1) {
      await call('invitation.enqueue', aDraft(testApp, turn));
      await call('apiKey.save', { key: VENDOR_KEY });
      await call('outbox.flush', {});
      await testApp.rest();
    }
    expect(testApp.vendor.received().length - before).toBeLessThanOrEqual(PER_MINUTE);
  });

  test('an open desk session is not opened again', async () => {
    const { testApp, call } = await aLockedTestApp();
    const session = await testApp.app().session();
    await Promise.all(Array.from({ length: 50 }, () => call('app.retryStart', {})));
    await Promise.all(Array.from({ length: 50 }, () => call('app.leavePractice', {})));
    expect(await testApp.app().session()).toBe(session);
  });

  test('[rows 179, 186] calls of Settings and the choice about a database of another PC need a manager', async () => {
    const { testApp, call, before } = await aLockedTestApp();
    const locked = { ok: false, failure: { kind: 'pin-needed', isSet: true } };
    expect(await call('businesses.search', { text: '', page: 1 })).toEqual(locked);
    expect(await call('apiKey.test', {})).toEqual(locked);
    // [row 186] So does the choice about a database of another PC.
    expect(await call('databaseOwner.choose', { as: 'leave' })).toEqual(locked);
    expect(testApp.vendor.received().length).toBe(before);
  });
});

test('[row 181] a compromised page cannot switch the account: a person confirms replacing or removing a stored key', async () => {
  const asked: string[] = [];
  let says: 'yes' | 'no' = 'no';
  const testApp = await openTestApp({
    confirmKey: (host, change) => {
      asked.push(`${change} ${host}`);
      return says;
    },
  });
  const call = doorOf(testApp);
  const { host } = testApp.vendor.apiUrl;
  const declined = { ok: false, failure: { kind: 'declined' } };
  expect(await call('apiKey.save', { key: 'of-somebody-else' })).toEqual(declined);
  expect(await call('apiKey.remove', {})).toEqual(declined);
  // The same key needs no question.
  expect(await call('apiKey.save', { key: VENDOR_KEY })).toMatchObject({ ok: true });
  expect(testApp.keychain.held()).toEqual({ [host]: VENDOR_KEY });
  says = 'yes';
  expect(await call('apiKey.remove', {})).toMatchObject({ ok: true });
  // Without a stored key nothing can be lost: a first start asks no question.
  expect(await call('apiKey.save', { key: VENDOR_KEY })).toMatchObject({ ok: true });
  expect(await call('apiKey.save', { key: 'another' })).toMatchObject({ ok: true });
  expect(asked).toEqual([`replace ${host}`, `remove ${host}`, `remove ${host}`, `replace ${host}`]);
});

test('[row 179] calls of Settings that query Partoo run one at a time, within the rate limit', async () => {
  const testApp = await openTestApp({
    config: (url) => configWith(url, { requestsPerMinute: 20 }),
  });
  const call = doorOf(testApp);
  await testApp.clock.advance(MINUTE_MS);
  const before = testApp.vendor.received().length;
  const search = () => call('businesses.search', { text: '', page: 1 });
  const replies = await Promise.all(Array.from({ length: 300 }, search));
  expect(testApp.vendor.received().length - before).toBe(1);
  expect(replies.filter((reply) => JSON.stringify(reply).includes('"found"'))).toHaveLength(1);
  for (let turn = 0; turn < 300; turn += 1) await search();
  expect(await search()).toMatchObject({
    value: { kind: 'trouble', test: { kind: 'busy', waitSeconds: 60 } },
  });
  // Three of four turns: the rest stays free for sends.
  expect(testApp.vendor.received().length - before).toBe(15);
});

test('[row 179] a key test waits for its turn at the lowest rate', async () => {
  const testApp = await openTestApp({ config: (url) => configWith(url, { requestsPerMinute: 1 }) });
  await testApp.clock.advance(MINUTE_MS);
  const tested = testApp.call('apiKey.test', {});
  await testApp.clock.advance(5 * MINUTE_MS);
  expect(valueOf(await tested)).toMatchObject({ kind: 'works' });
});

function answers(name: CallName, reply: unknown): boolean {
  const { output, failure } = contract[name];
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) return false;
  if (reply.ok === true) return 'value' in reply && output.safeParse(reply.value).success;
  return 'failure' in reply && failure.safeParse(reply.failure).success;
}
