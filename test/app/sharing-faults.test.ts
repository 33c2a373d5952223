import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { configWith, valueOf } from '../support/app.ts';
import { createSiteDatabase, type TestSiteDatabase } from '../support/postgres/site-database.ts';
import { openJoinedDesk, type JoinedDesk } from '../support/joined-desk.ts';

let db: TestSiteDatabase;
beforeAll(async () => {
  db = await createSiteDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.admin.query('truncate deskbell.send, deskbell.open_invitation, deskbell.rate_second');
  await db.admin.query('update deskbell.desk set revoked_at = now() where revoked_at is null');
});

/** Lets a desk leave the site database and join it again, as the guide says after some faults. */
async function joinAgain(desk: JoinedDesk): Promise<number> {
  const { id, token } = await db.join('Desk 1');
  const entry = Object.entries(desk.keychain.held()).find(([account]) =>
    account.startsWith('site database'),
  );
  const [account, credentials] = entry ?? ['', '{}'];
  const next = { ...JSON.parse(credentials), token: token.toString('base64url') };
  await desk.keychain.port.setPassword('deskbell', account, JSON.stringify(next));
  await desk.restart();
  return id;
}

test('[row 291] an invitation that waited while its desk left and joined again is sent', async () => {
  const desk = await openJoinedDesk(db, 'Desk 1');
  await desk.clock.advance(2 * SECOND_MS);
  await desk.vendor.refuseConnections();
  await desk.invite(1);
  await desk.clock.advance(10 * SECOND_MS);
  const open = await db.admin.query('select state from deskbell.open_invitation');
  expect(open.rows).toEqual([{ state: 'waiting' }]);
  await joinAgain(desk);
  await desk.vendor.acceptConnections();
  await desk.clock.advance(2 * MINUTE_MS);
  expect(await desk.states()).toEqual(['accepted']);
});

test('[row 330] an invitation that waited while its desk left and joined again is listed once, at the new desk', async () => {
  const desk = await openJoinedDesk(db, 'Desk 1');
  const other = await openJoinedDesk(db, 'Desk 2', { beside: desk });
  await desk.clock.advance(2 * SECOND_MS);
  await desk.vendor.refuseConnections();
  const { id } = await desk.invite(3);
  await desk.clock.advance(10 * SECOND_MS);
  const joined = await joinAgain(desk);
  await desk.clock.advance(10 * SECOND_MS);
  const open = await db.admin.query('select invitation, desk_id from deskbell.open_invitation');
  expect(open.rows).toEqual([{ invitation: id, desk_id: joined }]);
  await desk.vendor.acceptConnections();
  await desk.clock.advance(2 * MINUTE_MS);
  expect(await desk.states()).toEqual(['accepted']);
  expect((await db.admin.query('select from deskbell.open_invitation')).rows).toEqual([]);
  expect(valueOf(await other.call('otherDesks.readStatus', {}))).toEqual({ kind: 'connected' });
});

test('[row 294] a desk whose claims alone have no answer sends after a search', async () => {
  const role = `alter role deskbell_desk in database ${db.name}`;
  await db.admin.query(`${role} set lock_timeout = '50ms'`);
  const desk = await openJoinedDesk(db, 'Desk 1');
  await desk.clock.advance(2 * SECOND_MS);
  const holder = await db.server.connect(db.name);
  await holder.query('begin');
  await holder.query('select from deskbell.rate for update');
  await desk.invite(2);
  await desk.clock.advance(2 * MINUTE_MS);
  expect(await desk.states()).toEqual(['accepted']);
  const status = valueOf(await desk.call('otherDesks.readStatus', {}));
  expect(status).toMatchObject({ kind: 'apart', cause: 'overloaded' });
  await holder.query('rollback');
  await holder.end();
  await db.admin.query(`${role} set lock_timeout = 0`);
  await desk.clock.advance(6 * MINUTE_MS);
  expect(valueOf(await desk.call('otherDesks.readStatus', {}))).toEqual({ kind: 'connected' });
});

test('[row 298] a desk that leaves starts on a full disk', async () => {
  const desk = await openJoinedDesk(db, 'Desk 1', {
    wrapStore: (store) => ({
      ...store,
      endSharing: () => {
        throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
      },
    }),
  });
  await desk.clock.advance(2 * SECOND_MS);
  desk.writeConfig(configWith(desk.vendor.apiUrl.href, {}));
  await desk.restart();
  expect(valueOf(await desk.call('otherDesks.readStatus', {}))).toEqual({ kind: 'alone' });
});

test('[row 298] a desk on a full disk shares again when there is room, and reports no bug', async () => {
  let isFull = false;
  const desk = await openJoinedDesk(db, 'Desk 1', {
    wrapStore: (store) => ({
      ...store,
      keepTerms: (terms) => {
        if (isFull) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
        store.keepTerms(terms);
      },
    }),
  });
  isFull = true;
  await desk.clock.advance(10 * MINUTE_MS);
  expect(desk.takeBugs()).toEqual([]);
  isFull = false;
  const { phone } = desk.draft(3);
  valueOf(await desk.call('doNotContact.optOut', { phone, staff: null }));
  await desk.clock.advance(2 * MINUTE_MS);
  const { rows } = await db.admin.query('select 1 from deskbell.refusal');
  expect(rows).toHaveLength(1);
});
