import type { SecureContext } from 'node:tls';
import type { EpochMs } from '../../shared/time.ts';
import type { NotSentCause } from '../../shared/attempt.ts';
import { notStarted } from './http-result.ts';
import type { HttpResult } from './http-result.ts';
import { ConnectionError, notSentCause } from './error-causes.ts';
import { exchange } from './exchange.ts';
import { MOST_HEADER_BYTES } from './time-and-size-limits.ts';
import type { TimeLimits } from './time-and-size-limits.ts';
import { connectTime, createConnector, parseRoutes } from './proxy.ts';
import type { Route } from './proxy.ts';
import { loadUndici } from './undici.ts';

/** The API key as read from the keychain. */
export type ReadKey =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable' };

/** One call of Partoo's API. `path` is appended to the base address. */
export type PartooRequest =
  | {
      readonly method: 'GET';
      readonly path: string;
      readonly query: Readonly<Record<string, string>>;
    }
  | {
      readonly method: 'POST';
      readonly path: string;
      readonly body: object;
      /** Asked right before the first byte. */
      readonly mayStart?: (() => boolean) | undefined;
    };

/** Performs a call and returns what is known about it; never rejects for a network or vendor error. */
export type SendPartooRequest = (call: PartooRequest) => Promise<HttpResult>;

export type RequestParts = {
  readonly apiUrl: URL;
  readonly userAgent: string;
  readonly readKey: () => Promise<ReadKey>;
  readonly proxyFor: (url: string) => Promise<string>;
  readonly trust: () => SecureContext | undefined;
  readonly limits: TimeLimits;
  readonly now: () => EpochMs;
  /** Aborts running requests and prevents later ones; undefined: nothing does. */
  readonly closing: AbortSignal | undefined;
};

/**
 * Creates the function that performs requests. Every request has its own connection, closed with it. A desk sends a
 * few a minute, so a handshake is cheap; a reused socket would be stale after sleep and would miss a proxy change, and
 * a POST on it could not be proved unsent.
 */
export const createRequester =
  (parts: RequestParts): SendPartooRequest =>
  async (call) => {
    const over = new AbortController();
    // Sockets use real time, whatever clock the rules get.
    const timer = setTimeout(
      () => over.abort(new ConnectionError('OVER_TIME')),
      parts.limits.totalMs,
    );
    const close = (): void => over.abort(new ConnectionError('CLOSED'));
    if (parts.closing?.aborted === true) close();
    parts.closing?.addEventListener('abort', close);
    try {
      return await attempt(parts, call, over.signal);
    } finally {
      clearTimeout(timer);
      parts.closing?.removeEventListener('abort', close);
    }
  };

// SECURITY: printable ASCII only, so that a key can never end its header and begin another one.
const KEY_PATTERN = /^[\x21-\x7e]+$/;

const attempt = async (
  parts: RequestParts,
  call: PartooRequest,
  signal: AbortSignal,
): Promise<HttpResult> => {
  // Sockets use real time, and so does the deadline.
  const endsAt = performance.now() + parts.limits.totalMs;
  if (signal.aborted) return notStarted(notSentCause(signal.reason));
  const reading = await inTime<ReadKey>(signal, parts.readKey(), { kind: 'unavailable' });
  if (reading.kind === 'unavailable') return notStarted('keychain');
  if (reading.kind === 'absent' || !KEY_PATTERN.test(reading.key)) return notStarted('no-key');

  const url = urlOf(parts.apiUrl, call);
  const routes = await findRoutes(parts, url, signal);
  let last: HttpResult = notStarted('proxy');
  for (const [at, route] of routes.entries()) {
    const remainingMs = endsAt - performance.now();
    const connectMs = connectTime(parts.limits.connectMs, remainingMs, routes.length - at);
    last = await overRoute(parts, call, { route, url, key: reading.key, connectMs }, signal);
    // Try another route only when the request has provably not begun on this one.
    if (last.kind !== 'not-started' || !mayTryNextRoute(route, last.cause)) break;
  }
  return last;
};

/**
 * Whether to try the next route after a request that could not begin on this one. Not after an untrusted certificate
 * or a proxy that requires a password: a person must know about them. Behind a SOCKS5 proxy no browser could sign in
 * either.
 */
const mayTryNextRoute = (route: Route, cause: NotSentCause): boolean =>
  CAUSES_OF_ROUTES.has(cause) || (route.kind === 'socks5' && cause === 'proxy-auth');

const CAUSES_OF_ROUTES: ReadonlySet<NotSentCause> = new Set([
  'proxy',
  'dns',
  'refused',
  'unreachable',
  'timeout',
  'reset',
]);

const urlOf = (apiUrl: URL, call: PartooRequest): URL => {
  const url = new URL(apiUrl);
  url.pathname = url.pathname.replace(/\/+$/, '') + call.path;
  if (call.method === 'GET') url.search = new URLSearchParams(call.query).toString();
  return url;
};

/**
 * Finds the routes. A proxy script is code from the network: it may fail or never answer, and the result is then no
 * route.
 */
const findRoutes = (
  parts: RequestParts,
  url: URL,
  signal: AbortSignal,
): Promise<readonly Route[]> => {
  // SECURITY: a proxy script sees only the host; the path may contain a customer's number.
  const found = parts.proxyFor(`${url.origin}/`).then(parseRoutes, () => []);
  return inTime<readonly Route[]>(signal, found, []);
};

/** Resolves to the wanted value, or to `otherwise` when `signal` is aborted first. */
const inTime = <T>(signal: AbortSignal, wanted: Promise<T>, otherwise: T): Promise<T> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(otherwise);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    wanted.then(resolve, reject);
  });

const overRoute = async (
  parts: RequestParts,
  call: PartooRequest,
  {
    route,
    url,
    key,
    connectMs,
  }: {
    readonly route: Route;
    readonly url: URL;
    readonly key: string;
    readonly connectMs: number;
  },
  signal: AbortSignal,
): Promise<HttpResult> => {
  if (signal.aborted) return notStarted(notSentCause(signal.reason));
  const { limits } = parts;
  const { buildConnector, Client } = await loadUndici();
  const client = new Client(url.origin, {
    connect: createConnector(buildConnector, route, parts.trust(), connectMs),
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyMs,
    maxHeaderSize: MOST_HEADER_BYTES,
    maxResponseSize: limits.maxBytes,
    allowH2: false,
  });
  const headers = {
    accept: 'application/json',
    // Deskbell does not decompress: a compressed answer would be unreadable.
    'accept-encoding': 'identity',
    'user-agent': parts.userAgent,
    'x-APIKey': key,
    // An answer from a cache would prove nothing, and its `Date` would set the desk's clock.
    ...(call.method === 'POST'
      ? { 'content-type': 'application/json' }
      : { 'cache-control': 'no-cache' }),
  };
  const mayStart = call.method === 'POST' ? call.mayStart : undefined;
  const request = {
    origin: url.origin,
    path: url.pathname + url.search,
    method: call.method,
    headers,
    reset: true,
    ...(call.method === 'POST' ? { body: JSON.stringify(call.body) } : {}),
  };
  try {
    return withoutKey(await exchange(client, request, parts.now, signal, mayStart), key);
  } finally {
    await client.destroy();
  }
};

/**
 * SECURITY: removes the key from an error that repeats it, so that it never reaches a message, the event log or the
 * database.
 */
const withoutKey = (result: HttpResult, key: string): HttpResult =>
  result.kind === 'answered' && result.status >= 400 && result.body !== undefined
    ? { ...result, body: result.body.replaceAll(key, '•••') }
    : result;
