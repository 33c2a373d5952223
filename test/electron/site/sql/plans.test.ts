import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  aKey,
  createSiteDatabase,
  type TestSiteDatabase,
} from '../../../support/postgres/site-database.ts';

let db: TestSiteDatabase;
beforeAll(async () => {
  db = await createSiteDatabase();
  const { id } = await db.join('Desk 1');
  await db.admin.query(
    `insert into deskbell.send (invitation, number_key, desk_id, business, state, sent_at, partoo_id)
     select gen_random_uuid(), gen_random_uuid(), $1, 'b', 'sent', 1700000000000 + at, gen_random_uuid()
     from generate_series(1, 20000) as at`,
    [id],
  );
  await db.admin.query(
    `insert into deskbell.open_invitation (invitation, number_key, desk_id, queued_at, state, forced, tried)
     select gen_random_uuid(), gen_random_uuid(), $1, at, 'waiting', false, false from generate_series(1, 5000) as at`,
    [id],
  );
  await db.admin.query(
    `insert into deskbell.refusal (number_key, hint, since, desk_id)
     select gen_random_uuid(), 1, 1, $1 from generate_series(1, 5000)`,
    [id],
  );
  await db.admin.query(
    `insert into deskbell.feed (seq, kind, body)
     select at, 'refusal', jsonb_build_object('entry', at) from generate_series(1, 5000) as at`,
  );
  await db.admin.query('insert into deskbell.number select number_key from deskbell.send');
  await db.admin.query(
    'insert into deskbell.erasure select gen_random_uuid(), 1, at from generate_series(1, 5000) as at',
  );
  await db.admin.query('analyze');
});
afterAll(() => db.close());

/** The queries of calls that happen for each invitation or each number. */
test.each([
  ['the SMS of a number', 'select from deskbell.send where number_key = $1 order by sent_at desc'],
  ['an SMS by invitation', 'select from deskbell.send where invitation = $1'],
  ['the refusal of a number', 'select from deskbell.refusal where number_key = $1'],
  [
    'the open invitations of a number',
    'select from deskbell.open_invitation where number_key = $1',
  ],
  ['the row that is locked', 'select from deskbell.number where number_key = $1 for update'],
  ['an order to erase', 'select from deskbell.erasure where number_key = $1'],
])('%s uses an index in a filled table', async (_, query) => {
  const { rows } = await db.admin.query<{ 'QUERY PLAN': string }>(`explain ${query}`, [aKey()]);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/Index|Bitmap/);
  expect(plan).not.toMatch(/Seq Scan/);
});

test.each([
  [
    'the SMS beyond the retention',
    'select invitation from deskbell.send where sent_at < 1 limit 1000',
  ],
  ['a page of the feed', 'select * from deskbell.feed where seq > 4000 order by seq limit 500'],
  [
    'the entry of a refusal in the feed',
    "select from deskbell.feed where kind = 'refusal' and (body->>'entry')::bigint = 7",
  ],
  ['the invitations of a desk', 'select from deskbell.open_invitation where desk_id = 2'],
])('%s uses an index in a filled table', async (_, query) => {
  const { rows } = await db.admin.query<{ 'QUERY PLAN': string }>(`explain ${query}`);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Seq Scan');
});
