import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../../shared/time.ts';
import { createFakeClock, ticks } from '../support/clock.ts';
import { valueLine, type Line } from './line.ts';
import { openLocalApp } from './local-app.ts';
import { handlesOf } from './processes.ts';
import { unknownPhone } from './databases.ts';
import { slope } from './statistics.ts';

const SAMPLES = 20;
const MEGABYTE = 1024 * 1024;

/** The growth of a desk that is never restarted: memory and handles during so many invitations. */
export async function measureSoak(
  invitations: number,
  say: (line: string) => void,
): Promise<readonly Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-soak-'));
  const clock = createFakeClock(Date.now());
  const vendor = await openForgetfulVendor(clock);
  const local = await openLocalApp(
    folder,
    { apiUrl: vendor.apiUrl, undoSeconds: 0, checkWithPartoo: false },
    { clock },
  );
  try {
    const memory: number[] = [];
    const handles: number[] = [];
    const perSample = invitations / SAMPLES;
    for (let nth = 0; nth < invitations; nth += 1) {
      await local.save(`+33${unknownPhone(nth).slice(1)}`);
      for (let turn = 0; local.app.deskStatus()?.waiting !== 0; turn += 1) {
        // The rate limiter makes some wait; the clock advances only when nothing else happens.
        if (turn % 20 === 19) await clock.advance(1_000);
        await ticks();
      }
      if ((nth + 1) % perSample !== 0) continue;
      memory.push(usedMegabytes());
      handles.push(handlesOf(process.pid));
      say(`${nth + 1} invitations: ${memory.at(-1)?.toFixed(2)} MB, ${handles.at(-1)} handles`);
    }
    // The first quarter fills bounded caches.
    const settled = memory.slice(SAMPLES / 4);
    return [
      valueLine({
        what: `memory growth per 1,000 invitations, over ${invitations.toLocaleString('en')}`,
        unit: 'MB',
        ours: (slope(settled) * 1_000) / perSample,
        goal: 0.02,
      }),
      valueLine({
        what: 'open handles gained',
        unit: '',
        ours: (handles.at(-1) ?? 0) - (handles.at(SAMPLES / 4) ?? 0),
        goal: 0,
      }),
    ];
  } finally {
    await local.close();
    await vendor.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function usedMegabytes(): number {
  setFlagsFromString('--expose-gc');
  for (let turn = 0; turn < 3; turn += 1) runInNewContext('gc()');
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MEGABYTE;
}

/** A vendor without memory, so that its growth is not measured. */
async function openForgetfulVendor(clock: Clock) {
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      // Its clock follows that of the desk, which would otherwise be corrected again and again.
      response.setHeader('date', new Date(clock.now()).toUTCString());
      response.end(JSON.stringify(answerTo(request.url ?? '')));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // oxlint-disable-next-line typescript/consistent-type-assertions -- a server that listens on a port has such an address
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/v2`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
      }),
  };
}

function answerTo(url: string): object {
  if (url.includes('/send_invitation')) return { invitation_id: randomUUID(), status: 'success' };
  if (url.includes('/invitation_status')) return { invitation_id: 'any', status: 'DELIVERED' };
  if (url.includes('/search-invitation')) return { count: 0, review_invitations: [] };
  return { id: 1, first_name: 'Marie', last_name: 'Dupont', role: 'ORG_ADMIN' };
}
