import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { createSiteDatabase, type TestSiteDatabase } from '../support/postgres/site-database.ts';
import { openJoinedDesk, type JoinedDesk } from '../support/joined-desk.ts';
import { valueOf } from '../support/app.ts';

let db: TestSiteDatabase;
let one: JoinedDesk;
let two: JoinedDesk;

beforeAll(async () => {
  db = await createSiteDatabase();
});
afterAll(() => db.close());

beforeEach(async () => {
  await db.admin.query('delete from deskbell.rate_second');
  await db.admin.query('select deskbell_admin.end_pause()');
  one = await openJoinedDesk(db, 'Desk 1');
  two = await openJoinedDesk(db, 'Desk 2', { beside: one });
  await one.clock.advance(2 * SECOND_MS);
});

const connectionOf = async (desk: JoinedDesk) => valueOf(await desk.call('connection.read', {}));
const sentSince = (before: number): number => one.posts().length - before;

/** Lets Partoo answer the next SMS of the first desk with 429. */
async function pauseAll(seconds: number): Promise<void> {
  one.vendor.fault({
    kind: 'status',
    status: 429,
    headers: { 'retry-after': String(seconds) },
    path: '/review_booster/send_invitation',
  });
  await one.invite(1);
  await one.clock.advance(SECOND_MS);
  one.vendor.behave();
}

test('[row 319] a pause that another desk heard of is shown here, and until when', async () => {
  await pauseAll(600);
  await two.invite(2);
  await one.clock.advance(5 * SECOND_MS);
  const connection = await connectionOf(two);
  expect(connection).toMatchObject({ kind: 'busy', until: expect.any(Number) });
  const untilMs = connection.kind === 'busy' ? connection.until - one.clock.now() : 0;
  expect(untilMs).toBeGreaterThan(9 * MINUTE_MS);
});

test('[row 319] a pause that an administrator has ended is over within a minute at a desk that only heard of it', async () => {
  await pauseAll(600);
  const before = one.posts().length;
  await two.invite(2);
  await one.clock.advance(5 * SECOND_MS);
  expect(sentSince(before)).toBe(0);
  await db.admin.query('select deskbell_admin.end_pause()');
  await one.clock.advance(MINUTE_MS);
  expect(sentSince(before)).toBe(1);
  expect(await connectionOf(two)).toMatchObject({ kind: 'online' });
});
