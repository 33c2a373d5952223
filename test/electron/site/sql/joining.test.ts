import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../../shared/time.ts';
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
beforeAll(async () => {
  db = await createSiteDatabase();
});
afterAll(() => db.close());

async function newCode(uses: number, days = 7): Promise<unknown> {
  const { rows } = await db.admin.query<{ code: unknown }>(
    "select deskbell_admin.new_enrolment('lille', 'Lille centre', uses => $1, days => $2) as code",
    [uses, days],
  );
  return rows[0]?.code;
}

const SECRET_CHECK = Buffer.alloc(16, 1);

const enrol = async (code: unknown, token: Buffer, secretCheck = SECRET_CHECK) => {
  const client = await db.connect();
  const hash = createHash('sha256').update(token).digest();
  return callFunction(client, 'enrol', [code, 'Desk 1', hash, '0.2.0', secretCheck]);
};

describe('joining', () => {
  test('uses up its code, once for each desk even when the answer is lost', async () => {
    const code = await newCode(1);
    const token = randomBytes(32);
    const joined = await enrol(code, token);
    expect(joined).toEqual({
      is: 'enrolled',
      desk: expect.any(Number),
      name: 'Desk 1',
      site: 'Lille centre',
    });
    expect(await enrol(code, token)).toEqual(joined);
    expect(await enrol(code, randomBytes(32))).toEqual({ is: 'unknown-code' });
  });

  test.each([
    ['is over', () => newCode(1, -1)],
    ['was never given out', async () => 'made up'],
  ])('is refused with a code that %s', async (_, code) => {
    expect(await enrol(await code(), randomBytes(32))).toEqual({ is: 'unknown-code' });
  });

  test('[row 283] is refused with another secret, and the code can be used again', async () => {
    await enrol(await newCode(1), randomBytes(32));
    const code = await newCode(1);
    expect(await enrol(code, randomBytes(32), Buffer.alloc(16, 2))).toEqual({ is: 'other-secret' });
    expect(await enrol(code, randomBytes(32))).toMatchObject({ is: 'enrolled' });
  });

  test('is refused with the code of a desk that was revoked, and with its token', async () => {
    const code = await newCode(5);
    const token = randomBytes(32);
    const { desk } = await enrol(code, token);
    await db.admin.query('select deskbell_admin.revoke($1)', [desk]);
    for (const again of [token, randomBytes(32)])
      expect(await enrol(code, again)).toEqual({ is: 'unknown-code' });
  });

  test('is refused with a code that an administrator has cancelled', async () => {
    const code = await newCode(5);
    const { rows } = await db.admin.query<{ cancelled: number }>(
      "select deskbell_admin.cancel_codes('lille') as cancelled",
    );
    expect(rows[0]?.cancelled).toBeGreaterThan(0);
    expect(await enrol(code, randomBytes(32))).toEqual({ is: 'unknown-code' });
  });

  test('is refused without a check of the secret', async () => {
    const client = await db.connect();
    const values = [await newCode(1), 'Desk 1', Buffer.alloc(32, 7), '0.2.0', null];
    await expect(callFunction(client, 'enrol', values)).rejects.toMatchObject({ code: 'SD004' });
  });

  test('keeps neither code nor token in the database', async () => {
    const code = await newCode(2);
    const token = randomBytes(32);
    await enrol(code, token);
    const { rows } = await db.admin.query<{ text: string }>(
      `select string_agg(t.row::text, ' ') as text from (
         select row(desk.*) as row from deskbell.desk union all select row(enrolment.*) from deskbell.enrolment
       ) t`,
    );
    expect(rows[0]?.text).not.toContain(String(code));
    expect(rows[0]?.text).not.toContain(token.toString('hex'));
  });
});

describe('a hello', () => {
  let a: TestDesk;
  let b: TestDesk;
  beforeAll(async () => {
    a = await db.join('Desk A');
    b = await db.join('Desk B');
    await Promise.all([a.call('hello', ...aHello()), b.call('hello', ...aHello())]);
    // Those of other tests never pushed anything.
    await db.admin.query('update deskbell.desk set revoked_at = now() where id not in ($1, $2)', [
      a.id,
      b.id,
    ]);
  });

  test('returns what a desk has to know', async () => {
    await db.admin.query('select deskbell_admin.configure(reserve_per_minute => 50)');
    expect(await a.call('hello', ...aHello())).toEqual({
      is: 'hello',
      now: expect.any(Number),
      epoch: 1,
      pushed: 0,
      head: 0,
      whole: true,
      settled: true,
      hintBits: 24,
      pollMs: 30_000,
      windowMs: 10 * DAY_MS,
      whenApart: 'look',
      retentionDays: 30,
      perMinute: 250,
      apartPerMinute: 25,
      settings: expect.any(String),
    });
  });

  test("returns the error of the desk's clock", async () => {
    await a.call('hello', ...aHello({ now: Date.now() + HOUR_MS }));
    const { rows } = await db.admin.query<{ off: string }>(
      'select clock_off_ms as off from deskbell.desk where id = $1',
      [a.id],
    );
    expect(Number(rows[0]?.off)).toBeGreaterThan(HOUR_MS - 10_000);
  });

  test('[row 285] of a desk that saw the database know more raises the epoch: claims need a look until all have pushed', async () => {
    const key = aKey();
    const claim = (desk: TestDesk, looked = false) =>
      desk.call('claim', ...aClaim(looked ? aKey() : key, { looked }));
    expect(await a.call('hello', ...aHello({ pushed: 1 }))).toMatchObject({
      epoch: 2,
      whole: false,
      pushed: 0,
    });
    // The same hello from a desk that has not pushed yet raises nothing more.
    expect(await a.call('hello', ...aHello({ pushed: 1, pulled: 9 }))).toMatchObject({ epoch: 2 });
    expect(await claim(b)).toEqual({ is: 'look' });
    expect(await claim(b, true)).toMatchObject({ is: 'granted' });
    await a.call('push', ...aPush(1));
    expect(await a.call('hello', ...aHello({ epoch: 2, pushed: 1 }))).toMatchObject({
      whole: false,
    });
    expect(await claim(a)).toEqual({ is: 'look' });
    expect(await b.call('hello', ...aHello({ epoch: 2 }))).toMatchObject({ whole: true });
    expect(await claim(b)).toMatchObject({ is: 'granted' });
  });

  test('raises the epoch once when two desks notice at the same time', async () => {
    const answers = await Promise.all([
      a.call('hello', ...aHello({ epoch: 2, pushed: 5 })),
      b.call('hello', ...aHello({ epoch: 2, pulled: 5 })),
    ]);
    expect(answers).toMatchObject([{ epoch: 3 }, { epoch: 3 }]);
  });

  test('with a later epoch than the database has raises it further', async () => {
    expect(await a.call('hello', ...aHello({ epoch: 7 }))).toMatchObject({ epoch: 8 });
  });

  test('raises the epoch a thousand steps at most, ten times a day', async () => {
    const epoch = async () => {
      const { rows } = await db.admin.query<{ epoch: number }>(
        'select epoch from deskbell.site_database',
      );
      return rows[0]?.epoch ?? 0;
    };
    const wrong = await db.join('Desk C');
    const before = await epoch();
    for (let at = 0; at < 12; at += 1)
      await wrong.call('hello', ...aHello({ epoch: 2_147_483_647 }));
    expect(await epoch()).toBe(before + 10 * 1_001);
    await db.admin.query('select deskbell_admin.revoke($1)', [wrong.id]);
    await db.admin.query('update deskbell.site_database set epoch = 8');
  });

  test('does not wait for a desk that was silent for 35 days, or is revoked', async () => {
    await a.call('hello', ...aHello({ epoch: 8 }));
    await db.admin.query(
      "update deskbell.desk set seen_at = now() - interval '36 days' where id = $1",
      [b.id],
    );
    expect(await a.call('hello', ...aHello({ epoch: 8 }))).toMatchObject({ whole: true });
  });
});
