import { randomUUID } from 'node:crypto';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type PostgresServer } from '../../../support/postgres/server.ts';
import {
  aClaim,
  aHello,
  aKey,
  aPush,
  callFunction,
  createSiteDatabase,
  type TestDesk,
  type TestSiteDatabase,
} from '../../../support/postgres/site-database.ts';

let server: PostgresServer;
let db: TestSiteDatabase;
let lea: TestDesk;
let paul: TestDesk;
beforeAll(async () => {
  server = await startPostgres({ isDurable: true });
  db = await createSiteDatabase(server);
  lea = await db.join('Desk 1');
  paul = await db.join('Desk 2');
  await say(lea, 'hello', ...aHello());
  await say(paul, 'hello', ...aHello());
});
afterAll(() => server.remove());

/** Calls a function on a new connection: the server was restarted. */
async function say(desk: TestDesk, name: string, ...values: readonly unknown[]): Promise<unknown> {
  const client = await db.connect();
  try {
    return await callFunction(client, name, [desk.token, ...values]);
  } finally {
    await client.end();
  }
}

async function query(sql: string): Promise<void> {
  const admin = await server.connect(db.name);
  await admin.query(sql);
  await admin.end();
}

const claim = (desk: TestDesk, key: string, looked = false) =>
  say(desk, 'claim', ...aClaim(key, { looked }));

test('[row 281] a granted claim survives a crash of the server', async () => {
  const key = aKey();
  expect(await claim(lea, key)).toMatchObject({ is: 'granted' });
  await server.stop('crash');
  await server.start();
  expect(await claim(paul, key, true)).toMatchObject({ is: 'busy' });
});

test('[row 281] after a restart claims need a look until every desk has had the time to say hello', async () => {
  await query("update deskbell.site_database set settle_ms = 60000, known_start = '-infinity'");
  expect(await say(lea, 'hello', ...aHello())).toMatchObject({ settled: false });
  expect(await claim(paul, aKey())).toEqual({ is: 'look' });
  expect(await claim(paul, aKey(), true)).toMatchObject({ is: 'granted' });
  await query('update deskbell.site_database set settled_at = now()');
  expect(await claim(paul, aKey())).toMatchObject({ is: 'granted' });
  await server.stop('clean');
  await server.start();
  expect(await claim(paul, aKey())).toEqual({ is: 'look' });
});

test('[row 285] a server restored to an older state is detected before it grants a lost claim again', async () => {
  await query('update deskbell.site_database set settle_ms = 60000, settled_at = now()');
  const data = join(server.folder, 'data');
  const backup = join(server.folder, 'backup');
  await server.stop('clean');
  await cp(data, backup, { recursive: true, preserveTimestamps: true });
  await server.start();
  await query('update deskbell.site_database set settled_at = now()');

  const [invited, refused, invitation] = [aKey(), aKey(), randomUUID()];
  const now = Date.now();
  await say(lea, 'claim', ...aClaim(invited, { invitation, looked: true }));
  await say(lea, 'settle', invitation, 1, now, true, null);
  await say(lea, 'refuse', refused, now, 1);
  await say(lea, 'push', ...aPush(1));

  await server.stop('clean');
  await rm(data, { recursive: true });
  await cp(backup, data, { recursive: true, preserveTimestamps: true });
  const owner = process.getuid?.() === 0 ? 65_534 : undefined;
  if (owner !== undefined) await giveTo(owner, data);
  await server.start();

  // The minute before any desk has noticed.
  expect(await claim(paul, invited)).toEqual({ is: 'look' });
  const noticed = await say(lea, 'hello', ...aHello({ pushed: 1, pulled: 1 }));
  expect(noticed).toMatchObject({ epoch: 2, whole: false, pushed: 0 });
  await query('update deskbell.site_database set settled_at = now()');
  expect(await claim(paul, invited)).toEqual({ is: 'look' });

  const sends = [
    { id: invitation, key: invited, business: 'b', proved: true, sentAt: now, queuedAt: now - 1 },
  ];
  const refusals = [{ key: refused, since: now, hint: 1 }];
  await say(lea, 'push', ...aPush(1, { sends, refusals }));
  await say(lea, 'hello', ...aHello({ epoch: 2, pushed: 1 }));
  expect(await say(paul, 'hello', ...aHello({ epoch: 2 }))).toMatchObject({ whole: true });
  expect(await claim(paul, invited)).toMatchObject({ is: 'window', sentAt: now });
  expect(await claim(paul, refused)).toMatchObject({ is: 'refused' });
});

test('[row 277] a standby grants nothing, and claims need a look once it has become the primary', async () => {
  await server.stop('clean');
  await writeFile(join(server.folder, 'data/standby.signal'), '');
  await server.start();
  for (const [name, ...values] of [
    ['claim', ...aClaim(aKey())],
    ['hello', ...aHello({ epoch: 2 })],
    ['refuse', aKey(), 1, 1],
  ] as const)
    await expect(say(lea, name, ...values)).rejects.toMatchObject({ code: '25006' });
  await query('select pg_promote()');
  expect(await claim(lea, aKey())).toEqual({ is: 'look' });
});

async function giveTo(owner: number, folder: string): Promise<void> {
  const { execFileSync } = await import('node:child_process');
  execFileSync('chown', ['-R', `${owner}:${owner}`, folder]);
}

// Last: the functions that use the table are gone after it.
test('[row 315] a dump that is restored beside a running server is as old as the dump', async () => {
  await query('update deskbell.site_database set settle_ms = 60000, settled_at = now()');
  expect(await claim(paul, aKey())).toMatchObject({ is: 'granted' });
  // What a restore of a dump does: other tables with the same content.
  await query('create table deskbell.restored (like deskbell.send including all)');
  await query('insert into deskbell.restored select * from deskbell.send');
  await query('drop table deskbell.send cascade');
  await query('alter table deskbell.restored rename to send');
  expect(await say(lea, 'hello', ...aHello())).toMatchObject({ settled: false });
});
