import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Simulator } from '../../electron/practice/simulator.ts';

const SEND = '/review_booster/send_invitation';

/** A Partoo that looks and then sends: two requests for one number at the same moment may both send. */
export type TwoStepPartoo = { readonly apiUrl: URL; readonly close: () => Promise<void> };

const bodySchema = z.looseObject({ target_phone: z.string() });

/**
 * Puts a server before the simulator, which looks and sends in one step: this one looks for an earlier SMS, waits, and then makes
 * the simulator send without a look.
 */
export async function openTwoStepPartoo(
  simulator: Pick<Simulator, 'apiUrl' | 'sms'>,
  waitMs: () => number,
): Promise<TwoStepPartoo> {
  const { apiUrl } = simulator;

  const look = async (received: string): Promise<string> => {
    const wanted = bodySchema.parse(JSON.parse(received));
    if (simulator.sms().some(({ phone }) => phone === wanted.target_phone)) return received;
    await pause(waitMs());
    return JSON.stringify({ ...wanted, force: 'True' });
  };
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await text(incoming);
    const body = incoming.url?.endsWith(SEND) === true ? await look(received) : received;
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
    const onwards = request({
      host: apiUrl.hostname,
      port: apiUrl.port,
      path: incoming.url,
      method: incoming.method,
      headers: { ...incoming.headers, ...length, host: apiUrl.host },
    });
    // A fault of the simulator: the connection to the desk breaks too.
    onwards.on('error', () => response.socket?.resetAndDestroy());
    onwards.on('response', (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    response.on('close', () => onwards.destroy());
    onwards.end(body);
  };

  const server = createServer((incoming, response) => {
    // A request that breaks off, or that cannot be read.
    answer(incoming, response).catch(() => response.socket?.resetAndDestroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP port');
  return {
    apiUrl: new URL(apiUrl.pathname, `http://127.0.0.1:${address.port}`),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
