import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type ConnectionParts } from '../../../electron/site/connect.ts';
import { openSiteDatabase, type SiteDatabase } from '../../../electron/site/site-database.ts';
import { deriveSiteKeys } from '../../../electron/site/site-keys.ts';
import { systemClock } from '../../../electron/os/system-clock.ts';
import { createTrust } from '../../../electron/partoo/certificates.ts';
import { SECOND_MS } from '../../../shared/time.ts';
import { aPhone } from '../../support/builders/row.ts';
import { TEST_AUTHORITY } from '../../support/fault-server.ts';
import { findPgBouncer, startPgBouncer, type PgBouncer } from '../../support/postgres/pgbouncer.ts';
import {
  createSiteDatabase,
  DESK_PASSWORD,
  type TestSiteDatabase,
} from '../../support/postgres/site-database.ts';

const program = findPgBouncer() ?? '';
const DESKS = 12;
const POOL = 2;

/** Never late, however slow the machine. */
const clock = { ...systemClock, elapsedMs: () => 0, after: () => () => {} };
const keys = deriveSiteKeys(Buffer.alloc(32, 7));

// PgBouncer is a package of the system and no dependency: docs/site-database.md says where this test runs.
describe.runIf(program !== '')('behind PgBouncer, with transaction pooling and TLS', () => {
  let db: TestSiteDatabase;
  let bouncer: PgBouncer;
  let connection: Omit<ConnectionParts, 'withinMs'>;
  const opened: SiteDatabase[] = [];
  beforeAll(async () => {
    db = await createSiteDatabase();
    const { rows } = await db.admin.query<{ verifier: string }>(
      "select rolpassword as verifier from pg_authid where rolname = 'deskbell_desk'",
    );
    bouncer = await startPgBouncer({
      program,
      serverPort: db.server.port,
      database: db.name,
      user: 'deskbell_desk',
      verifier: rows[0]?.verifier ?? '',
      poolSize: POOL,
    });
    connection = {
      address: {
        host: 'localhost',
        port: bouncer.port,
        database: db.name,
        user: 'deskbell_desk',
      },
      password: DESK_PASSWORD,
      trust: createTrust([TEST_AUTHORITY]),
      resolve: async () => ({ kind: 'addresses', addresses: ['127.0.0.1'] }),
      clock,
    };
  });
  afterAll(async () => {
    for (const one of opened) one.close();
    await bouncer.remove();
    await db.close();
  });

  async function aDesk(name: string): Promise<SiteDatabase> {
    const { token } = await db.join(name);
    const desk = openSiteDatabase({
      connection,
      token,
      keys,
      hintBits: () => 24,
      version: '0.2.0',
      clock,
    });
    opened.push(desk);
    return desk;
  }

  test('many desks claim one number at once, on two connections to the server', async () => {
    const desks: SiteDatabase[] = [];
    for (let at = 0; at < DESKS; at += 1) desks.push(await aDesk(`Desk ${at}`));
    const now = Date.now();
    const wanted = { phone: aPhone(1), business: 'b1', now, queuedAt: now, staff: null };
    const replies = await Promise.all(
      desks.map((desk) =>
        desk.claim({
          ...wanted,
          invitation: randomUUID(),
          claim: 1,
          forced: false,
          seen: null,
          looked: false,
        }),
      ),
    );
    const answers = replies.map((reply) =>
      reply.kind === 'answer' ? reply.answer.is : reply.fault,
    );
    expect(answers.toSorted()).toEqual([
      ...Array.from({ length: DESKS - 1 }, () => 'busy'),
      'granted',
    ]);
    const { rows } = await db.admin.query<{ count: number }>(
      `select count(*)::int from pg_stat_activity
       where datname = $1 and usename = 'deskbell_desk' and application_name = 'Deskbell'`,
      [db.name],
    );
    expect(rows[0]?.count).toBeLessThanOrEqual(POOL);
  });

  test('a setting of one session does not reach the next desk on the same connection', async () => {
    const withinMs = 60 * SECOND_MS;
    const first = await connect({ ...connection, withinMs });
    if (first.kind === 'failed') throw new Error(first.fault);
    for (let time = 0; time < POOL; time += 1)
      expect(
        await first.connection.query('set default_transaction_read_only = on', [], withinMs),
      ).toMatchObject({ kind: 'rows' });
    first.connection.close();
    const desk = await aDesk('Desk after');
    const now = Date.now();
    for (let time = 0; time < POOL; time += 1)
      expect(
        await desk.hello({
          now,
          epoch: 1,
          pushed: 0,
          pulled: 0,
          waiting: 0,
          oldestWaitingAt: null,
        }),
      ).toMatchObject({ kind: 'answer' });
  });
});
