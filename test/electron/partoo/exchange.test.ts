import { Client } from 'undici';
import { afterEach, expect, test } from 'vitest';
import type { HttpResult } from '../../../electron/partoo/http-result.ts';
import { ConnectionError } from '../../../electron/partoo/error-causes.ts';
import { exchange } from '../../../electron/partoo/exchange.ts';
import { jsonAnswer, openFaultServer } from '../../support/fault-server.ts';
import type { FaultServer } from '../../support/fault-server.ts';
import { NOW } from '../../support/builders/partoo.ts';

let server: FaultServer | undefined;
let client: Client | undefined;
afterEach(async () => {
  await client?.destroy();
  await server?.close();
});

const never = new AbortController().signal;

const post = (over: Client, signal: AbortSignal): Promise<HttpResult> =>
  exchange(over, { path: '/', method: 'POST', body: '{}' }, () => NOW, signal);

// Windows detects a reset before anything else can happen.
test.skipIf(process.platform === 'win32')(
  '[row 17] a kept connection reset before it is reused proves that nothing was sent',
  async () => {
    // The system decides how soon it detects a reset; one of these tries falls between the reset and the next request.
    for (let tries = 0; tries < 50; tries += 1) {
      let reset = (): void => {};
      const stale = await openFaultServer({
        onRequest: (socket) => {
          reset = () => socket.resetAndDestroy();
          socket.write(jsonAnswer(200, {}, { connection: 'keep-alive' }));
        },
      });
      const keeping = new Client(`http://127.0.0.1:${stale.port}`);
      expect(await post(keeping, never)).toMatchObject({ kind: 'answered', status: 200 });
      reset();
      await new Promise(setImmediate);
      const again = await post(keeping, never);
      const requests = stale.requests().length;
      await keeping.destroy();
      await stale.close();
      if (again.kind !== 'not-started') continue;
      // The error code equals that of a request that was read and then reset (row 18): only the marker differs.
      expect(again).toEqual({ kind: 'not-started', cause: 'reset' });
      expect(requests).toBe(1);
      return;
    }
    throw new Error('no reset fell before a request');
  },
);

test('[row 18] the same error after the request was read proves nothing', async () => {
  server = await openFaultServer({ onRequest: (socket) => socket.resetAndDestroy() });
  client = new Client(`http://127.0.0.1:${server.port}`);
  expect(await post(client, never)).toEqual({ kind: 'unanswered', cause: 'reset' });
});

test('[row 316] a request that may not start any more when its connection is open is never written', async () => {
  server = await openFaultServer({ onRequest: (socket) => socket.write(jsonAnswer(200, {})) });
  client = new Client(`http://127.0.0.1:${server.port}`);
  const request = { path: '/', method: 'POST', body: '{}' } as const;
  const asked = exchange(
    client,
    request,
    () => NOW,
    never,
    () => false,
  );
  expect(await asked).toEqual({ kind: 'not-started', cause: 'timeout' });
  expect(server.requests()).toEqual([]);
});

test('a request cancelled before it began never begins', async () => {
  server = await openFaultServer({ onRequest: (socket) => socket.write(jsonAnswer(200, {})) });
  client = new Client(`http://127.0.0.1:${server.port}`);
  const over = new AbortController();
  const attempt = post(client, over.signal);
  over.abort(new ConnectionError('OVER_TIME'));
  expect(await attempt).toEqual({ kind: 'not-started', cause: 'timeout' });
  // The client connects; a second request shows when the first had its chance.
  expect(await post(client, never)).toMatchObject({ kind: 'answered', status: 200 });
  expect(server.requests()).toHaveLength(1);
});

test('a request cancelled before it is made opens no connection', async () => {
  server = await openFaultServer({});
  client = new Client(`http://127.0.0.1:${server.port}`);
  const over = AbortSignal.abort(new ConnectionError('CLOSED'));
  expect(await post(client, over)).toEqual({ kind: 'not-started', cause: 'local' });
  expect(server.connections()).toBe(0);
});

test('a request on a closed client is not sent', async () => {
  client = new Client('http://127.0.0.1:9');
  await client.destroy();
  expect(await post(client, never)).toEqual({ kind: 'not-started', cause: 'local' });
});
