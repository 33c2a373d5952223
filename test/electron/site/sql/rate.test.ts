import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { HOUR_MS } from '../../../../shared/time.ts';
import {
  createSiteDatabase,
  type Answer,
  type TestDesk,
  type TestSiteDatabase,
} from '../../../support/postgres/site-database.ts';

let db: TestSiteDatabase;
const desks: TestDesk[] = [];
beforeAll(async () => {
  db = await createSiteDatabase();
  for (let at = 0; at < 10; at += 1) desks.push(await db.join(`Desk ${at}`));
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.admin.query('delete from deskbell.rate_second');
  await db.admin.query("update deskbell.rate set per_minute = 20, paused_until = '-infinity'");
});

const ask = async (at: number, purpose: string, count = 1) =>
  desks[at]?.call('turns', purpose, count);

const waitOf = async (at: number, purpose: string): Promise<number> =>
  z.number().parse((await ask(at, purpose))?.['waitMs']);

/** How many requests were granted in each second, oldest first. */
async function grantedBySecond(): Promise<readonly number[]> {
  const { rows } = await db.admin.query<{ count: number }>(
    'select count from deskbell.rate_second order by second',
  );
  return rows.map(({ count }) => count);
}

/** As if everything in the counters had been granted so many seconds earlier. */
const age = (seconds: number) =>
  db.admin.query(
    `with moved as (delete from deskbell.rate_second returning second - ${seconds} as second, count)
     insert into deskbell.rate_second select * from moved`,
  );

describe('the rate of the organisation', () => {
  test('is never exceeded by ten desks that request the maximum', async () => {
    const granted = await Promise.all(
      desks.map(async (_, at) => {
        const answers: (Answer | undefined)[] = [];
        for (let round = 0; round < 10; round += 1) answers.push(await ask(at, 'send'));
        return answers.filter((answer) => answer?.is === 'granted').length;
      }),
    );
    expect(granted.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect((await grantedBySecond()).reduce((sum, count) => sum + count, 0)).toBe(20);
  });

  test('frees a request after its minute, and returns when', async () => {
    await ask(0, 'send', 15);
    await age(30);
    await ask(0, 'send', 5);
    expect(await ask(1, 'send')).toEqual({ is: 'turn', waitMs: expect.any(Number) });
    const waitMs = await waitOf(1, 'send');
    expect(waitMs).toBeGreaterThanOrEqual(29_000);
    expect(waitMs).toBeLessThanOrEqual(31_000);
    await age(31);
    expect(await ask(1, 'send')).toEqual({ is: 'granted' });
  });

  test('is reserved for sends: half is free for polls, three quarters for searches', async () => {
    for (const [purpose, most] of [
      ['poll', 10],
      ['search', 5],
      ['send', 5],
    ] as const) {
      for (let count = 0; count < most; count += 1)
        expect(await ask(0, purpose)).toEqual({ is: 'granted' });
      expect(await ask(0, purpose)).toMatchObject({ is: 'turn' });
    }
  });

  test('is not raised by a desk that returns unused requests or asks for hundreds', async () => {
    for (const count of [0, -5, 21, null]) {
      await expect(desks[0]?.call('turns', 'send', count)).rejects.toMatchObject({
        code: 'SD004',
      });
    }
    await expect(ask(0, 'anything')).rejects.toMatchObject({ code: 'SD004' });
    await db.admin.query('update deskbell.rate set per_minute = 3');
    await expect(ask(0, 'send', 4)).rejects.toMatchObject({ code: 'SD004' });
  });

  test('is paused without a growing list of acts, and an administrator ends the pause', async () => {
    const desk = await db.join('Desk 10');
    for (let ms = 0; ms < 100; ms += 1) {
      await desk.call('pause', 0);
      await desk.call('pause', 60_000 + ms * 1_000);
    }
    const { rows } = await db.admin.query('select from deskbell.act where desk_id = $1', [desk.id]);
    expect(rows).toHaveLength(61);
    expect(await ask(0, 'send')).toMatchObject({ is: 'turn' });
    await db.admin.query('select deskbell_admin.end_pause()');
    expect(await ask(0, 'send')).toEqual({ is: 'granted' });
  });

  test('stops all desks when Partoo asks one for a pause, for an hour at most', async () => {
    await desks[0]?.call('pause', 30_000);
    await desks[1]?.call('pause', 1_000);
    const waitMs = await waitOf(2, 'send');
    expect(waitMs).toBeGreaterThan(25_000);
    expect(waitMs).toBeLessThanOrEqual(30_001);
    await desks[0]?.call('pause', 24 * HOUR_MS);
    const longest = await waitOf(2, 'poll');
    expect(longest).toBeGreaterThan(HOUR_MS - 10_000);
    expect(longest).toBeLessThanOrEqual(HOUR_MS + 1);
  });
});
