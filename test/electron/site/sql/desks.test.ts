import { randomBytes, randomUUID, createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
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
let lyon: TestDesk;
beforeAll(async () => {
  db = await createSiteDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  lea = await db.join('Desk 1');
  paul = await db.join('Desk 2');
  lyon = await db.join('Desk 1', 'lyon');
});

const nameOf = async ({ id }: TestDesk) => {
  const { rows } = await db.admin.query<{ name: string }>(
    'select name from deskbell.desk where id = $1',
    [id],
  );
  return rows[0]?.name;
};
const silence = ({ id }: TestDesk) =>
  db.admin.query(
    "update deskbell.desk set seen_at = now() - interval '10 minutes 1 second' where id = $1",
    [id],
  );
const actsOf = async ({ id }: TestDesk) => {
  const { rows } = await db.admin.query<object>(
    'select what, detail from deskbell.act where desk_id = $1 and what <> $2',
    [id, 'enrolled'],
  );
  return rows;
};
const rename = (desk: TestDesk, name: string | null, by = lea) =>
  by.call('rename_desk', desk.id, name);
const remove = (desk: TestDesk, by = lea) => by.call('remove_desk', desk.id);

describe('a desk renames', () => {
  test('itself and the other desks of its site', async () => {
    expect(await rename(paul, '  Reception  ')).toEqual({ is: 'done' });
    expect(await rename(lea, 'é'.repeat(60))).toEqual({ is: 'done' });
    expect(await nameOf(paul)).toBe('Reception');
    expect(await nameOf(lea)).toBe('é'.repeat(60));
    expect(await actsOf(lea)).toEqual([
      { what: 'renamed a desk', detail: `desk ${paul.id}` },
      { what: 'renamed a desk', detail: `desk ${lea.id}` },
    ]);
  });

  test('no desk of another site, none that was revoked, and none that is not there', async () => {
    await db.admin.query('select deskbell_admin.revoke($1)', [paul.id]);
    expect(await rename(lyon, 'Mine')).toEqual({ is: 'absent' });
    expect(await rename(paul, 'Mine')).toEqual({ is: 'absent' });
    expect(await lea.call('rename_desk', 0, 'Mine')).toEqual({ is: 'absent' });
    expect([await nameOf(lyon), await nameOf(paul)]).toEqual(['Desk 1', 'Desk 2']);
    expect(await actsOf(lea)).toEqual([]);
  });

  test.each(['', '   ', 'x'.repeat(61), null])('none to %j', async (name) => {
    await expect(rename(paul, name)).rejects.toMatchObject({ code: 'SD004' });
  });

  test('fifty times a day', async () => {
    for (let at = 0; at < 50; at += 1) await rename(paul, `Desk ${at}`);
    expect(await rename(paul, 'One more')).toEqual({ is: 'too-many' });
    expect(await nameOf(paul)).toBe('Desk 49');
    expect(await rename(paul, 'Another desk', paul)).toEqual({ is: 'done' });
  });
});

describe('a desk removes', () => {
  test('one of its site that has been silent for ten minutes: it has no right any more', async () => {
    await silence(paul);
    expect(await remove(paul)).toEqual({ is: 'done' });
    await expect(paul.call('hello', ...aHello())).rejects.toMatchObject({ code: 'SD002' });
    expect(await lea.call('report_site')).toMatchObject({
      desks: expect.arrayContaining([expect.objectContaining({ desk: paul.id, isRevoked: true })]),
    });
    expect(await actsOf(lea)).toEqual([{ what: 'removed a desk', detail: `desk ${paul.id}` }]);
    expect(await remove(paul)).toEqual({ is: 'absent' });
  });

  test('no desk that is awake, not itself, and none of another site', async () => {
    for (const silent of [lea, lyon]) await silence(silent);
    expect(await remove(paul)).toEqual({ is: 'awake' });
    expect(await remove(lea)).toEqual({ is: 'awake' });
    expect(await remove(lyon)).toEqual({ is: 'absent' });
    expect(await actsOf(lea)).toEqual([]);
    for (const desk of [lea, paul, lyon])
      expect(await desk.call('hello', ...aHello())).toMatchObject({ is: 'hello' });
  });

  test('none that says hello in the same second', async () => {
    await silence(paul);
    await paul.client.query('begin');
    await paul.call('hello', ...aHello());
    const removing = remove(paul);
    await paul.client.query('commit');
    expect(await removing).toEqual({ is: 'awake' });
  });

  test('a desk whose invitations can then be taken over', async () => {
    const id = randomUUID();
    const sealed = Buffer.from('sealed').toString('base64');
    const state = { state: 'waiting', forced: false, tried: false };
    const open = { id, key: aKey(), queuedAt: Date.now(), sealed, ...state };
    await paul.call('push', ...aPush(1, { open: [open] }));
    await silence(paul);
    await remove(paul);
    expect(await lea.call('take_over', id)).toMatchObject({ is: 'yours' });
  });

  test('a desk whose code is then cancelled', async () => {
    const { rows } = await db.admin.query<{ code: string }>(
      "select deskbell_admin.new_enrolment('lille', 'Lille', uses => 2) as code",
    );
    const client = await db.connect();
    const { rows: checks } = await db.admin.query<{ check: Buffer }>(
      'select secret_check as check from deskbell.site_database',
    );
    const enrol = (token: Buffer) => {
      const hash = createHash('sha256').update(token).digest();
      const values = [rows[0]?.code, 'Desk 3', hash, '0.2.0', checks[0]?.check];
      return callFunction(client, 'enrol', values);
    };
    const joined = await enrol(randomBytes(32));
    await db.admin.query("update deskbell.desk set seen_at = '-infinity' where id = $1", [
      joined['desk'],
    ]);
    expect(await lea.call('remove_desk', joined['desk'])).toEqual({ is: 'done' });
    expect(await enrol(randomBytes(32))).toEqual({ is: 'unknown-code' });
  });

  test('five desks a day', async () => {
    for (let at = 0; at < 6; at += 1) {
      const desk = await db.join(`Desk ${at}`);
      await silence(desk);
      expect(await remove(desk)).toEqual({ is: at < 5 ? 'done' : 'too-many' });
    }
  });
});
