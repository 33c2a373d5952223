import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { DAY_MS } from '../../../../shared/time.ts';
import {
  aClaim,
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
let lyon: TestDesk;
beforeAll(async () => {
  db = await createSiteDatabase();
  lea = await db.join('Desk 1');
  paul = await db.join('Desk 2');
  lyon = await db.join('Desk 1', 'lyon');
});
afterAll(() => db.close());

const entriesSchema = z.array(z.looseObject({ seq: z.number(), kind: z.string() }));
type Entry = z.infer<typeof entriesSchema>[number];

/** Everything in the feed after an entry. */
async function pull(desk: TestDesk, after: number): Promise<readonly Entry[]> {
  const answer = await desk.call('pull', after);
  expect(answer).toMatchObject({ is: 'feed' });
  return entriesSchema.parse(answer['entries']);
}

async function head(): Promise<number> {
  const answer = await lea.call('pull', 0);
  return z.number().parse(answer['head']);
}

describe('a refusal', () => {
  test('reaches every desk as an entry and a hint', async () => {
    const before = await head();
    const key = aKey();
    expect(await lea.call('refuse', key, Date.now(), 4711)).toEqual({
      is: 'kept',
      isNew: true,
    });
    expect(await pull(lyon, before)).toEqual([
      { seq: before + 1, kind: 'refusal', hint: 4711, entry: expect.any(Number) },
    ]);
  });

  test('exists once, even when it is repeated', async () => {
    const before = await head();
    const key = aKey();
    await lea.call('refuse', key, 1_000, 1);
    expect(await lyon.call('refuse', key, 2_000, 1)).toEqual({ is: 'kept', isNew: false });
    expect(await pull(lea, before)).toHaveLength(1);
  });

  test('is removed by a desk of the same site, and by no other', async () => {
    const before = await head();
    const key = aKey();
    await lea.call('refuse', key, Date.now(), 1);
    expect(await lyon.call('refuse_undo', key)).toEqual({
      is: 'elsewhere',
      where: { site: 'Shop lille' },
    });
    expect(await paul.call('refuse_undo', key)).toEqual({ is: 'removed' });
    expect(await paul.call('refuse_undo', key)).toEqual({ is: 'absent' });
    expect(await paul.call('claim', ...aClaim(key))).toMatchObject({ is: 'granted' });
    // A desk that starts from 0 does not get the removed refusal.
    expect((await pull(lyon, before)).map(({ kind }) => kind)).toEqual(['refusal-gone']);
  });

  test('whose undoing is tried for unknown numbers counts as a look, and leaves nothing behind', async () => {
    const curious = await db.join('Desk 7');
    const key = aKey();
    expect(await curious.call('refuse_undo', key)).toEqual({ is: 'absent' });
    const { rows } = await db.admin.query('select from deskbell.number where number_key = $1', [
      key,
    ]);
    expect(rows).toEqual([]);
    await db.admin.query(
      "update deskbell.limit_use set count = 20000 where desk_id = $1 and what = 'keys'",
      [curious.id],
    );
    for (const [name, ...values] of [
      ['refuse_undo'],
      ['refuse', 1, 1],
      ['erase', Date.now(), false],
    ] as const)
      expect(await curious.call(name, key, ...values)).toEqual({ is: 'too-many' });
  });

  test('has a limit that the time zone of the session does not start again', async () => {
    const desk = await db.join('Desk 8');
    await db.admin.query('update deskbell.site_database set refusals_a_day = 1');
    const answers: string[] = [];
    for (const zone of ['UTC', 'Pacific/Kiritimati', 'Etc/GMT+12', '<x>+00:01']) {
      await desk.client.query(`set timezone = '${zone}'`);
      answers.push((await desk.call('refuse', aKey(), 1, 1)).is);
    }
    expect(answers).toEqual(['kept', 'too-many', 'too-many', 'too-many']);
    await db.admin.query('update deskbell.site_database set refusals_a_day = 200');
  });

  test('is limited to two hundred new ones a day, and then to the allowance for a list', async () => {
    const desk = await db.join('Desk 3', 'lille', { importAllowance: 1 });
    await db.admin.query(
      "insert into deskbell.limit_use values ($1, 'refusals', date_trunc('day', now(), 'UTC'), 199)",
      [desk.id],
    );
    const refuse = async () => (await desk.call('refuse', aKey(), Date.now(), 1)).is;
    expect(await refuse()).toBe('kept');
    expect(await refuse()).toBe('kept');
    expect(await refuse()).toBe('too-many');
    await db.admin.query('select deskbell_admin.allow_import($1, 1)', [desk.id]);
    expect(await refuse()).toBe('kept');
    expect(await refuse()).toBe('too-many');
    const key = aKey();
    const pushed = await desk.call(
      'push',
      ...aPush(1, { refusals: [{ key, since: Date.now(), hint: 1 }] }),
    );
    expect(pushed).toMatchObject({ is: 'kept', refusalsLeft: [key] });
  });

  test('invented by one desk is removed by an administrator, by desk and time', async () => {
    const desk = await db.join('Desk 4', 'lille', { importAllowance: 0 });
    const key = aKey();
    await desk.call('refuse', key, Date.now(), 1);
    const { rows } = await db.admin.query(
      "select deskbell_admin.remove_refusals($1, now() - interval '1 hour') as removed",
      [desk.id],
    );
    expect(rows).toEqual([{ removed: 1 }]);
    expect(await lea.call('claim', ...aClaim(key))).toMatchObject({ is: 'granted' });
  });

  test('can be removed twenty times a day', async () => {
    const desk = await db.join('Desk 5');
    await db.admin.query(
      "insert into deskbell.limit_use values ($1, 'removed-refusals', date_trunc('day', now(), 'UTC'), 20)",
      [desk.id],
    );
    const key = aKey();
    await desk.call('refuse', key, Date.now(), 1);
    expect(await desk.call('refuse_undo', key)).toEqual({ is: 'too-many' });
  });
});

describe('the feed', () => {
  test('loses nothing for a reader while transactions of different length add to it', async () => {
    let last = await head();
    const first = last;
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for (const { seq } of await pull(lyon, last)) {
        seen.push(seq);
        last = seq;
      }
    };
    let isDone = false;
    const reading = (async () => {
      while (!isDone) await read();
      await read();
    })();
    const writers: TestDesk[] = [];
    for (let at = 0; at < 8; at += 1) writers.push(await db.join(`Writer ${at}`));
    await Promise.all(
      writers.map(async ({ client, token }, at) => {
        for (let round = 0; round < 15; round += 1) {
          await client.query('begin');
          await client.query('select deskbell_v1.refuse($1, $2, 1, 1)', [token, aKey()]);
          if ((round + at) % 2 === 0) await client.query('select pg_sleep(0.004)');
          await client.query('commit');
        }
      }),
    );
    isDone = true;
    await reading;
    expect(seen).toEqual(Array.from({ length: 120 }, (_, at) => first + 1 + at));
  });

  test('comes in pages of five hundred entries', async () => {
    const before = await head();
    await db.admin.query('select deskbell.add_to_feed($1, $2) from generate_series(1, 501)', [
      'refusal-gone',
      '{"entry":1}',
    ]);
    const page = await pull(lea, before);
    expect(page).toHaveLength(500);
    expect(await pull(lea, page.at(-1)?.seq ?? 0)).toHaveLength(1);
  });

  test('restarts for a desk that stopped before deleted entries', async () => {
    const before = await head();
    await db.admin.query(`select deskbell.add_to_feed('refusal-gone', '{"entry":1}')`);
    await db.admin.query("update deskbell.feed set added_at = now() - interval '61 days'");
    await db.admin.query('select deskbell_admin.purge()');
    expect(await lea.call('pull', before)).toEqual({ is: 'start-again' });
    expect(await lea.call('pull', before + 1)).toMatchObject({ is: 'feed', entries: [] });
    expect(await lea.call('pull', 0)).toMatchObject({ is: 'feed' });
  });
});

describe('a desk that begins at 0', () => {
  /** Follows the feed from 0 to its head, as a new desk does. */
  async function pullAll(
    desk: TestDesk,
    afterPage: (page: number) => Promise<unknown> = async () => {},
  ): Promise<{ readonly entries: number; readonly restarts: number }> {
    let [after, clearedTo, entries, restarts, pages] = [0, 0, 0, 0, 0];
    while (restarts < 3) {
      const answer = await desk.call('pull', after, clearedTo);
      if (answer.is === 'start-again') {
        restarts += 1;
        [after, clearedTo, entries] = [0, 0, 0];
        continue;
      }
      const page = entriesSchema.parse(answer['entries']);
      if (page.length === 0) break;
      entries += page.length;
      after = page.at(-1)?.seq ?? 0;
      clearedTo = z.number().parse(answer['clearedTo']);
      pages += 1;
      await afterPage(pages);
    }
    return { entries, restarts };
  }

  const clearGone = async () => {
    await db.admin.query("update deskbell.feed set added_at = now() - interval '61 days'");
    await db.admin.query('select deskbell_admin.purge()');
  };

  /** Adds a refusal and removes it again. */
  const removeOne = async (desk: TestDesk) => {
    const key = aKey();
    await desk.call('refuse', key, 1, 1);
    await desk.call('refuse_undo', key);
  };

  test('reads page by page to the end, past entries that were deleted before it began', async () => {
    const busy = await db.join('Desk 20', 'lille', { importAllowance: 2_000 });
    for (let page = 1; page <= 2; page += 1) {
      const refusals = Array.from({ length: 400 }, () => ({ key: aKey(), since: 1, hint: 1 }));
      await busy.call('push', ...aPush(page, { refusals }));
    }
    await removeOne(busy);
    await clearGone();
    const held = (await db.admin.query('select from deskbell.feed')).rows.length;
    expect(held).toBeGreaterThanOrEqual(800);
    expect(await pullAll(lyon)).toEqual({ entries: held, restarts: 0 });
  });

  test('starts again when entries are deleted after it began', async () => {
    const busy = await db.join('Desk 21', 'lille', { importAllowance: 2_000 });
    const { restarts } = await pullAll(lyon, async (page) => {
      if (page !== 1) return;
      await removeOne(busy);
      await clearGone();
    });
    expect(restarts).toBe(1);
  });

  test('starts again with a position beyond the head: the database was restored', async () => {
    expect(await lyon.call('pull', (await head()) + 1)).toEqual({ is: 'start-again' });
  });
});

describe('an erasure', () => {
  const erase = (desk: TestDesk, key: string, forget = false) =>
    desk.call('erase', key, Date.now(), forget);

  test('that comes late keeps what was saved after it', async () => {
    const now = Date.now();
    const key = aKey();
    const [older, newer] = [randomUUID(), randomUUID()];
    const item = { key, state: 'waiting', forced: false, tried: false };
    const open = [
      { id: older, queuedAt: now - 2 * DAY_MS, ...item },
      { id: newer, queuedAt: now - 1_000, ...item },
    ];
    await lyon.call('push', ...aPush(1, { open }));
    const answer = await paul.call('erase', key, now, false, now - DAY_MS);
    expect(answer).toMatchObject({ is: 'erased' });
    const { rows } = await db.admin.query(
      'select invitation from deskbell.open_invitation where number_key = $1',
      [key],
    );
    expect(rows).toEqual([{ invitation: newer }]);
    const late = await lyon.call('push', ...aPush(2, { open }));
    expect(late).toMatchObject({ erased: [older] });
  });

  test('deletes everything about the number, and orders every desk to do the same', async () => {
    const before = await head();
    const key = aKey();
    const invitation = randomUUID();
    await lea.call('claim', ...aClaim(key, { invitation }));
    await lea.call('settle', invitation, 1, Date.now(), true, null);
    const open = [
      { id: randomUUID(), key, queuedAt: 1, state: 'waiting', forced: false, tried: false },
    ];
    await lyon.call('push', ...aPush(1, { open }));
    expect(await erase(paul, key)).toEqual({ is: 'erased', seq: before + 1, keepsRefusal: false });
    for (const table of ['send', 'open_invitation', 'number']) {
      const { rows } = await db.admin.query(
        `select count(*)::int as left_over from deskbell.${table} where number_key = $1`,
        [key],
      );
      expect(rows).toEqual([{ left_over: 0 }]);
    }
    expect(await pull(lyon, before)).toEqual([
      { seq: before + 1, kind: 'erasure', key, before: expect.any(Number) },
    ]);
  });

  test('waits while an SMS to the number is being sent', async () => {
    const key = aKey();
    await lea.call('claim', ...aClaim(key));
    expect(await erase(paul, key)).toEqual({ is: 'sending' });
  });

  test('[row 288] is not undone by a later push', async () => {
    const key = aKey();
    const now = Date.now();
    const old = { id: randomUUID(), key, queuedAt: now - DAY_MS };
    await erase(paul, key);
    const sends = [{ ...old, business: 'b', proved: true, sentAt: now - DAY_MS }];
    const open = [{ ...old, id: randomUUID(), state: 'waiting', forced: false, tried: false }];
    const answer = await lyon.call('push', ...aPush(1, { sends, open }));
    expect(new Set(z.array(z.string()).parse(answer['erased']))).toEqual(
      new Set([...sends, ...open].map(({ id }) => id)),
    );
    expect(await lea.call('look', [key])).toEqual({ is: 'known', numbers: [] });
    expect(await lea.call('claim', ...aClaim(key, { queuedAt: now - 1 }))).toEqual({
      is: 'erased',
    });
    expect(await lea.call('claim', ...aClaim(key, { queuedAt: now + 60_000 }))).toMatchObject({
      is: 'granted',
    });
  });

  test('by a desk with a fast clock spares what is queued later', async () => {
    const key = aKey();
    const before = await head();
    await paul.call('erase', key, Date.now() + DAY_MS - 60_000, false);
    const [order] = await pull(lea, before);
    expect(order?.['before']).toBeLessThan(Date.now() + 121_000);
    expect(
      await lea.call('claim', ...aClaim(key, { queuedAt: Date.now() + 180_000 })),
    ).toMatchObject({ is: 'granted' });
  });

  test('that is repeated with a slower clock does not spare more', async () => {
    const key = aKey();
    const now = Date.now();
    await erase(paul, key);
    const before = await head();
    await lea.call('erase', key, now - DAY_MS / 2, false);
    const [order] = await pull(lea, before);
    expect(order?.['before']).toBeGreaterThan(now);
  });

  test('wins against a push that waits for it', async () => {
    const key = aKey();
    const sends = [
      { id: randomUUID(), key, queuedAt: 1, business: 'b', proved: true, sentAt: Date.now() },
    ];
    await paul.client.query('begin');
    await erase(paul, key);
    const pushing = lyon.call('push', ...aPush(2, { sends }));
    await paul.client.query('commit');
    expect(await pushing).toMatchObject({ erased: [sends[0]?.id] });
  });

  test('keeps the refusal unless its own site removes it', async () => {
    const key = aKey();
    await lea.call('refuse', key, 1_000, 1);
    expect(await erase(paul, key)).toMatchObject({ keepsRefusal: true });
    expect(await erase(lyon, key, true)).toMatchObject({ keepsRefusal: true });
    expect(
      await lea.call('claim', ...aClaim(key, { queuedAt: Date.now() + 60_000 })),
    ).toMatchObject({ is: 'refused' });
    expect(await erase(paul, key, true)).toMatchObject({ keepsRefusal: false });
  });

  test('is one order for each number', async () => {
    const before = await head();
    const key = aKey();
    await erase(paul, key);
    await erase(paul, key);
    expect(await pull(lea, before)).toHaveLength(1);
  });

  test('is limited to fifty a day, and refused by clocks that differ by more than a day', async () => {
    const desk = await db.join('Desk 6');
    expect(await desk.call('erase', aKey(), Date.now() + 2 * DAY_MS, false)).toMatchObject({
      is: 'clock',
    });
    await db.admin.query(
      "insert into deskbell.limit_use values ($1, 'erasures', date_trunc('day', now(), 'UTC'), 50)",
      [desk.id],
    );
    expect(await erase(desk, aKey())).toEqual({ is: 'too-many' });
  });
});

describe('the progress of an order to erase', () => {
  const hello = async (desk: TestDesk, pulled: number) => {
    await desk.call('hello', ...aHello({ pulled }));
  };
  const progressOf = async (desk: TestDesk, seqs: readonly (number | null)[] | null) =>
    desk.call('erasure_progress', seqs);
  const order = async (desk: TestDesk): Promise<number> => {
    const answer = await desk.call('erase', aKey(), Date.now(), false);
    return z.number().parse(answer['seq']);
  };
  beforeAll(async () => {
    await db.admin.query(
      'update deskbell.desk set revoked_at = now() where id <> all ($1::int[])',
      [[lea.id, paul.id, lyon.id]],
    );
  });

  test('counts the desks that have pulled it, and names those of the own site that have not', async () => {
    const [first, second] = [await order(lea), await order(lea)];
    const progress = (seq: number, done: number, missing: readonly string[]) => ({
      seq,
      done,
      desks: 3,
      missing,
    });
    expect(await progressOf(lea, [second, first])).toEqual({
      is: 'progress',
      orders: [progress(first, 1, ['Desk 2']), progress(second, 1, ['Desk 2'])],
    });
    await hello(paul, first);
    await hello(lyon, second);
    expect(await progressOf(lea, [first, second])).toEqual({
      is: 'progress',
      orders: [progress(first, 3, []), progress(second, 2, ['Desk 2'])],
    });
    // Another site learns no name of a desk here.
    expect(await progressOf(lyon, [second])).toEqual({
      is: 'progress',
      orders: [progress(second, 1, [])],
    });
  });

  test('passes over revoked desks', async () => {
    const late = await db.join('Desk 9');
    const seq = await order(lea);
    expect(await progressOf(lea, [seq])).toMatchObject({ orders: [{ desks: 4 }] });
    await db.admin.query('select deskbell_admin.revoke($1)', [late.id]);
    expect(await progressOf(lea, [seq])).toMatchObject({ orders: [{ desks: 3 }] });
    await expect(progressOf(late, [seq])).rejects.toMatchObject({ code: 'SD002' });
  });

  test('is known for at most fifty orders a call, and for whole inputs only', async () => {
    const many = Array.from({ length: 51 }, (_, at) => at + 1);
    await expect(progressOf(lea, many)).rejects.toMatchObject({ code: 'SD004' });
    expect(await progressOf(lea, many.slice(1))).toMatchObject({ is: 'progress' });
    await expect(progressOf(lea, [1, null])).rejects.toMatchObject({ code: 'SD004' });
    await expect(progressOf(lea, null)).rejects.toMatchObject({ code: 'SD004' });
    expect(await progressOf(lea, [])).toEqual({ is: 'progress', orders: [] });
  });
});
