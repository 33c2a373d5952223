import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { buildConnector } from 'undici';
import { ConnectionError } from './error-causes.ts';
import { openSocks5Tunnel } from './socks5.ts';

/** One route to a host that Deskbell can use. */
export type Route =
  | { readonly kind: 'direct' }
  | { readonly kind: 'tunnel'; readonly scheme: 'http' | 'https'; readonly proxy: URL }
  | { readonly kind: 'socks5'; readonly proxy: URL };

/**
 * Parses the routes, in the order of the tries, from the answer of Electron's `session.resolveProxy`, which is that of
 * a PAC file: `PROXY host:port; HTTPS host:port; SOCKS5 host:port; DIRECT`. Skips proxies that Deskbell does not
 * support (SOCKS4, which a bare SOCKS also means, and QUIC), so there may be none.
 */
export const parseRoutes = (answer: string): readonly Route[] => {
  const entries = new Set(answer.split(';').map((entry) => entry.trim()));
  entries.delete('');
  return entries.size === 0 ? [{ kind: 'direct' }] : [...entries].flatMap(parseRoute);
};

const parseRoute = (entry: string): readonly Route[] => {
  const [kind = '', address = ''] = entry.split(/\s+/);
  switch (kind.toUpperCase()) {
    case 'DIRECT':
      return [{ kind: 'direct' }];
    case 'PROXY':
    case 'HTTP':
      return through(`http://${address}`, (proxy) => ({ kind: 'tunnel', scheme: 'http', proxy }));
    case 'HTTPS':
      return through(`https://${address}`, (proxy) => ({ kind: 'tunnel', scheme: 'https', proxy }));
    case 'SOCKS5':
      return through(`socks5://${address}`, (proxy) => ({ kind: 'socks5', proxy }));
    default:
      return [];
  }
};

const through = (url: string, route: (proxy: URL) => Route): readonly Route[] =>
  URL.canParse(url) && new URL(url).hostname !== '' ? [route(new URL(url))] : [];

/** Long enough for any working proxy. */
const LEAST_CONNECT_MS = 500;

/**
 * Connect time for one route, in milliseconds: an equal part of the remaining time for each of the `routesLeft` (this
 * one included) and for the answer, so that silent proxies do not use up the time of the last one.
 */
export const connectTime = (connectMs: number, remainingMs: number, routesLeft: number): number =>
  routesLeft === 1
    ? connectMs
    : Math.min(connectMs, Math.max(LEAST_CONNECT_MS, remainingMs / (routesLeft + 1)));

/**
 * Creates the function that opens the sockets of undici's clients over `route`. `connectMs` limits the connection to
 * the proxy and the one through it, each. A failing proxy gives a `ConnectionError`; a failure behind it gives Node's
 * error.
 *
 * undici's own ProxyAgent is not used: when a proxy hangs up on CONNECT, it dials again without end (7.30: 2,600 times
 * in a second), and it reports a refused sign-in only in the wording of a message.
 */
export const createConnector = (
  build: typeof buildConnector,
  route: Route,
  trust: SecureContext | undefined,
  connectMs: number,
): buildConnector.connector => {
  const trusted = {
    // SECURITY: explicit, because NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment changes the default.
    rejectUnauthorized: true as const,
    ...(trust === undefined ? {} : { secureContext: trust }),
  };
  // RFC 8305: a broken IPv6 must not delay a working IPv4.
  const connect = build({
    ...trusted,
    timeout: connectMs,
    allowH2: false,
    autoSelectFamily: true,
  });
  if (route.kind === 'direct') return connect;
  return (options, callback) => {
    const port = options.port || (options.protocol === 'https:' ? '443' : '80');
    const opening =
      route.kind === 'socks5'
        ? openSocks5Tunnel(connect, route.proxy, { host: options.hostname, port }, connectMs)
        : openTunnel(route, `${hostOf(options.hostname)}:${port}`, trusted, connectMs);
    opening.then(
      (socket) => {
        if (options.protocol === 'https:') connect({ ...options, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: unknown) =>
        callback(error instanceof Error ? error : new ConnectionError('PROXY_FAILED'), null),
    );
  };
};

const hostOf = (hostname: string): string => (hostname.includes(':') ? `[${hostname}]` : hostname);

const openTunnel = (
  route: Extract<Route, { kind: 'tunnel' }>,
  target: string,
  trusted: { readonly rejectUnauthorized: true; readonly secureContext?: SecureContext },
  connectMs: number,
): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { request } = route.scheme === 'https' ? https : http;
    const connecting = request(route.proxy, {
      ...trusted,
      method: 'CONNECT',
      path: target,
      headers: { host: target },
      agent: false,
    });
    const timer = setTimeout(() => connecting.destroy(), connectMs);
    connecting.once('connect', ({ statusCode = 0 }, socket, head) => {
      clearTimeout(timer);
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      } else {
        socket.destroy();
        reject(new ConnectionError(statusCode === 407 ? 'PROXY_WANTS_SIGN_IN' : 'PROXY_FAILED'));
      }
    });
    connecting.once('error', () => {
      clearTimeout(timer);
      reject(new ConnectionError('PROXY_FAILED'));
    });
    connecting.end();
  });
