import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'undici';
import { createCourier } from '../../electron/outbox/courier.ts';
import { createCorrectedClock } from '../../electron/outbox/corrected-clock.ts';
import { systemClock } from '../../electron/os/system-clock.ts';
import { openPartoo } from '../../electron/partoo/open-partoo.ts';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { openSimulator, type Simulator } from '../../electron/practice/simulator.ts';
import { openStore } from '../../electron/store/file/open-store.ts';
import { classifyStorageError } from '../../electron/store/file/storage-errors.ts';
import { e164Schema } from '../../shared/phone/e164.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { ratioLine, type Line } from './line.ts';
import { unknownPhone } from './databases.ts';

const WAITING = 500;
const [HOTEL] = PRACTICE_BUSINESSES;

/** How long 500 waiting invitations take to be sent without any limit. */
export async function measureFlushing(runs: number): Promise<readonly Line[]> {
  const bare = [];
  const backupService = [];
  for (let run = 0; run <= runs; run += 1) {
    const posts = await timedWithVendor((place) => postInALoop(place, 'kept-connection'));
    const safePosts = await timedWithVendor((place) => postInALoop(place, 'at-most-once'));
    const ours = await timedWithVendor(flushOnce);
    if (run === 0) continue;
    bare.push({ ours, limit: posts });
    backupService.push({ ours, limit: safePosts });
  }
  const what = `flush of ${WAITING} waiting invitations, no rate limit`;
  return [
    ratioLine({
      what,
      unit: 'ms',
      limit: 'a bare POST and one durable UPDATE each',
      pairs: bare,
      goal: 1.5,
    }),
    ratioLine({
      what: 'the same, against the commits of at-most-once',
      unit: 'ms',
      limit: 'a durable UPDATE before and after each, and a connection for each',
      pairs: backupService,
      goal: null,
    }),
  ];
}

type Place = { readonly vendor: Simulator; readonly folder: string };

async function timedWithVendor(work: (place: Place) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-flush-'));
  const vendor = await openSimulator({
    clock: systemClock,
    rules: { requestsPerMinute: Number.POSITIVE_INFINITY },
  });
  try {
    return await work({ vendor, folder });
  } finally {
    await vendor.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const phoneOf = (nth: number): string => `+33${unknownPhone(nth).slice(1)}`;

/**
 * The minimum, without a check of the row and without an index. `kept-connection` writes only the answer and keeps one
 * connection open; `at-most-once` also does what prevents a second SMS.
 */
async function postInALoop(
  { vendor, folder }: Place,
  how: 'kept-connection' | 'at-most-once',
): Promise<number> {
  const db = new Database(join(folder, 'raw.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE invitation (nth INTEGER PRIMARY KEY, phone TEXT, partoo_id TEXT)');
  const insert = db.prepare('INSERT INTO invitation VALUES (?, ?, NULL)');
  db.transaction(() => {
    for (let nth = 0; nth < WAITING; nth += 1) insert.run(nth, phoneOf(nth));
  })();
  const update = db.prepare('UPDATE invitation SET partoo_id = ? WHERE nth = ?');
  const isSafe = how === 'at-most-once';
  const kept = new Client(vendor.apiUrl.origin);
  const startedMs = performance.now();
  for (let nth = 0; nth < WAITING; nth += 1) {
    if (isSafe) update.run('begun', nth);
    const client = isSafe ? new Client(vendor.apiUrl.origin) : kept;
    const { statusCode, body } = await client.request({
      method: 'POST',
      reset: isSafe,
      path: '/v2/review_booster/send_invitation',
      headers: { 'content-type': 'application/json', 'x-APIKey': vendor.key },
      body: JSON.stringify({ business_id: HOTEL.id, target_phone: phoneOf(nth), force: 'False' }),
    });
    if (statusCode !== 200) throw new Error(`The vendor answers ${statusCode}`);
    update.run(JSON.stringify(await body.json()), nth);
    if (isSafe) await client.destroy();
  }
  const tookMs = performance.now() - startedMs;
  await kept.close();
  db.close();
  return tookMs;
}

/** The real courier with a real database and the real client. */
async function flushOnce({ vendor, folder }: Place): Promise<number> {
  const opening = openStore({
    path: join(folder, 'deskbell.db'),
    now: systemClock.now,
    onBadRow: () => {
      throw new Error('a row cannot be read');
    },
  });
  if (opening.kind !== 'open') throw new Error(`The database does not open: ${opening.why}`);
  const { store } = opening;
  const now = systemClock.now();
  for (let nth = 0; nth < WAITING; nth += 1) store.insertInvitation(waitingRow(nth, now));
  const partoo = openPartoo({
    apiUrl: vendor.apiUrl,
    version: '0.0.0',
    readKey: async () => ({ kind: 'key', key: vendor.key }),
    proxyFor: async () => 'DIRECT',
    certificates: undefined,
    clock: systemClock,
  });
  const tookMs = await new Promise<number>((resolve, reject) => {
    let accepted = 0;
    const startedMs = performance.now();
    const courier = createCourier({
      clock: createCorrectedClock({
        clock: systemClock,
        highestSeenAt: undefined,
        keepHighest: store.keepHighestInstant,
      }),
      rateLimiter: { take: () => ({ taken: true }) },
      pause: { leftMs: () => 0, begin: () => {} },
      random: Math.random,
      store,
      partoo,
      settings: () => ({ ...DEFAULT_SETTINGS, sendingHours: null }),
      isHoliday: () => false,
      belongsHere: async () => true,
      onInvitation: ({ progress }) => {
        if (progress.state === 'accepted' && progress.delivery === null) accepted += 1;
        if (accepted < WAITING) return;
        const ms = performance.now() - startedMs;
        void courier.stop().then(() => resolve(ms));
      },
      onConnection: () => {},
      reportBug: (error) => {
        reject(new Error('The courier stopped at a bug', { cause: error }));
        return 'bench';
      },
      classifyStorageError,
    });
    courier.wake('person');
  });
  await partoo.close();
  store.close();
  return tookMs;
}

function waitingRow(nth: number, now: number) {
  return {
    invitation: {
      id: randomUUID(),
      businessId: HOTEL.id,
      phone: e164Schema.parse(phoneOf(nth)),
      name: '',
      content: null,
      staff: null,
      consentAt: null,
      consentBy: null,
      forceReason: null,
      queuedAt: now,
      replaces: null,
      mayHaveLeft: false,
      refusalStatus: null,
      progress: { state: 'waiting', at: now, dueAt: now },
    },
    token: randomUUID(),
    attempts: 0,
    unclearAttempts: 0,
    unclearSince: null,
    lastAttemptAt: null,
    promisedAt: now,
    seenSentAt: null,
    seenBusinessId: null,
    sentAt: null,
    onlyByPerson: false,
  } as const;
}
