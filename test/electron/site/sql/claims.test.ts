import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../../shared/time.ts';
import { claim, sent } from '../../../support/postgres/claims.ts';
import {
  aClaim,
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
  lea = await db.join('Desk 1');
  paul = await db.join('Desk 2');
  lyon = await db.join('Desk 1', 'lyon');
});
afterAll(() => db.close());

describe('a claim', () => {
  test('[row 289] is granted for an unknown number, and a repeated call returns the same claim', async () => {
    const key = aKey();
    const { invitation, answer } = await claim(lea, key);
    expect(answer).toEqual({ is: 'granted', claim: 1 });
    const again = { invitation, claim: 2 };
    expect((await claim(lea, key, again)).answer).toEqual({ is: 'granted', claim: 2 });
    const { rows } = await db.admin.query(
      'select invitation, state, claim from deskbell.send where number_key = $1',
      [key],
    );
    expect(rows).toEqual([{ invitation, state: 'in_flight', claim: '2' }]);
  });

  test('is busy while another desk sends, and names that desk only to its own site', async () => {
    const key = aKey();
    await claim(lea, key);
    expect((await claim(paul, key)).answer).toEqual({
      is: 'busy',
      where: { desk: 'Desk 1', site: 'Shop lille' },
    });
    expect((await claim(lyon, key)).answer).toEqual({ is: 'busy', where: { site: 'Shop lille' } });
  });

  test('[row 287] counts as a possible SMS three minutes later, and never becomes free', async () => {
    const key = aKey();
    const now = Date.now();
    await claim(lea, key, { now });
    await db.admin.query(
      "update deskbell.send set claimed_at = claimed_at - interval '181 seconds' where number_key = $1",
      [key],
    );
    expect((await claim(paul, key)).answer).toEqual({
      is: 'window',
      sentAt: now,
      proved: false,
      where: { desk: 'Desk 1', site: 'Shop lille' },
    });
  });

  test('is inside the window of an SMS for ten days', async () => {
    const key = aKey();
    const at = Date.now() - 10 * DAY_MS + MINUTE_MS;
    await sent(lea, key, at);
    expect((await claim(paul, key)).answer).toMatchObject({ is: 'window', sentAt: at });
    expect((await claim(paul, key, { now: at + 10 * DAY_MS })).answer).toMatchObject({
      is: 'granted',
    });
  });

  test('that is forced passes the SMS that a person saw, and no later one', async () => {
    const key = aKey();
    const at = Date.now() - DAY_MS;
    await sent(lea, key, at);
    const forced = (seen: number | null) => claim(paul, key, { forced: true, seen });
    expect((await forced(at - 1)).answer).toMatchObject({ is: 'window' });
    expect((await forced(null)).answer).toMatchObject({ is: 'window' });
    expect((await forced(at)).answer).toMatchObject({ is: 'granted' });
  });

  test('is inside the window of the invitation itself, once that is proved as sent', async () => {
    const key = aKey();
    const invitation = await sent(lea, key);
    expect((await claim(lea, key, { invitation })).answer).toMatchObject({
      is: 'window',
      proved: true,
    });
  });

  test('is never granted for a proved invitation, forced or after its window', async () => {
    for (const at of [Date.now() - 1_000, Date.now() - 20 * DAY_MS]) {
      const key = aKey();
      const invitation = await sent(lea, key, at);
      const forced = { invitation, forced: true, seen: Date.now(), looked: true };
      const window = { is: 'window', sentAt: at, proved: true };
      expect((await claim(lea, key, forced)).answer).toMatchObject(window);
      await lea.call('settle', invitation, 2, null, false, null);
      expect(await lea.call('look', [key])).toMatchObject({ numbers: [{ sent: { at } }] });
    }
  });

  test.each([
    ['invitation', 0],
    ['number', 1],
    ['key', 2],
    ['business', 3],
    ['time', 4],
    ['time of its save', 5],
    ['word whether it is forced', 6],
    ['word whether Partoo was searched', 9],
  ])('without %s is refused', async (_, at) => {
    const values = aClaim(aKey()).with(at, null);
    await expect(lea.call('claim', ...values)).rejects.toMatchObject({ code: 'SD004' });
  });

  test('is granted again for an invitation that may have been sent', async () => {
    const key = aKey();
    const { invitation } = await claim(lea, key);
    await lea.call('settle', invitation, 1, Date.now(), false, null);
    const again = { invitation, claim: 2 };
    expect((await claim(lea, key, again)).answer).toEqual({ is: 'granted', claim: 2 });
  });

  test('[row 312] that arrives after a later one of the same desk changes nothing', async () => {
    const key = aKey();
    const { invitation } = await claim(lea, key, { claim: 5 });
    await expect(claim(lea, key, { invitation, claim: 4 })).rejects.toMatchObject({
      code: 'SD003',
    });
    await lea.call('settle', invitation, 4, null, false, null);
    expect((await claim(paul, key)).answer).toMatchObject({ is: 'busy' });
  });

  test('is refused for a customer on the do-not-contact list, forced or not', async () => {
    const key = aKey();
    const since = Date.now() - DAY_MS;
    await lyon.call('refuse', key, since, 7);
    expect((await claim(lea, key)).answer).toEqual({ is: 'refused', since });
    const forced = { forced: true, seen: Date.now(), looked: true };
    expect((await claim(lea, key, forced)).answer).toEqual({ is: 'refused', since });
  });

  test('[row 282] is refused by clocks that differ by more than a day', async () => {
    for (const off of [-1, 1]) {
      const now = Date.now() + off * (DAY_MS + MINUTE_MS);
      expect((await claim(lea, aKey(), { now })).answer).toMatchObject({ is: 'clock' });
    }
  });

  test('never replaces an invitation to another number', async () => {
    const { invitation } = await claim(lea, aKey());
    await expect(claim(lea, aKey(), { invitation })).rejects.toMatchObject({ code: 'SD003' });
  });

  test('[row 291] counts what the same PC has sent before it left and joined again', async () => {
    const [recent, old] = [aKey(), aKey()];
    const { invitation } = await claim(lea, recent);
    await lea.call('settle', invitation, 1, Date.now() - MINUTE_MS, false, null);
    expect((await claim(paul, recent, { invitation })).answer).toMatchObject({ is: 'window' });
    const earlier = await claim(lea, old);
    await lea.call('settle', earlier.invitation, 1, Date.now() - 20 * DAY_MS, true, null);
    expect((await claim(paul, old, earlier)).answer).toMatchObject({ is: 'granted' });
  });

  test('[row 291] for an invitation that another desk has open changes nothing there', async () => {
    const [key, other] = [aKey(), aKey()];
    const id = randomUUID();
    const open = [
      { id, key, queuedAt: 5, state: 'waiting', forced: false, tried: false, sealed: null },
    ];
    await lea.call('push', ...aPush(1, { open }));
    expect((await claim(paul, other, { invitation: id })).answer).toMatchObject({ is: 'granted' });
    // Nor does a push with this id.
    const sends = [
      { id, key: other, business: 'b', proved: true, sentAt: Date.now(), queuedAt: 5 },
    ];
    await paul.call('push', ...aPush(1, { sends }));
    expect((await claim(lea, key, { invitation: id })).answer).toEqual({ is: 'granted', claim: 1 });
    await lea.call('settle', id, 1, Date.now(), true, null);
    expect(await lyon.call('look', [key, other])).toMatchObject({
      numbers: [{ sent: { proved: true } }, { sent: { proved: true } }],
    });
  });

  test('waits for the rate limiter when the minute is used up, and claims nothing', async () => {
    const key = aKey();
    await db.admin.query('update deskbell.rate set per_minute = 1');
    await db.admin.query('delete from deskbell.rate_second');
    expect((await claim(lea, aKey())).answer).toMatchObject({ is: 'granted' });
    const { answer } = await claim(lea, key);
    expect(answer).toEqual({ is: 'turn', waitMs: expect.any(Number) });
    expect(answer['waitMs']).toBeGreaterThan(50_000);
    expect(answer['waitMs']).toBeLessThanOrEqual(61_000);
    await db.admin.query('update deskbell.rate set per_minute = 250');
    await db.admin.query('delete from deskbell.rate_second');
    expect((await claim(paul, key)).answer).toMatchObject({ is: 'granted' });
  });

  test('[row 284] is stopped when a desk asks about more numbers than it may in an hour', async () => {
    const flooding = await db.join('Desk 9');
    await db.admin.query('update deskbell.site_database set keys_an_hour = 2');
    for (const expected of ['granted', 'granted', 'too-often']) {
      expect((await claim(flooding, aKey())).answer).toMatchObject({ is: expected });
    }
    await db.admin.query('update deskbell.site_database set keys_an_hour = 20000');
  });
});

describe('a claim by fifty desks for one number in one second', () => {
  test('[row 286] is granted once, ten times in a row', async () => {
    const desks: TestDesk[] = [];
    for (let at = 0; at < 50; at += 1) desks.push(await db.join(`Race ${at}`));
    for (let round = 0; round < 10; round += 1) {
      const key = aKey();
      await db.admin.query('delete from deskbell.rate_second');
      const answers = await Promise.all(
        desks.map(async (desk) => {
          const { invitation, answer } = await claim(desk, key);
          if (answer.is === 'granted')
            await desk.call('settle', invitation, 1, Date.now(), true, randomUUID());
          return answer.is;
        }),
      );
      expect(answers.filter((is) => is === 'granted')).toHaveLength(1);
      expect(answers.filter((is) => !['granted', 'busy', 'window'].includes(is))).toEqual([]);
    }
    await Promise.all(desks.map((desk) => desk.client.end()));
  });
});

describe('a desk that has not joined or was revoked', () => {
  test('is unknown', async () => {
    const call = callFunction(lea.client, 'claim', [Buffer.alloc(32), ...aClaim(aKey())]);
    await expect(call).rejects.toMatchObject({ code: 'SD001' });
  });

  test('[row 276] is revoked at once', async () => {
    const gone = await db.join('Desk 7');
    await db.admin.query('select deskbell_admin.revoke($1)', [gone.id]);
    await expect(gone.call('look', [aKey()])).rejects.toMatchObject({ code: 'SD002' });
  });
});
