import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

let db: TestSiteDatabase;
let lea: TestDesk;
let paul: TestDesk;
beforeAll(async () => {
  db = await createSiteDatabase();
  lea = await db.join('Desk 1');
  paul = await db.join('Desk 2');
});
afterAll(() => db.close());

const calls: ReadonlyMap<string, () => readonly unknown[]> = new Map([
  ['hello', () => aHello()],
  ['look', () => [[aKey()]]],
  ['claim', () => aClaim(aKey())],
  ['settle', () => [aKey(), 1, null, false, null]],
  ['attribute_sms', () => [aKey(), ['p1']]],
  ['turns', () => ['send', 1]],
  ['pause', () => [1]],
  ['refuse', () => [aKey(), 1, 1]],
  ['refuse_undo', () => [aKey()]],
  ['erase', () => [aKey(), Date.now(), false]],
  ['erasure_progress', () => [[1]]],
  ['pull', () => [0]],
  ['push', () => aPush(1)],
  ['take_over', () => [aKey()]],
  ['report_site', () => []],
  ['report_org', () => []],
  ['settings', () => []],
  ['change_staff', () => [[], [], true]],
  ['end_shared_staff', () => []],
  ['rename_desk', () => [1, 'Desk']],
  ['remove_desk', () => [1]],
]);

describe('a call under another isolation level than read committed', () => {
  test.each(['repeatable read', 'serializable', 'read uncommitted'])(
    '(%s) is refused by every function',
    async (level) => {
      const { rows } = await db.admin.query<{ name: string }>(
        "select proname as name from pg_proc where pronamespace = 'deskbell_v1'::regnamespace and proname <> 'enrol'",
      );
      expect(new Set(calls.keys())).toEqual(new Set(rows.map(({ name }) => name)));
      await lea.client.query(`set default_transaction_isolation = '${level}'`);
      for (const [name, values] of calls)
        await expect(lea.call(name, ...values())).rejects.toMatchObject({ code: 'SD006' });
      await expect(
        callFunction(lea.client, 'enrol', [
          'code',
          'Desk',
          Buffer.alloc(32),
          '1',
          Buffer.alloc(16),
        ]),
      ).rejects.toMatchObject({ code: 'SD006' });
      await lea.client.query('reset default_transaction_isolation');
      expect(await lea.call('claim', ...aClaim(aKey()))).toMatchObject({ is: 'granted' });
    },
  );

  test('does not grant a number twice to a transaction that began before the other grant', async () => {
    const key = aKey();
    await paul.client.query('begin isolation level repeatable read');
    await paul.client.query('select 1');
    expect(await lea.call('claim', ...aClaim(key))).toMatchObject({ is: 'granted' });
    await expect(paul.call('claim', ...aClaim(key))).rejects.toMatchObject({ code: 'SD006' });
    await paul.client.query('rollback');
  });
});

describe('a transaction that began long before its claim', () => {
  test('knows a claim, a refusal and a revocation that were committed since', async () => {
    const gone = await db.join('Desk 3');
    const [claimed, refused] = [aKey(), aKey()];
    for (const { client } of [paul, gone]) {
      await client.query('begin');
      await client.query('select 1');
    }
    await lea.call('claim', ...aClaim(claimed));
    await lea.call('refuse', refused, 1, 1);
    await db.admin.query('select deskbell_admin.revoke($1)', [gone.id]);
    expect(await paul.call('claim', ...aClaim(claimed))).toMatchObject({ is: 'busy' });
    expect(await paul.call('claim', ...aClaim(refused))).toMatchObject({ is: 'refused' });
    await expect(gone.call('claim', ...aClaim(aKey()))).rejects.toMatchObject({ code: 'SD002' });
    await paul.client.query('commit');
    await gone.client.query('rollback');
  });

  test('knows a claim that was committed while it waited for the number', async () => {
    const key = aKey();
    await lea.client.query('begin');
    await lea.call('claim', ...aClaim(key));
    const waiting = paul.call('claim', ...aClaim(key));
    await lea.client.query('commit');
    expect(await waiting).toMatchObject({ is: 'busy' });
  });
});

test('a database whose default is another isolation level does not change that of a desk', async () => {
  await db.admin.query(
    `alter database ${db.name} set default_transaction_isolation = 'repeatable read'`,
  );
  await db.admin.query(`alter database ${db.name} set default_transaction_read_only = on`);
  const client = await db.connect();
  const answer = await callFunction(client, 'claim', [lea.token, ...aClaim(aKey())]);
  expect(answer).toMatchObject({ is: 'granted' });
  await db.admin.query(`alter database ${db.name} reset all`);
});

test('what a claim writes is on disk with the commit, though the login does not ask for it', async () => {
  await lea.client.query('set synchronous_commit = off');
  await lea.client.query('begin');
  await lea.call('turns', 'search', 1);
  const setting = async () => (await lea.client.query<object>('show synchronous_commit')).rows;
  expect(await setting()).toEqual([{ synchronous_commit: 'off' }]);
  await lea.call('claim', ...aClaim(aKey()));
  expect(await setting()).toEqual([{ synchronous_commit: 'on' }]);
  await lea.client.query('commit');
  await lea.client.query('reset synchronous_commit');
});
