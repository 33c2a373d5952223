import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openPartoo } from '../../../electron/partoo/open-partoo.ts';
import type { Outcome } from '../../../shared/attempt.ts';
import { SEND_LIMITS } from '../../../electron/partoo/time-and-size-limits.ts';
import { connectTime, parseRoutes } from '../../../electron/partoo/proxy.ts';
import {
  TEST_AUTHORITY,
  findClosedPort,
  jsonAnswer,
  openConnectProxy,
  openFaultServer,
} from '../../support/fault-server.ts';
import type {
  ConnectProxy,
  FaultScript,
  FaultServer,
  ProxyScript,
} from '../../support/fault-server.ts';
import {
  openSocks5Proxy,
  type Socks5Proxy,
  type Socks5Script,
} from '../../support/socks5-proxy.ts';
import { KEY, REQUEST, SHORT, SHORT_LIMITS, partsFor } from '../../support/builders/partoo.ts';

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

const serve = async (script: FaultScript): Promise<FaultServer> => {
  const server = await openFaultServer(script);
  closing.push(server.close);
  return server;
};
const openProxy = async (script: ProxyScript): Promise<ConnectProxy> => {
  const proxy = await openConnectProxy(script);
  closing.push(proxy.close);
  return proxy;
};

const openSocks = async (script: Socks5Script = {}): Promise<Socks5Proxy> => {
  const proxy = await openSocks5Proxy(script);
  closing.push(proxy.close);
  return proxy;
};

const accept: FaultScript['onRequest'] = (socket) =>
  socket.write(jsonAnswer(200, { invitation_id: 'one', status: 'success' }));
const ACCEPTED = { kind: 'accepted', partooId: 'one' };

const sendThrough = (
  resolved: string,
  server: FaultServer,
  scheme: 'http' | 'https' = 'http',
  limits = SEND_LIMITS,
): Promise<Outcome> =>
  openPartoo(
    partsFor(`${scheme}://localhost:${server.port}/v2`, {
      proxyFor: () => Promise.resolve(resolved),
      certificates: [TEST_AUTHORITY],
      limits: { send: limits, read: limits },
    }),
  ).send(REQUEST);

test.each([
  ['', [{ kind: 'direct' }]],
  ['DIRECT', [{ kind: 'direct' }]],
  ['PROXY a.example:8080', ['http://a.example:8080/']],
  ['PROXY a:1; HTTPS b:2;DIRECT', ['http://a:1/', 'https://b:2/', { kind: 'direct' }]],
  ['proxy [::1]:8080', ['http://[::1]:8080/']],
  ['PROXY a:b:c', []],
  ['PROXY', []],
])('reads the answer %j of a proxy script', (answer, expected) => {
  const routes = parseRoutes(answer).map((route) =>
    route.kind === 'direct' ? route : route.proxy.href,
  );
  expect(routes).toEqual(expected);
});

test.each([
  ['SOCKS5 s:1080; DIRECT', ['socks5://s:1080', { kind: 'direct' }]],
  ['SOCKS5 a; SOCKS b; SOCKS4 c; DIRECT', ['socks5://a', { kind: 'direct' }]],
  ['QUIC q:443; HTTPS h:443', ['https://h/']],
  ['SOCKS b:1; SOCKS4 c:2', []],
  ['SOCKS5 a:b:c; PROXY', []],
  ['PROXY a:1; PROXY a:1; PROXY b:2', ['http://a:1/', 'http://b:2/']],
  [
    'PROXY a:1; PROXY b:2; PROXY c:3; PROXY d:4; DIRECT',
    ['http://a:1/', 'http://b:2/', 'http://c:3/', 'http://d:4/', { kind: 'direct' }],
  ],
])('[row 159] the routes of %j are the usable ones', (answer, expected) => {
  const routes = parseRoutes(answer).map((route) =>
    route.kind === 'direct' ? route : route.proxy.href,
  );
  expect(routes).toEqual(expected);
});

test.each([
  // Partoo's queries: 5 s to connect, 10 s in total.
  [5_000, 10_000, 1, 5_000],
  [5_000, 10_000, 4, 2_000],
  [5_000, 4_000, 2, 1_333],
  [10_000, 45_000, 2, 10_000],
  [5_000, 100, 3, 500],
])('[row 159] of %i ms to connect and %i ms left, %i routes get %i ms', (...given) => {
  const [connectMs, remainingMs, routesLeft, expected] = given;
  expect(Math.floor(connectTime(connectMs, remainingMs, routesLeft))).toBe(expected);
});

describe('through a proxy', () => {
  test('tunnels a send, and the proxy never sees the key', async () => {
    const server = await serve({ certificate: 'server', onRequest: accept });
    const seen: string[] = [];
    const proxy = await openProxy({
      onConnect: (socket) => {
        socket.on('data', (chunk: Buffer) => seen.push(chunk.toString('latin1')));
        return 200;
      },
    });
    const outcome = await sendThrough(`PROXY 127.0.0.1:${proxy.port}`, server, 'https');
    expect(outcome).toEqual(ACCEPTED);
    expect(proxy.targets()).toEqual([`localhost:${server.port}`]);
    expect(server.requests()).toHaveLength(1);
    expect(seen.join('')).not.toContain(KEY);
  });

  test('tunnels a send over plain HTTP too', async () => {
    const server = await serve({ onRequest: accept });
    const proxy = await openProxy({ onConnect: () => 200 });
    expect(await sendThrough(`PROXY 127.0.0.1:${proxy.port}`, server)).toEqual(ACCEPTED);
  });

  test('connects to an HTTPS proxy over TLS', async () => {
    const server = await serve({ certificate: 'server', onRequest: accept });
    const proxy = await openProxy({ certificate: 'server', onConnect: () => 200 });
    const resolved = `HTTPS localhost:${proxy.port}`;
    expect(await sendThrough(resolved, server, 'https')).toEqual(ACCEPTED);
  });

  test('[row 18] a request that was read behind the proxy may have arrived', async () => {
    const server = await serve({ onRequest: (socket) => socket.resetAndDestroy() });
    const proxy = await openProxy({ onConnect: () => 200 });
    expect(await sendThrough(`PROXY 127.0.0.1:${proxy.port}`, server)).toEqual({
      kind: 'unclear',
      cause: 'reset',
      notBeforeMs: 0,
    });
    expect(proxy.connections()).toBe(1);
  });

  test('[row 16] checks the certificate behind the proxy', async () => {
    const server = await serve({ certificate: 'expired', onRequest: accept });
    const proxy = await openProxy({ onConnect: () => 200 });
    expect(await sendThrough(`PROXY 127.0.0.1:${proxy.port}`, server, 'https')).toEqual({
      kind: 'not-sent',
      cause: 'tls',
    });
  });
});

describe('[row 22] a proxy that fails', () => {
  const failing = async (
    script: ProxyScript,
    limits = SEND_LIMITS,
  ): Promise<[Outcome, ConnectProxy, FaultServer]> => {
    const server = await serve({ onRequest: accept });
    const proxy = await openProxy(script);
    const outcome = await sendThrough(`PROXY 127.0.0.1:${proxy.port}`, server, 'http', limits);
    return [outcome, proxy, server];
  };

  test.each([
    [407, 'proxy-auth'],
    [403, 'proxy'],
    [502, 'proxy'],
  ])('answers %i', async (status, cause) => {
    const [outcome, proxy, server] = await failing({ onConnect: () => status });
    expect(outcome).toEqual({ kind: 'not-sent', cause });
    expect(proxy.connections()).toBe(1);
    expect(server.connections()).toBe(0);
  });

  test('hangs up, and is not redialled in a loop', async () => {
    const [outcome, proxy] = await failing({
      onConnect: (socket) => {
        socket.end();
        return 200;
      },
    });
    expect(outcome).toEqual({ kind: 'not-sent', cause: 'proxy' });
    expect(proxy.connections()).toBe(1);
  });

  test('resets the connection', async () => {
    const [outcome] = await failing({
      onConnect: (socket) => {
        socket.resetAndDestroy();
        return 200;
      },
    });
    expect(outcome).toEqual({ kind: 'not-sent', cause: 'proxy' });
  });

  test('never answers', async () => {
    const limits = { ...SHORT, connectMs: 2_000, totalMs: 60_000 };
    const [outcome, proxy] = await failing({ onConnect: () => new Promise(() => {}) }, limits);
    expect(outcome).toEqual({ kind: 'not-sent', cause: 'proxy' });
    expect(proxy.targets()).toHaveLength(1);
  });

  test('does not exist', async () => {
    const server = await serve({ onRequest: accept });
    const resolved = `PROXY 127.0.0.1:${await findClosedPort()}`;
    expect(await sendThrough(resolved, server)).toEqual({ kind: 'not-sent', cause: 'proxy' });
  });

  test('has an untrusted certificate', async () => {
    const server = await serve({ onRequest: accept });
    const proxy = await openProxy({ certificate: 'expired', onConnect: () => 200 });
    expect(await sendThrough(`HTTPS localhost:${proxy.port}`, server)).toEqual({
      kind: 'not-sent',
      cause: 'proxy',
    });
    expect(proxy.targets()).toEqual([]);
  });

  test('opens the tunnel after the deadline: nothing is sent through it', async () => {
    const server = await serve({ onRequest: accept });
    let open = (_status: number): void => {};
    let tunnel: Socket | undefined;
    const proxy = await openProxy({
      onConnect: (socket) => {
        tunnel = socket;
        return new Promise((resolve) => {
          open = resolve;
        });
      },
    });
    // Long enough to reach the proxy, also on a busy machine.
    const limits = { ...SHORT, connectMs: 60_000, totalMs: 2_000 };
    const outcome = await sendThrough(`PROXY 127.0.0.1:${proxy.port}`, server, 'http', limits);
    expect(outcome).toEqual({ kind: 'not-sent', cause: 'timeout' });
    open(200);
    if (tunnel !== undefined) await once(tunnel, 'close');
    expect(server.connections()).toBe(1);
    expect(server.requests()).toEqual([]);
  });
});

describe('the routes are tried in order', () => {
  test('after a proxy that cannot be used', async () => {
    const server = await serve({ onRequest: accept });
    const dead = await findClosedPort();
    const resolved = `SOCKS5 127.0.0.1:${dead}; PROXY 127.0.0.1:${dead}; DIRECT`;
    expect(await sendThrough(resolved, server)).toEqual(ACCEPTED);
    expect(server.requests()).toHaveLength(1);
  });

  test('not after a request that may have arrived', async () => {
    const server = await serve({ onRequest: (socket) => socket.end() });
    const proxy = await openProxy({ onConnect: () => 200 });
    const resolved = `PROXY 127.0.0.1:${proxy.port}; DIRECT`;
    expect((await sendThrough(resolved, server)).kind).toBe('unclear');
    expect(server.requests()).toHaveLength(1);
  });

  test('not after a proxy that asks for a sign-in', async () => {
    const server = await serve({ onRequest: accept });
    const proxy = await openProxy({ onConnect: () => 407 });
    const resolved = `PROXY 127.0.0.1:${proxy.port}; DIRECT`;
    expect(await sendThrough(resolved, server)).toEqual({ kind: 'not-sent', cause: 'proxy-auth' });
  });
});

describe('[row 159] all routes are tried', () => {
  test('after unsupported kinds of proxy', async () => {
    const server = await serve({ onRequest: accept });
    const dead = `127.0.0.1:${await findClosedPort()}`;
    const resolved = `SOCKS5 ${dead}; SOCKS ${dead}; SOCKS4 ${dead}; DIRECT`;
    expect(await sendThrough(resolved, server)).toEqual(ACCEPTED);
    expect(server.requests()).toHaveLength(1);
  });

  test('after every proxy that does not exist', async () => {
    const server = await serve({ onRequest: accept });
    const dead = await Promise.all(Array.from({ length: 6 }, findClosedPort));
    const resolved = [...dead.map((port) => `PROXY 127.0.0.1:${port}`), 'DIRECT'].join('; ');
    expect(await sendThrough(resolved, server)).toEqual(ACCEPTED);
    expect(server.requests()).toHaveLength(1);
  });

  test('after proxies that never answer, within the time of one request', async () => {
    const server = await serve({ onRequest: accept });
    const silent = await openProxy({ onConnect: () => new Promise(() => {}) });
    const mute = await openSocks({ onConnection: () => {} });
    const resolved = `PROXY 127.0.0.1:${silent.port}; SOCKS5 127.0.0.1:${mute.port}; HTTP localhost:${silent.port}; DIRECT`;
    const limits = { ...SEND_LIMITS, connectMs: 60_000, totalMs: 6_000 };
    expect(await sendThrough(resolved, server, 'http', limits)).toEqual(ACCEPTED);
    expect(silent.connections()).toBe(2);
    expect(mute.connections()).toBe(1);
  });

  test('after a direct route without internet', async () => {
    const server = await serve({ onRequest: accept });
    const dead = await findClosedPort();
    const proxy = await openProxy({
      onConnect: (socket) => {
        socket.end('HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n');
        return 502;
      },
    });
    const partoo = openPartoo(
      partsFor(`http://localhost:${dead}/v2`, {
        proxyFor: () => Promise.resolve(`DIRECT; PROXY 127.0.0.1:${proxy.port}`),
      }),
    );
    expect(await partoo.send(REQUEST)).toEqual({ kind: 'not-sent', cause: 'proxy' });
    expect(proxy.connections()).toBe(1);
    expect(server.connections()).toBe(0);
  });

  test('not after a request that may have arrived, through SOCKS5 either', async () => {
    const server = await serve({ onRequest: (socket) => socket.resetAndDestroy() });
    const proxy = await openSocks();
    const resolved = `SOCKS5 127.0.0.1:${proxy.port}; DIRECT`;
    expect((await sendThrough(resolved, server)).kind).toBe('unclear');
    expect(server.requests()).toHaveLength(1);
  });

  test('and without a usable route nothing is sent', async () => {
    const server = await serve({ onRequest: accept });
    const resolved = 'SOCKS 127.0.0.1:1080; SOCKS4 127.0.0.1:1080; QUIC 127.0.0.1:443';
    expect(await sendThrough(resolved, server)).toEqual({ kind: 'not-sent', cause: 'proxy' });
    expect(server.connections()).toBe(0);
  });
});

describe('[row 159] through a SOCKS5 proxy', () => {
  test.each(['http', 'https'] as const)('a send over %s arrives', async (scheme) => {
    const secure = scheme === 'https' ? { certificate: 'server' as const } : {};
    const server = await serve({ ...secure, onRequest: accept });
    const proxy = await openSocks();
    const outcome = await sendThrough(`SOCKS5 127.0.0.1:${proxy.port}`, server, scheme);
    expect(outcome).toEqual(ACCEPTED);
    // The proxy resolves the name.
    expect(proxy.targets()).toEqual([`localhost:${server.port}`]);
    expect(server.requests()).toHaveLength(1);
  });

  test('checks the certificate behind the proxy', async () => {
    const server = await serve({ certificate: 'expired', onRequest: accept });
    const proxy = await openSocks();
    expect(await sendThrough(`SOCKS5 127.0.0.1:${proxy.port}`, server, 'https')).toEqual({
      kind: 'not-sent',
      cause: 'tls',
    });
  });

  test.each<[string, Socks5Script, string]>([
    ['refuses', { reply: 2 }, 'proxy'],
    ['finds no route', { reply: 4 }, 'proxy'],
    ['accepts no client', { method: 255 }, 'proxy-auth'],
    ['wants a sign-in that was not offered', { method: 2 }, 'proxy'],
    ['hangs up', { onConnection: (socket) => socket.end() }, 'proxy'],
    ['resets', { onConnection: (socket) => socket.resetAndDestroy() }, 'proxy'],
    [
      'is a web server',
      { onConnection: (socket) => socket.end('HTTP/1.1 400 No\r\n\r\n') },
      'proxy',
    ],
  ])('that %s: nothing is sent, and the next route is tried', async (_, script, cause) => {
    const server = await serve({ onRequest: accept });
    const proxy = await openSocks(script);
    const only = `SOCKS5 127.0.0.1:${proxy.port}`;
    expect(await sendThrough(only, server)).toEqual({ kind: 'not-sent', cause });
    expect(server.connections()).toBe(0);
    expect(await sendThrough(`${only}; DIRECT`, server)).toEqual(ACCEPTED);
    expect(proxy.connections()).toBe(2);
  });
});

describe('the route is resolved before each request', () => {
  test('[row 110] a change of proxy applies at once', async () => {
    const server = await serve({ onRequest: accept });
    const proxy = await openProxy({ onConnect: () => 200 });
    let resolved = 'DIRECT';
    const asked: string[] = [];
    const partoo = openPartoo(
      partsFor(`http://localhost:${server.port}/v2`, {
        proxyFor: (url) => {
          asked.push(url);
          return Promise.resolve(resolved);
        },
      }),
    );
    expect(await partoo.send(REQUEST)).toEqual(ACCEPTED);
    expect(proxy.connections()).toBe(0);
    resolved = `PROXY 127.0.0.1:${proxy.port}`;
    expect(await partoo.send(REQUEST)).toEqual(ACCEPTED);
    expect(proxy.connections()).toBe(1);
    // A proxy script gets the host only, no path.
    expect(asked).toEqual(Array(2).fill(`http://localhost:${server.port}/`));
  });

  test.each<[string, () => Promise<string>]>([
    ['fails', () => Promise.reject(new Error('script'))],
    ['never answers', () => new Promise(() => {})],
  ])('a proxy script that %s', async (_name, proxyFor) => {
    const server = await serve({ onRequest: accept });
    const apiUrl = `http://localhost:${server.port}/v2`;
    const parts = partsFor(apiUrl, { proxyFor, limits: SHORT_LIMITS });
    const outcome = await openPartoo(parts).send(REQUEST);
    expect(outcome).toEqual({ kind: 'not-sent', cause: 'proxy' });
    expect(server.connections()).toBe(0);
  });
});
