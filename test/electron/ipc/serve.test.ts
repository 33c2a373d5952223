import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockedHandlers } from '../../../electron/ipc/handlers-when-blocked.ts';
import { serve, type Handlers, type ServeParts } from '../../../electron/ipc/serve.ts';
import { CALLS, type CallName } from '../../../shared/ipc/bridge.ts';
import { contract } from '../../../shared/ipc/contract.ts';
import { draft, GOOD_INPUTS } from '../../support/inputs.ts';

const PROBLEM = { kind: 'bug', reference: 'ref-0' } as const;
const BUG = { ok: false, failure: { kind: 'bug', reference: 'ref-1' } };
/** Values that no reply and no report may ever contain. */
const SECRET = '+33639980000 Marie Dupont /home/marie/secret.db';

type Listener = (...args: never[]) => unknown;

/** Serves the contract as main does; records what reaches a handler. */
function aServer(changes: Partial<ServeParts> = {}, handlers: Partial<Handlers> = {}) {
  const listeners = new Map<string, Listener>();
  const bugs: unknown[] = [];
  const got: { readonly name: CallName; readonly input: unknown }[] = [];
  const all: Handlers = { ...blockedHandlers('9.8.7', PROBLEM), ...handlers };
  const watched = new Proxy(all, {
    get: (target, name) => {
      const handler = CALLS.find((call) => call === name);
      if (handler === undefined) return undefined;
      return (input: unknown): unknown => {
        got.push({ name: handler, input });
        return Reflect.apply(target[handler], undefined, [input]);
      };
    },
  });
  serve({
    ipc: { handle: (name: string, listener: Listener) => void listeners.set(name, listener) },
    handlers: async () => watched,
    isTrusted: () => true,
    reportBug: (error) => {
      bugs.push(error);
      return 'ref-1';
    },
    asFailure: async () => undefined,
    ...changes,
  });
  const call = async (name: string, input: unknown, event: unknown = {}): Promise<unknown> => {
    const listener = listeners.get(name);
    if (listener === undefined) throw new Error(`${name} is not served`);
    const reply: unknown = await Reflect.apply(listener, undefined, [event, input]);
    return reply;
  };
  return { call, bugs, got, names: () => [...listeners.keys()] };
}

const callName = fc.constantFrom(...CALLS);
/** Everything that structured clone passes, and more. */
const anything = fc.anything({
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

test('serves exactly the calls of the contract', () => {
  expect(aServer().names().toSorted()).toEqual(Object.keys(contract).toSorted());
});

test.each(CALLS)('%s: passes valid input to its handler, parsed', async (name) => {
  const { call, got } = aServer();
  await call(name, GOOD_INPUTS[name]);
  expect(got).toEqual([{ name, input: GOOD_INPUTS[name] }]);
});

describe('[row 88] a sender that is not the page', () => {
  test.each(CALLS)('%s: refused before anything is read', async (name) => {
    const { call, got, bugs } = aServer({ isTrusted: () => false });
    const untouchable = new Proxy(
      {},
      {
        get: () => {
          throw new Error('read');
        },
      },
    );
    expect(await call(name, untouchable)).toEqual(BUG);
    expect(got).toEqual([]);
    expect(bugs).toHaveLength(1);
  });

  test('gets the event itself, before the first pause', async () => {
    const event = { senderFrame: null };
    const asked: unknown[] = [];
    const { call } = aServer({
      isTrusted: (given) => {
        asked.push(given);
        return false;
      },
    });
    const reply = call('app.read', {}, event);
    expect(asked).toEqual([event]);
    expect(await reply).toEqual(BUG);
  });

  test('whose frame disappears during the check is refused without a throw', async () => {
    const { call, got } = aServer({
      isTrusted: () => {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed');
      },
    });
    expect(await call('app.read', {})).toEqual(BUG);
    expect(got).toEqual([]);
  });
});

describe('[row 89] input outside the contract', () => {
  test('of any kind is refused without a throw, and reaches no handler unparsed', async () => {
    await fc.assert(
      fc.asyncProperty(callName, anything, async (name, input) => {
        const { call, got } = aServer();
        const reply = await call(name, input);
        expect(reply).toHaveProperty('ok');
        for (const one of got) {
          expect(contract[name].input.safeParse(one.input).success).toBe(true);
        }
        if (!contract[name].input.safeParse(input).success) {
          expect(reply).toEqual(BUG);
          expect(got).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('valid input with one value added, missing or changed', async () => {
    const spoilt = fc.oneof(
      fc.record({ how: fc.constant('extra' as const), key: fc.string(), value: anything }),
      fc.record({ how: fc.constant('changed' as const), key: fc.nat(), value: anything }),
    );
    await fc.assert(
      fc.asyncProperty(callName, spoilt, async (name, change) => {
        const good = new Map(Object.entries(GOOD_INPUTS[name]));
        const key =
          change.how === 'extra' ? change.key : ([...good.keys()][change.key % good.size] ?? 'x');
        const input = Object.fromEntries([...good, [key, change.value]]);
        const { call, got } = aServer();
        const reply = await call(name, input);
        expect(reply).toHaveProperty('ok');
        if (contract[name].input.safeParse(input).success) return;
        expect(reply).toEqual(BUG);
        expect(got).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a cyclic object', cyclic],
    ['a cyclic object among valid fields', { ...draft, staff: cyclic }],
    ['a BigInt', { id: 1n }],
    ['a symbol', Symbol('x')],
    ['a function', () => {}],
    ['10 MB', { ...draft, name: 'x'.repeat(10_000_000) }],
    ['10 MB in an extra field', { ...draft, more: 'x'.repeat(10_000_000) }],
    ['a constructor', { ...draft, constructor: { prototype: { isAdmin: true } } }],
    ['an array', [draft]],
    ['a Map', new Map(Object.entries(draft))],
    [
      'a getter that throws',
      {
        get token(): string {
          throw new Error(SECRET);
        },
      },
    ],
  ])('%s', async (_title, input) => {
    const { call, got } = aServer();
    expect(await call('invitation.enqueue', input)).toEqual(BUG);
    expect(got).toEqual([]);
  });

  test('pollutes no prototype, and passes none to a handler', async () => {
    const { call, got } = aServer();
    const input: unknown = JSON.parse(
      `{"phone":"+33639980000","name":"","businessId":"b","__proto__":{"polluted":true}}`,
    );
    await call('verdict.check', input);
    expect({}).not.toHaveProperty('polluted');
    for (const one of got) expect(one.input).not.toHaveProperty('polluted');
  });
});

describe('a handler that fails', () => {
  test("returns a bug with a reference, without the error's message", async () => {
    const { call, bugs } = aServer(
      {},
      {
        'outbox.list': () => {
          throw new Error(SECRET);
        },
      },
    );
    const reply = await call('outbox.list', {});
    expect(reply).toEqual(BUG);
    expect(JSON.stringify(reply)).not.toContain('Marie');
    expect(bugs).toHaveLength(1);
  });

  test('returns a storage failure for a storage error', async () => {
    const failure = { kind: 'storage', why: 'full' } as const;
    const { call, bugs } = aServer(
      { asFailure: async () => failure },
      {
        'outbox.list': () => Promise.reject(new Error('disk full')),
      },
    );
    expect(await call('outbox.list', {})).toEqual({ ok: false, failure });
    expect(bugs).toEqual([]);
  });

  test('returns a bug for an error that cannot be classified', async () => {
    const { call } = aServer(
      { asFailure: () => Promise.reject(new Error(SECRET)) },
      {
        'outbox.list': () => Promise.reject(new Error(SECRET)),
      },
    );
    expect(await call('outbox.list', {})).toEqual(BUG);
  });

  test('returns a bug when the handlers could not be loaded', async () => {
    const { call } = aServer({ handlers: () => Promise.reject(new Error(SECRET)) });
    expect(await call('outbox.list', {})).toEqual(BUG);
  });

  test.each([
    ['a value', { ok: true, value: { waiting: SECRET } }],
    ['a failure', { ok: false, failure: { kind: 'rumour', text: SECRET } }],
    ['an extra field', { ok: true, value: { kind: 'online', key: SECRET } }],
  ])('returns no %s outside the contract', async (_title, reply) => {
    const handlers = blockedHandlers('9.8.7', PROBLEM);
    // A mistake of ours that the types did not catch.
    Reflect.set(handlers, 'connection.read', () => reply);
    const { call } = aServer({ handlers: async () => handlers });
    const answer = await call('connection.read', {});
    expect(answer).toEqual(BUG);
    expect(JSON.stringify(answer)).not.toContain('Marie');
  });
});

describe("when Deskbell's code could not be loaded", () => {
  test('the page gets the reason, and every other call is refused', async () => {
    const { call } = aServer();
    const described = { ok: true, value: { kind: 'blocked', version: '9.8.7', problem: PROBLEM } };
    for (const name of CALLS) {
      const expected =
        name === 'app.read' || name === 'app.retryStart'
          ? described
          : { ok: false, failure: { kind: 'blocked' } };
      expect(await call(name, GOOD_INPUTS[name])).toEqual(expected);
    }
  });
});
