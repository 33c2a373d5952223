import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { DAY_MS } from '../../../../shared/time.ts';
import {
  aHello,
  aKey,
  aPush,
  createSiteDatabase,
  type TestDesk,
  type TestSiteDatabase,
} from '../../../support/postgres/site-database.ts';

let db: TestSiteDatabase;
let lea: TestDesk;
beforeAll(async () => {
  db = await createSiteDatabase();
  lea = await db.join('Desk 1');
});
afterAll(() => db.close());

async function purge(): Promise<number> {
  const { rows } = await db.admin.query<{ deleted: number }>(
    'select deskbell_admin.purge() as deleted',
  );
  return rows[0]?.deleted ?? 0;
}

async function purgeAll(): Promise<void> {
  while ((await purge()) > 0);
}

const count = async (table: string, key: string): Promise<number> => {
  const { rows } = await db.admin.query<{ count: number }>(
    `select count(*)::int as count from deskbell.${table} where number_key = $1`,
    [key],
  );
  return rows[0]?.count ?? 0;
};

const aSend = (key: string, sentAt: number) => ({
  id: randomUUID(),
  key,
  business: 'b1',
  proved: true,
  sentAt,
  queuedAt: sentAt,
});

test('an SMS is deleted after the retention, and its number too', async () => {
  const [old, recent] = [aKey(), aKey()];
  const now = Date.now();
  const sends = [aSend(old, now - 31 * DAY_MS), aSend(recent, now - 29 * DAY_MS)];
  await lea.call('push', ...aPush(1, { sends }));
  await purgeAll();
  expect([await count('send', old), await count('number', old)]).toEqual([0, 0]);
  expect([await count('send', recent), await count('number', recent)]).toEqual([1, 1]);
  await db.admin.query('select deskbell_admin.configure(retention_days => 11)');
  await purgeAll();
  expect(await count('send', recent)).toBe(0);
  await db.admin.query('select deskbell_admin.configure(retention_days => 30)');
});

test('a refusal is kept until it is removed', async () => {
  const key = aKey();
  await lea.call('refuse', key, Date.now() - 400 * DAY_MS, 1);
  await purgeAll();
  expect([await count('refusal', key), await count('number', key)]).toEqual([1, 1]);
});

test('an open invitation is kept as long as its desk exists', async () => {
  const key = aKey();
  const open = [
    {
      id: randomUUID(),
      key,
      queuedAt: Date.now() - 40 * DAY_MS,
      state: 'needs_decision',
      forced: false,
      tried: true,
    },
  ];
  const gone = await db.join('Desk 2');
  await gone.call('push', ...aPush(1, { open }));
  await purgeAll();
  expect(await count('open_invitation', key)).toBe(1);
  await db.admin.query('select deskbell_admin.revoke($1)', [gone.id]);
  await purgeAll();
  expect(await count('open_invitation', key)).toBe(0);
});

describe('an order to erase', () => {
  const order = async (): Promise<{ readonly key: string; readonly seq: number }> => {
    const key = aKey();
    const { seq } = await lea.call('erase', key, Date.now(), false);
    return { key, seq: z.number().parse(seq) };
  };
  const age = (key: string, days: number) =>
    db.admin.query(
      "update deskbell.erasure set ordered_at = now() - $2 * interval '1 day' where number_key = $1",
      [key, days],
    );
  const inFeed = async (seq: number): Promise<boolean> => {
    const { rows } = await db.admin.query('select from deskbell.feed where seq = $1', [seq]);
    return rows.length === 1;
  };

  test('is kept until every desk has it and the backups of two weeks have expired', async () => {
    const { key, seq } = await order();
    await age(key, 15);
    await purgeAll();
    expect([await count('erasure', key), await inFeed(seq)]).toEqual([1, true]);
    await age(key, 13);
    await lea.call('hello', ...aHello({ pushed: 1, pulled: seq }));
    await purgeAll();
    expect(await count('erasure', key)).toBe(1);
    await age(key, 15);
    await purgeAll();
    expect([await count('erasure', key), await inFeed(seq)]).toEqual([0, false]);
  });

  test('is deleted two weeks after the retention when a desk never comes back', async () => {
    await db.join('Desk 3');
    const { key } = await order();
    await age(key, 43);
    await purgeAll();
    expect(await count('erasure', key)).toBe(1);
    await age(key, 45);
    await purgeAll();
    expect(await count('erasure', key)).toBe(0);
  });
});

test('a hello purges a thousand rows, every ten minutes, by the earlier of two clocks', async () => {
  await db.admin.query(
    `insert into deskbell.send (invitation, number_key, desk_id, business, state, sent_at)
     select gen_random_uuid(), gen_random_uuid(), $1, 'b', 'sent', $2 from generate_series(1, 1500)`,
    [lea.id, Date.now() - 31 * DAY_MS],
  );
  const left = async () => {
    const { rows } = await db.admin.query<{ left: number }>(
      'select count(*)::int as left from deskbell.send',
    );
    return rows[0]?.left;
  };
  const isDue = () =>
    db.admin.query("update deskbell.site_database set purged_at = now() - interval '11 minutes'");
  await isDue();
  // Thirty and a half days old by the server's clock, and less by the desk's.
  await db.admin.query('update deskbell.send set sent_at = $1', [Date.now() - 30.5 * DAY_MS]);
  await lea.call('hello', ...aHello({ pushed: 1, now: Date.now() - 0.9 * DAY_MS }));
  expect(await left()).toBe(1_500);
  await lea.call('hello', ...aHello({ pushed: 1 }));
  expect(await left()).toBe(1_500);
  await isDue();
  // A desk with a wrong clock does not use up the turn.
  await lea.call('hello', ...aHello({ pushed: 1, now: 1 }));
  await lea.call('hello', ...aHello({ pushed: 1 }));
  await lea.call('hello', ...aHello({ pushed: 1 }));
  expect(await left()).toBe(500);
});
