import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { openPartoo } from '../../../electron/partoo/open-partoo.ts';
import type { PartooParts } from '../../../electron/partoo/open-partoo.ts';
import type { Outcome } from '../../../shared/attempt.ts';
import {
  findClosedPort,
  httpAnswer,
  jsonAnswer,
  openFaultServer,
} from '../../support/fault-server.ts';
import type { FaultScript, FaultServer } from '../../support/fault-server.ts';
import {
  KEY,
  LONGER_LIMITS,
  REQUEST,
  SHORT,
  SHORT_LIMITS,
  partsFor,
} from '../../support/builders/partoo.ts';

const SUCCESS = { invitation_id: 'd3d8c966-0356-4ec0-baae-13ec3622ebc2', status: 'success' };
const ACCEPTED: Outcome = { kind: 'accepted', partooId: SUCCESS.invitation_id };

let closing: FaultServer[] = [];
afterEach(async () => {
  await Promise.all(closing.map((server) => server.close()));
  closing = [];
});

const serve = async (script: FaultScript): Promise<FaultServer> => {
  const server = await openFaultServer(script);
  closing = [...closing, server];
  return server;
};

const sendTo = (port: number, overrides: Partial<PartooParts> = {}): Promise<Outcome> =>
  openPartoo(partsFor(`http://127.0.0.1:${port}/v2`, overrides)).send(REQUEST);

/** Sends to a server that answers each request with `write`, and returns the outcome. */
const sendAgainst = async (
  onRequest: FaultScript['onRequest'] & {},
  overrides: Partial<PartooParts> = {},
): Promise<Outcome> => {
  const server = await serve({ onRequest });
  const outcome = await sendTo(server.port, overrides);
  // A POST is never repeated automatically.
  expect(server.requests()).toHaveLength(1);
  expect(server.connections()).toBe(1);
  return outcome;
};

const unclear = (cause: string) => ({ kind: 'unclear', cause, notBeforeMs: 0 });

describe('nothing was sent', () => {
  test('[row 15] connection refused', async () => {
    expect(await sendTo(await findClosedPort())).toEqual({ kind: 'not-sent', cause: 'refused' });
  });

  test('[row 15] an unknown host name', async () => {
    // RFC 6761 reserves .invalid. How soon a resolver reports it varies.
    const limits = { ...SHORT, connectMs: 250_000, totalMs: 250_000 };
    const parts = partsFor('https://partoo.invalid/v2', { limits: { send: limits, read: limits } });
    expect(await openPartoo(parts).send(REQUEST)).toEqual({ kind: 'not-sent', cause: 'dns' });
  });

  test('[row 15] a TLS handshake that never ends', async () => {
    const server = await serve({});
    const apiUrl = `https://localhost:${server.port}/v2`;
    const partoo = openPartoo(partsFor(apiUrl, { limits: SHORT_LIMITS }));
    expect(await partoo.send(REQUEST)).toEqual({ kind: 'not-sent', cause: 'timeout' });
  });

  test('[row 15] a reset during the TLS handshake', async () => {
    const server = await serve({
      onConnection: (socket) => socket.once('data', () => socket.resetAndDestroy()),
    });
    const partoo = openPartoo(partsFor(`https://localhost:${server.port}/v2`));
    expect(await partoo.send(REQUEST)).toEqual({ kind: 'not-sent', cause: 'reset' });
    expect(server.connections()).toBe(1);
  });
});

describe('the request may have arrived', () => {
  test('[row 18] read, then the connection is reset', async () => {
    expect(await sendAgainst((socket) => socket.resetAndDestroy())).toEqual(unclear('reset'));
  });

  test('[row 18] read, then the connection is closed', async () => {
    expect(await sendAgainst((socket) => socket.end())).toEqual(unclear('reset'));
  });

  test('[row 18] the connection is closed before the request is read', async () => {
    const server = await serve({ onConnection: (socket) => socket.end() });
    expect(await sendTo(server.port)).toEqual(unclear('reset'));
    expect(server.connections()).toBe(1);
  });

  test('[row 19] no answer', async () => {
    const outcome = await sendAgainst(() => {}, { limits: LONGER_LIMITS });
    expect(outcome).toEqual(unclear('timeout'));
  });

  test('[row 19] headers that trickle', async () => {
    const outcome = await sendAgainst(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const dripping = setInterval(() => socket.write('x-more: 1\r\n'), 50);
        socket.once('close', () => clearInterval(dripping));
      },
      { limits: LONGER_LIMITS },
    );
    expect(outcome).toEqual(unclear('timeout'));
  });

  test('[row 19] the deadline ends a body that trickles', async () => {
    const outcome = await sendAgainst(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n');
        socket.write('content-length: 4000\r\n\r\n{');
        const dripping = setInterval(() => socket.write(' '), 50);
        socket.once('close', () => clearInterval(dripping));
      },
      { limits: LONGER_LIMITS },
    );
    expect(outcome).toEqual(unclear('unreadable'));
  });

  test('[row 20] a body that stops', async () => {
    const outcome = await sendAgainst(
      (socket) =>
        socket.write(
          'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{"inv',
        ),
      { limits: LONGER_LIMITS },
    );
    expect(outcome).toEqual(unclear('unreadable'));
  });

  test('[row 20] a truncated body', async () => {
    const outcome = await sendAgainst((socket) =>
      socket.end(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{"inv',
      ),
    );
    expect(outcome).toEqual(unclear('unreadable'));
  });

  test('[row 20] a body that is too long', async () => {
    const huge = { ...SUCCESS, more: 'x'.repeat(SHORT.maxBytes) };
    expect(await sendAgainst((socket) => socket.write(jsonAnswer(200, huge)))).toEqual(
      unclear('unreadable'),
    );
  });

  test('[row 20] headers that are too long', async () => {
    const answer = jsonAnswer(200, SUCCESS, { 'x-more': 'x'.repeat(20_000) });
    expect(await sendAgainst((socket) => socket.write(answer))).toEqual(unclear('unreadable'));
  });

  test('[row 147] a compressed answer', async () => {
    const packed = gzipSync(JSON.stringify(SUCCESS));
    const head = [
      'HTTP/1.1 200 OK',
      'content-type: application/json',
      'content-encoding: gzip',
      `content-length: ${packed.length}`,
    ].join('\r\n');
    const outcome = await sendAgainst((socket) => {
      socket.write(`${head}\r\n\r\n`);
      socket.write(packed);
    });
    expect(outcome).toEqual(unclear('unreadable'));
  });

  test('[row 20] an answer that is not HTTP', async () => {
    expect(await sendAgainst((socket) => socket.end('HELLO WORLD\r\n\r\n'))).toEqual(
      unclear('unreadable'),
    );
  });

  test('an unrequested 100 Continue', async () => {
    const outcome = await sendAgainst((socket) =>
      socket.write(`HTTP/1.1 100 Continue\r\n\r\n${jsonAnswer(200, SUCCESS)}`),
    );
    expect(outcome).toEqual(unclear('reset'));
  });

  test('[row 21] the page of a portal', async () => {
    const page = httpAnswer(200, { 'content-type': 'text/html' }, '<html>Sign in</html>');
    expect(await sendAgainst((socket) => socket.write(page))).toEqual(unclear('web-page'));
  });

  test('[row 21] 511 from a portal', async () => {
    const page = httpAnswer(511, { 'content-type': 'text/html' }, '<html>Sign in</html>');
    expect(await sendAgainst((socket) => socket.write(page))).toEqual(unclear('server-error'));
  });

  test('a plain 404 from a device on the way', async () => {
    const page = httpAnswer(404, { 'content-type': 'text/plain' }, 'Not found');
    expect(await sendAgainst((socket) => socket.write(page))).toEqual(unclear('unreadable'));
  });

  test.each([500, 502, 503, 504])('[rows 43, 44] %i', async (status) => {
    const answer = jsonAnswer(status, { errors: { json: 'Oops' } });
    expect(await sendAgainst((socket) => socket.write(answer))).toEqual(unclear('server-error'));
  });

  test('[row 45] a truncated 503 keeps its Retry-After', async () => {
    const outcome = await sendAgainst((socket) =>
      socket.end('HTTP/1.1 503 No\r\nretry-after: 20\r\ncontent-length: 90\r\n\r\n{'),
    );
    expect(outcome).toEqual({ kind: 'unclear', cause: 'server-error', notBeforeMs: 20_000 });
  });

  test.each([301, 302, 303, 307, 308])(
    '[row 46] %i is not followed, and the key is not passed on',
    async (status) => {
      const other = await serve({
        onRequest: (socket) => socket.write(jsonAnswer(200, SUCCESS)),
      });
      const location = `http://127.0.0.1:${other.port}/v2/review_booster/send_invitation`;
      const outcome = await sendAgainst((socket) =>
        socket.write(httpAnswer(status, { location }, '')),
      );
      expect(outcome).toEqual(unclear('redirect'));
      expect(other.connections()).toBe(0);
    },
  );
});

describe('each time limit by itself', () => {
  // undici checks its timers about every half second; the deadline is far away.
  const limits = { ...SHORT, totalMs: 60_000 };
  const sendPatiently = (apiUrl: string): Promise<Outcome> =>
    openPartoo(partsFor(apiUrl, { limits: { send: limits, read: limits } })).send(REQUEST);

  test('[row 15] connecting', async () => {
    const server = await serve({});
    expect(await sendPatiently(`https://localhost:${server.port}/v2`)).toEqual({
      kind: 'not-sent',
      cause: 'timeout',
    });
  });

  test('[row 19] waiting for the headers', async () => {
    const server = await serve({});
    expect(await sendPatiently(`http://localhost:${server.port}/v2`)).toEqual(unclear('timeout'));
  });

  test('[row 19] between two parts of the body', async () => {
    const server = await serve({
      onRequest: (socket) =>
        socket.write('HTTP/1.1 500 No\r\nretry-after: 9\r\ncontent-length: 9\r\n\r\n'),
    });
    expect(await sendPatiently(`http://localhost:${server.port}/v2`)).toEqual({
      kind: 'unclear',
      cause: 'server-error',
      notBeforeMs: 9_000,
    });
  });
});

describe('accepted', () => {
  test('[row 28] after a delay', async () => {
    const outcome = await sendAgainst((socket) => {
      setTimeout(() => socket.write(jsonAnswer(200, SUCCESS)), 50);
    });
    expect(outcome).toEqual(ACCEPTED);
  });

  test('in parts, with a length or without', async () => {
    const body = JSON.stringify(SUCCESS);
    const chunked = await sendAgainst((socket) => {
      const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
      socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
      socket.write(`${body.length.toString(16)}\r\n${body}\r\n`);
      socket.write('0\r\n\r\n');
    });
    expect(chunked).toEqual(ACCEPTED);
    const untilClosed = await sendAgainst((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n${body}`),
    );
    expect(untilClosed).toEqual(ACCEPTED);
  });

  test('after an early hint', async () => {
    const outcome = await sendAgainst((socket) =>
      socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${jsonAnswer(200, SUCCESS)}`),
    );
    expect(outcome).toEqual(ACCEPTED);
  });

  test('[row 30] the answer to one request is never read as that to another', async () => {
    const ids = ['first', 'stray', 'second', 'stray'];
    const server = await serve({
      onRequest: (socket) => {
        const two = ids
          .splice(0, 2)
          .map((id) => jsonAnswer(200, { ...SUCCESS, invitation_id: id }));
        socket.write(two.join(''));
      },
    });
    const partoo = openPartoo(partsFor(`http://127.0.0.1:${server.port}/v2`));
    expect(await partoo.send(REQUEST)).toEqual({ kind: 'accepted', partooId: 'first' });
    expect(await partoo.send(REQUEST)).toEqual({ kind: 'accepted', partooId: 'second' });
    expect(server.connections()).toBe(2);
    expect(server.requests().every((request) => /\r\nconnection: close\r\n/i.test(request))).toBe(
      true,
    );
  });
});

test('the key is sent in its header only', async () => {
  const server = await serve({ onRequest: (socket) => socket.write(jsonAnswer(200, SUCCESS)) });
  await sendTo(server.port);
  const [request = ''] = server.requests();
  expect(request.split(KEY)).toHaveLength(2);
  expect(request).toMatch(new RegExp(`\r\nx-apikey: ${KEY}\r\n`, 'i'));
});
