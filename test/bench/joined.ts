import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountOf, formatCredentials } from '../../electron/sharing/credentials.ts';
import { formatSecret, makeSecret } from '../../electron/site/site-keys.ts';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { e164Schema } from '../../shared/phone/e164.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import {
  aClaim,
  aKey,
  createSiteDatabase,
  DESK_PASSWORD,
  type TestSiteDatabase,
} from '../support/postgres/site-database.ts';
import { unknownPhone } from './databases.ts';
import { ratioLine, valueLine, type Line } from './line.ts';
import { openLocalApp, type Joined } from './local-app.ts';
import { requestsEach } from './requests.ts';
import { timed } from './saving.ts';
import { quantile } from './statistics.ts';

const PER_RUN = 60;
/** By then a desk has done what follows a saved invitation at once. */
const AFTER_MS = 5;
const [HOTEL] = PRACTICE_BUSINESSES;

/** What a site database costs a desk: beside a desk alone, in the same run. */
export async function measureJoined(runs: number): Promise<readonly Line[]> {
  const db = await createSiteDatabase();
  try {
    return [
      valueLine({
        what: 'requests to Partoo per invitation at a joined desk, a customer every 4 minutes',
        unit: 'requests',
        ours: await requestsEach({
          everyMs: 4 * MINUTE_MS,
          checkWithPartoo: true,
          joined: await joinedTo(db, 'requests'),
        }),
        goal: 3,
      }),
      ...(await measureDesks(db, runs)),
      await measureClaims(db, runs),
    ];
  } finally {
    await db.close();
  }
}

async function joinedTo(db: TestSiteDatabase, name: string): Promise<Joined> {
  const address = {
    host: '127.0.0.1',
    port: db.server.port,
    database: db.name,
    user: 'deskbell_desk',
  };
  const { token } = await db.join(name);
  return {
    url: `postgresql://${address.user}@${address.host}:${address.port}/${address.database}`,
    account: accountOf(address),
    entry: formatCredentials({
      password: DESK_PASSWORD,
      secret: formatSecret(makeSecret()),
      token,
    }),
  };
}

/** Enter until the reply, joined beside alone; and the verdict that the last digit finds. */
async function measureDesks(db: TestSiteDatabase, runs: number): Promise<readonly Line[]> {
  const folders = await Promise.all(
    ['alone', 'joined'].map((name) => mkdtemp(join(tmpdir(), `deskbell-${name}-`))),
  );
  const [aloneIn = '', joinedIn = ''] = folders;
  const alone = await openLocalApp(aloneIn, { undoSeconds: 60 });
  const joined = await openLocalApp(
    joinedIn,
    { undoSeconds: 60 },
    undefined,
    await joinedTo(db, 'saving'),
  );
  try {
    const pairs = [];
    const verdicts: number[] = [];
    let nth = 0;
    for (let run = 0; run <= runs; run += 1) {
      const ours: number[] = [];
      const limit: number[] = [];
      for (let row = 0; row < PER_RUN; row += 1) {
        nth += 1;
        const phone = e164Schema.parse(`+33${unknownPhone(nth).slice(1)}`);
        const asked = { name: '', businessId: HOTEL.id, replaces: null };
        await joined.call('verdict.prefetch', { phones: [phone], ...asked });
        verdicts.push(await timed(() => joined.call('verdict.check', { phone, ...asked })));
        const saves = [
          async () => limit.push(await timed(() => alone.save(phone))),
          async () => ours.push(await timed(() => joined.save(phone))),
        ];
        // What a desk does after its reply would count for the other one, which is in the same process.
        for (const save of row % 2 === 0 ? saves : saves.toReversed()) {
          await sleep(AFTER_MS);
          await save();
        }
      }
      if (run > 0) pairs.push({ ours: quantile(ours, 0.5), limit: quantile(limit, 0.5) });
    }
    return [
      ratioLine({
        what: 'Enter → reply that it is saved, median, at a joined desk',
        unit: 'ms',
        limit: 'a desk alone',
        pairs,
        goal: 1.1,
      }),
      valueLine({
        what: 'last digit → verdict, p95, at a joined desk',
        unit: 'ms',
        ours: quantile(verdicts, 0.95),
        goal: 16,
      }),
    ];
  } finally {
    await alone.close();
    await joined.close();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
}

/** What 120 desks send in two months: more than the database keeps for them. */
const SENDS = 450_000;

/** A claim beside an empty round trip, in a database with many SMS. */
async function measureClaims(db: TestSiteDatabase, runs: number): Promise<Line> {
  const desk = await db.join('claims');
  // Each claim takes a turn: 250 a minute would end the measurement.
  await db.admin.query('update deskbell.rate set per_minute = 1000000');
  await db.admin.query(
    `with made as (
       insert into deskbell.number (number_key) select gen_random_uuid() from generate_series(1, $1::int) returning number_key
     )
     insert into deskbell.send (invitation, number_key, desk_id, business, state, sent_at)
     select gen_random_uuid(), number_key, $2, $3, 'sent', $4 - (random() * 864e6)::bigint from made`,
    [SENDS, desk.id, HOTEL.id, Date.now()],
  );
  await db.admin.query('analyze');
  const pairs = [];
  for (let run = 0; run <= runs; run += 1) {
    const ours: number[] = [];
    const limit: number[] = [];
    for (let row = 0; row < PER_RUN; row += 1) {
      limit.push(await timed(() => desk.client.query('select 1')));
      ours.push(await timed(() => desk.call('claim', ...aClaim(aKey()))));
    }
    if (run > 0) pairs.push({ ours: quantile(ours, 0.5), limit: quantile(limit, 0.5) });
  }
  return ratioLine({
    what: `claim of an SMS at a site database with ${SENDS.toLocaleString('en')} SMS, median`,
    unit: 'ms',
    limit: 'select 1',
    pairs,
    goal: 10,
  });
}
