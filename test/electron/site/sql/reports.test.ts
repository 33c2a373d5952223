import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
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
let paul: TestDesk;
let office: TestDesk;
beforeAll(async () => {
  db = await createSiteDatabase();
  lea = await db.join('Desk 1');
  paul = await db.join('Desk 2');
  office = await db.join('Office', 'head', { isOffice: true });
});
afterAll(() => db.close());

test('the report of a site contains its desks, the open invitations of the other desks, and the rate', async () => {
  const lyon = await db.join('Desk 1', 'lyon');
  const sealed = Buffer.from('sealed').toString('base64');
  const open = (id: string) => ({
    id,
    key: aKey(),
    queuedAt: 5,
    state: 'waiting',
    forced: false,
    tried: false,
    sealed,
  });
  const [mine, hers] = [randomUUID(), randomUUID()];
  await lea.call('push', ...aPush(1, { open: [open(mine)] }));
  await paul.call('push', ...aPush(1, { open: [open(hers)] }));
  await lyon.call('push', ...aPush(1, { open: [open(randomUUID())] }));
  await paul.call('hello', ...aHello({ pushed: 1, waiting: 3 }));
  await lea.call('turns', 'search', 2);
  const desk = { version: '0.2.0', seenAt: expect.any(Number), isRevoked: false, pulled: 0 };
  expect(await lea.call('report_site')).toEqual({
    is: 'site',
    site: 'Shop lille',
    head: 0,
    perMinute: 250,
    usedThisMinute: 2,
    pausedMs: 0,
    organisation: { waiting: 3, oldestWaitingAt: null },
    desks: [
      {
        ...desk,
        desk: lea.id,
        name: 'Desk 1',
        isThis: true,
        waiting: 0,
        oldestWaitingAt: null,
        clockOffMs: 0,
        hasPushedAll: true,
      },
      {
        ...desk,
        desk: paul.id,
        name: 'Desk 2',
        isThis: false,
        waiting: 3,
        oldestWaitingAt: null,
        clockOffMs: expect.any(Number),
        hasPushedAll: true,
      },
    ],
    open: [
      {
        invitation: hers,
        desk: paul.id,
        queuedAt: 5,
        state: 'waiting',
        forced: false,
        tried: false,
        sealed,
        isTakenByThis: false,
      },
    ],
  });
});

test('the report of the organisation has counts by site, for a desk of the office only', async () => {
  expect(await lea.call('report_org')).toEqual({ is: 'not-office' });
  await db.admin.query(
    "update deskbell.desk set seen_at = now() - interval '11 minutes' where id = $1",
    [lea.id],
  );
  expect(await office.call('report_org')).toMatchObject({
    is: 'organisation',
    sites: [
      { code: 'head', desks: 1, silent: 0 },
      {
        code: 'lille',
        name: 'Shop lille',
        desks: 2,
        silent: 1,
        waiting: 3,
        oldestWaitingAt: null,
        lastSeenAt: expect.any(Number),
      },
      { code: 'lyon' },
    ],
  });
});

test('implausible numbers of one desk break no report', async () => {
  const wrong = await db.join('Desk 3');
  const hello = (now: string, waiting: number, oldest: string) =>
    wrong.call('hello', now, 1, 0, 0, waiting, oldest, '0.2.0');
  for (const far of ['9000000000000000000', '-9000000000000000000']) {
    await hello(far, 2_147_483_647, far);
    const { rows } = await db.admin.query<{ waiting: number }>('select * from deskbell.report');
    expect(rows).toHaveLength(5);
    const { desks } = z
      .object({
        desks: z.array(z.object({ clockOffMs: z.int(), oldestWaitingAt: z.nullable(z.int()) })),
      })
      .parse(await lea.call('report_site'));
    expect(desks.every(({ oldestWaitingAt }) => (oldestWaitingAt ?? 1) > 0)).toBe(true);
  }
});

test('two hundred old invitations of one desk do not hide those of another desk', async () => {
  const [many, one, reader] = [
    await db.join('Desk 1', 'nice'),
    await db.join('Desk 2', 'nice'),
    await db.join('Desk 3', 'nice'),
  ];
  const open = (queuedAt: number) => ({
    id: randomUUID(),
    key: aKey(),
    queuedAt,
    state: 'waiting',
    forced: false,
    tried: false,
  });
  await many.call('push', ...aPush(1, { open: Array.from({ length: 300 }, (_, at) => open(at)) }));
  const recent = open(Date.now());
  await one.call('push', ...aPush(1, { open: [recent] }));
  const { open: shown } = await reader.call('report_site');
  expect(shown).toHaveLength(200);
  expect(shown).toContainEqual(expect.objectContaining({ invitation: recent.id }));
});
