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

const aSend = (key: string, sentAt = Date.now()) => ({
  id: randomUUID(),
  key,
  business: 'b1',
  proved: true,
  sentAt,
  queuedAt: sentAt - 1_000,
  partooId: randomUUID(),
  staff: 'Paul',
});
const sealed = Buffer.from('number and name').toString('base64');
const anOpenOne = (key: string, changes: object = {}) => ({
  id: randomUUID(),
  key,
  queuedAt: 5,
  state: 'waiting',
  forced: false,
  tried: false,
  sealed,
  ...changes,
});

/** The desk was silent for more than ten minutes. */
const fallSilent = (desk: TestDesk) =>
  db.admin.query("update deskbell.desk set seen_at = now() - interval '11 minutes' where id = $1", [
    desk.id,
  ]);

describe('a push', () => {
  test('reaches the other desks, and repeating it changes nothing', async () => {
    const keys = [aKey(), aKey(), aKey()] as const;
    const lists = {
      sends: [aSend(keys[0])],
      open: [anOpenOne(keys[1])],
      refusals: [{ key: keys[2], since: 1_000, hint: 1 }],
    };
    for (const change of [7, 7, 3]) {
      expect(await paul.call('push', ...aPush(change, lists))).toEqual({
        is: 'kept',
        erased: [],
        taken: [],
        refusalsLeft: [],
        notKept: [],
      });
    }
    expect(await lea.call('look', [...keys])).toMatchObject({
      numbers: expect.arrayContaining([
        expect.objectContaining({ key: keys[0], sent: expect.anything() }),
        expect.objectContaining({ key: keys[1], waits: expect.anything() }),
        expect.objectContaining({ key: keys[2], refused: expect.anything() }),
      ]),
    });
    expect(await paul.call('hello', ...aHello())).toMatchObject({ pushed: 7 });
  });

  test('updates an open invitation, and ends it', async () => {
    const [wrong, right] = [aKey(), aKey()];
    const open = anOpenOne(wrong);
    await paul.call('push', ...aPush(8, { open: [open] }));
    await paul.call('push', ...aPush(9, { open: [{ ...open, key: right, state: 'held' }] }));
    expect(await lea.call('look', [wrong, right])).toMatchObject({ numbers: [{ key: right }] });
    await paul.call('push', ...aPush(10, { ended: [open.id] }));
    expect(await lea.call('look', [right])).toEqual({ is: 'known', numbers: [] });
  });

  test('changes nothing that belongs to another desk', async () => {
    const key = aKey();
    const send = aSend(key);
    const open = anOpenOne(key);
    await paul.call('push', ...aPush(11, { sends: [send], open: [open] }));
    const later = { ...send, sentAt: send.sentAt - DAY_MS };
    const answer = await lea.call(
      'push',
      ...aPush(1, { sends: [later], open: [{ ...open, state: 'held' }], ended: [open.id] }),
    );
    expect(answer).toMatchObject({ notKept: [open.id] });
    const { rows } = await db.admin.query(
      `select send.sent_at, open.state from deskbell.send
       join deskbell.open_invitation as open using (number_key, desk_id) where number_key = $1`,
      [key],
    );
    expect(rows).toEqual([{ sent_at: String(send.sentAt), state: 'waiting' }]);
  });

  describe('[row 330] of a PC that has joined again', () => {
    const deskOf = async ({ id }: { readonly id: string }) => {
      const { rows } = await db.admin.query<{ desk_id: number }>(
        'select desk_id from deskbell.open_invitation where invitation = $1',
        [id],
      );
      return rows[0]?.desk_id;
    };
    const revoke = ({ id }: TestDesk) =>
      db.admin.query('update deskbell.desk set revoked_at = now() where id = $1', [id]);

    test('goes on with what its earlier desk had open, and ends what has ended since', async () => {
      const earlier = await db.join('Desk 3');
      const [open, ended] = [anOpenOne(aKey()), anOpenOne(aKey())];
      await earlier.call('push', ...aPush(1, { open: [open, ended] }));
      const again = await db.join('Desk 3');
      const answer = await again.call('push', ...aPush(1, { open: [open], ended: [ended.id] }));
      expect(answer).toMatchObject({ notKept: [] });
      expect(await deskOf(open)).toBe(again.id);
      expect(await deskOf(ended)).toBeUndefined();
    });

    test('goes on where its earlier desk was on until it was revoked, and never at another site', async () => {
      const earlier = await db.join('Desk 3');
      const [again, elsewhere] = [await db.join('Desk 3'), await db.join('Desk 3', 'lyon')];
      const open = anOpenOne(aKey());
      await earlier.call('push', ...aPush(1, { open: [open] }));
      await again.call('push', ...aPush(1, { open: [open] }));
      expect(await deskOf(open)).toBe(earlier.id);
      await revoke(earlier);
      await elsewhere.call('push', ...aPush(1, { open: [open] }));
      expect(await deskOf(open)).toBe(earlier.id);
      await again.call('push', ...aPush(1, { open: [open] }));
      expect(await deskOf(open)).toBe(again.id);
    });

    test('hears that another desk has taken one over, and never gives a possible SMS away', async () => {
      const earlier = await db.join('Desk 3');
      const [taken, sent] = [anOpenOne(aKey()), anOpenOne(aKey())];
      await earlier.call('push', ...aPush(1, { open: [taken, sent] }));
      await earlier.call('claim', ...aClaim(sent.key, { invitation: sent.id }));
      await revoke(earlier);
      await lea.call('take_over', taken.id);
      const again = await db.join('Desk 3');
      expect(await again.call('push', ...aPush(1, { open: [taken, sent] }))).toMatchObject({
        taken: [{ invitation: taken.id, where: expect.anything() }],
      });
      await fallSilent(again);
      expect(await lea.call('take_over', sent.id)).toEqual({ is: 'in-doubt' });
    });
  });

  test('accepts one proof for two invitations: facts are never refused', async () => {
    const send = aSend(aKey());
    await paul.call('push', ...aPush(12, { sends: [send] }));
    const same = { ...aSend(aKey()), partooId: send.partooId };
    expect(await lea.call('push', ...aPush(2, { sends: [same] }))).toMatchObject({ is: 'kept' });
  });

  test('of a proved SMS is kept, though another desk has used its invitation id', async () => {
    const [key, others] = [aKey(), aKey()];
    const send = aSend(key);
    await lea.call('claim', ...aClaim(others, { invitation: send.id }));
    expect(await paul.call('push', ...aPush(12, { sends: [send] }))).toMatchObject({ notKept: [] });
    expect(await lyon.call('claim', ...aClaim(key))).toMatchObject({ is: 'window', proved: true });
  });

  test('of a proved SMS to another number than the database has is reported', async () => {
    const send = aSend(aKey());
    await paul.call('push', ...aPush(12, { sends: [send] }));
    const other = { ...send, key: aKey() };
    expect(await paul.call('push', ...aPush(12, { sends: [other] }))).toMatchObject({
      notKept: [send.id],
    });
  });

  test.each([
    ['a list', () => aPush(1).with(1, null)],
    ['the time of an SMS', () => aPush(1, { sends: [{ ...aSend(aKey()), queuedAt: null }] })],
    [
      'the word whether it is proved',
      () => aPush(1, { sends: [{ ...aSend(aKey()), proved: null }] }),
    ],
    [
      'the time of an invitation',
      () => aPush(1, { open: [anOpenOne(aKey(), { queuedAt: null })] }),
    ],
    ['the time of a refusal', () => aPush(1, { refusals: [{ key: aKey(), hint: 1 }] })],
  ])('without %s is refused', async (_, values) => {
    await expect(paul.call('push', ...values())).rejects.toMatchObject({ code: 'SD004' });
  });

  test('contains at most five hundred of each, and fifteen thousand numbers an hour', async () => {
    const many = Array.from({ length: 501 }, () => aSend(aKey()));
    await expect(paul.call('push', ...aPush(13, { sends: many }))).rejects.toMatchObject({
      code: 'SD004',
    });
    expect(await paul.call('push', ...aPush(13, { sends: many.slice(1) }))).toMatchObject({
      is: 'kept',
    });
    const flooding = await db.join('Desk 9');
    await db.admin.query(
      "insert into deskbell.limit_use values ($1, 'keys', date_trunc('hour', now(), 'UTC'), 15000)",
      [flooding.id],
    );
    const one = await flooding.call('push', ...aPush(1, { sends: [aSend(aKey())] }));
    expect(one).toEqual({ is: 'too-often' });
  });

  test('of refusals does not block another desk that pushes the same numbers in reverse order', async () => {
    const keys = Array.from({ length: 40 }, aKey).toSorted();
    const desk = await db.join('Desk 8', 'lille', { importAllowance: 1_000 });
    const refusals = keys.map((key) => ({ key, since: 1, hint: 1 }));
    const one = desk.call('push', ...aPush(1, { refusals }));
    for (const key of keys.toReversed()) await lyon.call('refuse', key, 1, 1);
    expect(await one).toMatchObject({ is: 'kept' });
  });
});

describe('taking over', () => {
  test('is allowed for invitations of a silent desk of the same site, and can be repeated', async () => {
    const gone = await db.join('Desk 3');
    const open = anOpenOne(aKey());
    await gone.call('push', ...aPush(1, { open: [open] }));
    expect(await lea.call('take_over', open.id)).toEqual({ is: 'awake' });
    await fallSilent(gone);
    expect(await lyon.call('take_over', open.id)).toEqual({ is: 'elsewhere' });
    const yours = { is: 'yours', sealed, queuedAt: 5 };
    expect(await lea.call('take_over', open.id)).toEqual(yours);
    expect(await lea.call('take_over', open.id)).toEqual(yours);
    expect(await paul.call('take_over', open.id)).toMatchObject({
      is: 'taken',
      where: { desk: 'Desk 1' },
    });
  });

  test('reaches the desk that comes back, and is repeated until that desk has saved it', async () => {
    const gone = await db.join('Desk 4');
    const key = aKey();
    const open = anOpenOne(key);
    await gone.call('push', ...aPush(1, { open: [open] }));
    await db.admin.query('select deskbell_admin.revoke($1)', [gone.id]);
    await lea.call('take_over', open.id);
    await db.admin.query('update deskbell.desk set revoked_at = null where id = $1', [gone.id]);
    const where = { desk: 'Desk 1', site: 'Shop lille' };
    expect(await gone.call('claim', ...aClaim(key, { invitation: open.id }))).toEqual({
      is: 'taken',
      where,
    });
    expect(await gone.call('push', ...aPush(2, { ended: [open.id] }))).toMatchObject({
      taken: [{ invitation: open.id, where }],
    });
    const openAtOthers = async () => {
      const { open: others } = await lea.call('report_site');
      return z
        .array(z.looseObject({ invitation: z.string() }))
        .parse(others)
        .filter(({ invitation }) => invitation === open.id);
    };
    expect(await openAtOthers()).toMatchObject([{ isTakenByThis: true, sealed }]);
    await lea.call('push', ...aPush(3, { ended: [open.id] }));
    expect(await openAtOthers()).toEqual([]);
    expect(await gone.call('push', ...aPush(3, { ended: [open.id] }))).toMatchObject({ taken: [] });
  });

  test.each([
    ['was forced', { forced: true }],
    ['was tried', { tried: true }],
    ['may have been sent', { state: 'unconfirmed' }],
    ['needs a decision', { state: 'needs_decision' }],
    ['has no sealed number', { sealed: null }],
  ])('is refused for an invitation that %s', async (_, changes) => {
    const gone = await db.join('Desk 5');
    const open = anOpenOne(aKey(), changes);
    await gone.call('push', ...aPush(1, { open: [open] }));
    await fallSilent(gone);
    expect(await lea.call('take_over', open.id)).toEqual({ is: 'in-doubt' });
  });

  test('is refused for an invitation that its desk has claimed', async () => {
    const gone = await db.join('Desk 6');
    const open = anOpenOne(aKey());
    await gone.call('push', ...aPush(1, { open: [open] }));
    await gone.call('claim', ...aClaim(open.key, { invitation: open.id }));
    await fallSilent(gone);
    expect(await lea.call('take_over', open.id)).toEqual({ is: 'in-doubt' });
  });

  test('returns an error for an unknown invitation', async () => {
    expect(await lea.call('take_over', randomUUID())).toEqual({ is: 'absent' });
  });
});

test('[row 314] of newer changes does not hide that the database was restored', async () => {
  const desk = await db.join('Desk 9');
  await desk.call('push', ...aPush(1, { refusals: [{ key: aKey(), since: 1, hint: 1 }] }));
  // The restore has lost it.
  await db.admin.query('update deskbell.desk set pushed = 0 where id = $1', [desk.id]);
  expect(await desk.call('push', ...aPush(2, {}, 1))).toEqual({ is: 'hello' });
  expect(await desk.call('hello', ...aHello({ pushed: 1 }))).toMatchObject({ epoch: 2 });
});
