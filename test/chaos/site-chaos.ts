import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../electron/os/system-clock.ts';
import { openSimulator } from '../../electron/practice/simulator.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { VENDOR_KEY } from '../support/app.ts';
import { e164Schema } from '../../shared/phone/e164.ts';
import { startPostgres, type PostgresServer } from '../support/postgres/server.ts';
import { createSiteDatabase, type TestSiteDatabase } from '../support/postgres/site-database.ts';
import { seeded } from '../support/seeded-random.ts';
import { createChaosDesk, type ChaosDesk, type Grant } from './chaos-desk.ts';
import { between, failEverywhere } from './fail-everywhere.ts';
import {
  findBreaches,
  mostInAMinute,
  readRows,
  type Breach,
  type SiteSend,
} from './site-breaches.ts';
import { openTwoStepPartoo } from './two-step-partoo.ts';

export type SiteChaosOptions = {
  readonly desks: number;
  /** How often PostgreSQL is killed. */
  readonly kills: number;
  /** How long numbers are typed and everything fails. */
  readonly seconds: number;
  /** `two`: Partoo looks and then sends, and desks that are apart wait. */
  readonly partoo: 'one-step' | 'two-steps';
  /** The same seed makes the same choices; their effect differs with the machine. */
  readonly seed: number;
  readonly say: (line: string) => void;
};

export type SiteChaosReport = {
  readonly counts: Readonly<Record<string, number>>;
  readonly breaches: readonly Breach[];
};

/** Nothing is lost here, so that a server that has started counts as settled soon: both kinds of claims are played. */
const SETTLED_AFTER_MS = 4 * SECOND_MS;
const POLL_MS = 5 * SECOND_MS;
/** How long nothing happens before the end. */
const QUIET_MS = 10 * SECOND_MS;
/** A claim of a desk that died is in flight for three minutes; then the rows that wait for it are due. */
const SETTLING_MS = 6 * MINUTE_MS;
const CONNECTING_MS = 3 * MINUTE_MS;
const CHECK_MS = 200;

/**
 * Types few numbers at many desks that share a site database. Their connections fail, they die, Partoo fails, and PostgreSQL is
 * killed; then it compares what the desks have promised, what they and the site database know, and what Partoo has sent.
 */
export async function createSiteChaos(options: SiteChaosOptions): Promise<SiteChaosReport> {
  const { desks: count, seed } = options;
  const random = seeded(seed);
  const server = await startPostgres({});
  const rates = { perMinute: 5 * Math.max(50, count), reserve: 10 * Math.max(10, count) };
  const vendor = await openSimulator({
    clock: systemClock,
    key: VENDOR_KEY,
    rules: { requestsPerMinute: rates.perMinute + rates.reserve },
  });
  const isTwoSteps = options.partoo === 'two-steps';
  const twoSteps = isTwoSteps
    ? await openTwoStepPartoo(vendor, () => between(random, 5, 60))
    : undefined;
  const desks: ChaosDesk[] = [];
  const grants: Grant[] = [];
  try {
    const db = await createSiteDatabase(server);
    await configure(db, { ...rates, whenApart: isTwoSteps ? 'wait' : 'look' });
    for (let nth = 1; nth <= count; nth += 1) {
      const desk = await createChaosDesk({
        db,
        name: `Desk ${nth}`,
        apiUrl: (twoSteps ?? vendor).apiUrl,
        random: seeded(seed + nth),
        onGrant: (grant) => void grants.push(grant),
      });
      desks.push(desk);
      await desk.boot();
    }
    await db.admin.end();
    await until(desks, isConnected, CONNECTING_MS);
    options.say(`${count} desks are connected.`);
    const events = await failEverywhere({ ...options, desks, server, vendor });
    options.say('Everything works again.');
    await until(desks, isConnected, CONNECTING_MS);
    await until(desks, hasSettled, SETTLING_MS);
    await pause(QUIET_MS);
    const apart = await until(desks, isConnected, CONNECTING_MS);
    for (const desk of desks) await desk.quit();

    const rows = desks.flatMap(({ databaseFile }) => readRows(databaseFile));
    const sms = vendor.sms().map(({ phone }) => e164Schema.parse(phone));
    const found = findBreaches({
      promised: desks.flatMap((desk) => desk.promised()),
      rows,
      sms,
      atSite: await readSiteSends(server, db.name),
      grants,
      perMinute: rates.perMinute,
      bugs: desks.flatMap((desk) => desk.bugs()),
    });
    const breaches = [
      ...found,
      ...apart.map(({ name }): Breach => ({ kind: 'apart', about: name })),
    ];
    // Only a desk that is apart can take another desk's SMS for its own that is in doubt (findOurs).
    const proofs = rows.filter(({ state }) => state === 'accepted').map(({ partooId }) => partooId);
    const inState = (state: string): number => rows.filter((row) => row.state === state).length;
    return {
      counts: {
        seed,
        ...events,
        invitations: rows.length,
        numbers: new Set(rows.map(({ phone }) => phone)).size,
        sms: sms.length,
        accepted: inState('accepted'),
        undecided: inState('needs_decision'),
        unconfirmed: inState('unconfirmed'),
        proofsOfTwo: proofs.length - new Set(proofs).size,
        grants: grants.length,
        mostInAMinute: mostInAMinute(grants),
        perMinute: rates.perMinute,
        breaches: breaches.length,
      },
      breaches,
    };
  } finally {
    for (const desk of desks) {
      // After an error it still runs.
      desk.die();
      await desk.remove();
    }
    await twoSteps?.close();
    await vendor.close();
    await server.remove();
  }
}

async function readSiteSends(server: PostgresServer, name: string): Promise<readonly SiteSend[]> {
  const site = await server.connect(name);
  const { rows } = await site.query<SiteSend>(
    `select number_key as key, case state when 'sent' then partoo_id end as "partooId" from deskbell.send`,
  );
  await site.end();
  return rows;
}

async function configure(
  db: TestSiteDatabase,
  terms: { readonly perMinute: number; readonly reserve: number; readonly whenApart: string },
): Promise<void> {
  const { perMinute, reserve, whenApart } = terms;
  await db.admin.query(
    'select deskbell_admin.configure(per_minute => $1, reserve_per_minute => $2, when_apart => $3, poll_ms => $4)',
    [perMinute, reserve, whenApart, POLL_MS],
  );
  await db.admin.query('update deskbell.site_database set settle_ms = $1', [SETTLED_AFTER_MS]);
  // The real limits of a call, which the tests of this database do not have.
  for (const limit of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'])
    await db.admin.query(`alter role deskbell_desk in database ${db.name} reset ${limit}`);
}

/** Waits until this holds at every desk; resolves to the desks where it does not in this time. */
async function until(
  desks: readonly ChaosDesk[],
  holds: (desk: ChaosDesk) => Promise<boolean>,
  withinMs: number,
): Promise<readonly ChaosDesk[]> {
  const endMs = performance.now() + withinMs;
  let left = desks;
  for (;;) {
    const answers = await Promise.all(left.map(holds));
    left = left.filter((_, at) => answers[at] !== true);
    if (left.length === 0 || performance.now() > endMs) return left;
    await pause(CHECK_MS);
  }
}

const isConnected = async (desk: ChaosDesk): Promise<boolean> =>
  (await desk.status()).kind === 'connected';

/** Whether nothing is sent any more by itself. Unconfirmed ones are searched for ten minutes and longer. */
const hasSettled = async (desk: ChaosDesk): Promise<boolean> =>
  (await desk.openStates()).every((state) => state === 'unconfirmed' || state === 'needs_decision');
