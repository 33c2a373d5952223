import { randomUUID } from 'node:crypto';
import { createCourier, type CourierParts } from '../../../electron/outbox/courier.ts';
import { createCorrectedClock } from '../../../electron/outbox/corrected-clock.ts';
import type { Outcome } from '../../../shared/attempt.ts';
import type {
  PartooAnswer,
  Delivery,
  KnownSend,
  Partoo,
  SendRequest,
  ApiError,
} from '../../../electron/outbox/partoo-port.ts';
import { createPartooPause } from '../../../electron/outbox/partoo-pause.ts';
import { createRateLimiter } from '../../../electron/outbox/rate-limiter.ts';
import type { SitePort } from '../../../electron/outbox/site-port.ts';
import type { OutboxStore, Row } from '../../../electron/outbox/store-port.ts';
import { classifyStorageError } from '../../../electron/store/file/storage-errors.ts';
import type { Connection } from '../../../shared/connection.ts';
import type { State } from '../../../shared/invitation.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { createFakeClock, ticks, type FakeClock } from '../clock.ts';
import { NINE } from './row.ts';
import { newPath, open } from './store.ts';

type SearchQuery = Parameters<Partoo['search']>[0];

/** What the vendor of a test does; each can be changed at any time. */
export type Vendor = {
  probe: () => PartooAnswer<'reachable'> | Promise<PartooAnswer<'reachable'>>;
  send: (request: SendRequest, mayStart?: () => boolean) => Outcome | Promise<Outcome>;
  search: (
    query: SearchQuery,
  ) => PartooAnswer<readonly KnownSend[]> | Promise<PartooAnswer<readonly KnownSend[]>>;
  delivery: (partooId: string) => PartooAnswer<Delivery> | Promise<PartooAnswer<Delivery>>;
};

export const yes = <T>(value: T): PartooAnswer<T> => ({ ok: true, value, serverTime: undefined });
export const no = (trouble: ApiError): PartooAnswer<never> => ({
  ok: false,
  trouble,
  serverTime: undefined,
});
export const NO_NETWORK = no({ kind: 'unreachable', cause: 'dns' });

type Call = 'probe' | 'send' | 'search' | 'poll';

type Options = {
  readonly requestsPerMinute?: number;
  readonly random?: () => number;
  /** Wraps the store that the courier uses. */
  readonly wrapStore?: (store: OutboxStore) => OutboxStore;
  readonly belongsHere?: () => boolean;
  /** Null: always. */
  readonly sendingHours?: Settings['sendingHours'];
  readonly businesses?: Settings['businesses'];
  /** A desk that has joined a site database. */
  readonly site?: SitePort;
};

/** A courier with a real database, and a vendor that does what a test says. */
export function aCourier({
  requestsPerMinute = 300,
  random,
  wrapStore,
  belongsHere = () => true,
  sendingHours = null,
  businesses = [],
  site,
}: Options = {}) {
  const clock: FakeClock = createFakeClock(NINE);
  const store = open(newPath());
  const correctedClock = createCorrectedClock({
    clock,
    highestSeenAt: undefined,
    keepHighest: store.keepHighestInstant,
  });
  const vendor: Vendor = {
    probe: () => yes('reachable'),
    send: () => ({ kind: 'accepted', partooId: randomUUID() }),
    search: () => yes([]),
    delivery: () => yes('delivered'),
  };
  const calls: { readonly call: Call; readonly atMs: number }[] = [];
  const bugs: unknown[] = [];
  const connections: Connection[] = [];
  let inFlight = 0;
  let mostInFlight = 0;

  const called = async <T>(call: Call, answer: () => T | Promise<T>): Promise<T> => {
    calls.push({ call, atMs: clock.elapsedMs() });
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    await Promise.resolve();
    try {
      return await answer();
    } finally {
      inFlight -= 1;
    }
  };
  const unused = () => Promise.reject(new Error('the courier does not call this'));
  const partoo: Partoo = {
    send: (request, mayStart) => called('send', () => vendor.send(request, mayStart)),
    search: (query) => called('search', () => vendor.search(query)),
    checkReachable: () => called('probe', () => vendor.probe()),
    checkDelivery: (partooId) => called('poll', () => vendor.delivery(partooId)),
    searchBusinesses: unused,
    checkKey: unused,
    close: async () => {},
  };
  const parts: CourierParts = {
    clock: correctedClock,
    rateLimiter: createRateLimiter(correctedClock, () => requestsPerMinute),
    pause: createPartooPause({ clock: correctedClock, store, host: 'api.partoo.test' }),
    isHoliday: () => false,
    belongsHere: async () => belongsHere(),
    random: random ?? (() => 0.5),
    store: wrapStore?.(store) ?? store,
    partoo,
    ...(site === undefined ? {} : { site }),
    settings: () => ({ ...DEFAULT_SETTINGS, sendingHours, requestsPerMinute, businesses }),
    onInvitation: () => {},
    onConnection: (connection) => void connections.push(connection),
    reportBug: (error) => {
      bugs.push(error);
      return 'ref-1';
    },
    classifyStorageError,
  };
  const courier = createCourier(parts);

  return {
    clock,
    correctedClock,
    store,
    vendor,
    courier,
    bugs,
    connections,
    /** How often each call was made so far. */
    count: (which: Call) => calls.filter(({ call }) => call === which).length,
    callsAt: (which: Call) => calls.filter(({ call }) => call === which).map(({ atMs }) => atMs),
    mostInFlight: () => mostInFlight,
    insert: (...rows: readonly Row[]) => {
      for (const row of rows) store.insertInvitation(row);
    },
    state: ({ invitation }: Row): State | undefined =>
      store.readRow(invitation.id)?.invitation.progress.state,
    wake: async (reason: 'event' | 'person' = 'event') => {
      courier.wake(reason);
      await ticks();
    },
  };
}

/** Returns a promise and the function that resolves it. */
export function deferred<T>() {
  let settle = (_value: T): void => {};
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: (value: T) => settle(value) };
}
