import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../../shared/time.ts';
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

/** A claim by a desk, and the invitation that it is for. */
async function claim(desk: TestDesk, key: string, changes: Parameters<typeof aClaim>[1] = {}) {
  const invitation = changes.invitation ?? randomUUID();
  const answer = await desk.call('claim', ...aClaim(key, { ...changes, invitation }));
  return { invitation, answer };
}

async function sent(desk: TestDesk, key: string, at = Date.now(), proved = true): Promise<string> {
  const { invitation } = await claim(desk, key);
  await desk.call('settle', invitation, 1, at, proved, randomUUID());
  return invitation;
}

describe('the SMS that proves an invitation', () => {
  /** A possible SMS of a desk, after a person chose to send again. */
  async function unclear(desk: TestDesk, key: string): Promise<string> {
    const forced = { forced: true, seen: Date.now() };
    const { invitation } = await claim(desk, key, forced);
    await desk.call('settle', invitation, 1, Date.now(), false, null);
    return invitation;
  }

  test('[row 325] is none that another invitation has', async () => {
    const key = aKey();
    const mine = await unclear(lea, key);
    const { invitation } = await claim(lyon, key, { forced: true, seen: Date.now() });
    await lyon.call('settle', invitation, 1, Date.now(), true, 'of Lyon');
    expect(await lea.call('attribute_sms', mine, ['of Lyon', 'of Lille'])).toEqual({
      is: 'attributed',
      others: ['of Lyon'],
    });
    expect(await lyon.call('attribute_sms', invitation, ['of Lyon'])).toMatchObject({ others: [] });
  });

  test('[row 325] is reserved for the first desk that asks, once and again', async () => {
    const key = aKey();
    const [mine, theirs] = [await unclear(lea, key), await unclear(paul, key)];
    const id = randomUUID();
    const ask = (desk: TestDesk, invitation: string) =>
      desk.call('attribute_sms', invitation, [id]);
    expect(await ask(lea, mine)).toMatchObject({ others: [] });
    expect(await ask(paul, theirs)).toMatchObject({ others: [id] });
    expect(await ask(lea, mine)).toMatchObject({ others: [] });
  });

  test('[row 325] may be that of a desk that sends now, or has died while it sent within the hour', async () => {
    const key = aKey();
    const mine = await unclear(lea, key);
    await claim(paul, key, { forced: true, seen: Date.now() });
    const ask = () => lea.call('attribute_sms', mine, ['new']);
    expect(await ask()).toMatchObject({ others: ['new'] });
    const past = "update deskbell.send set claimed_at = claimed_at - interval '59 minutes'";
    await db.admin.query(`${past} where number_key = $1`, [key]);
    expect(await ask()).toMatchObject({ others: ['new'] });
    await db.admin.query(`${past} where number_key = $1`, [key]);
    expect(await ask()).toMatchObject({ others: [] });
  });

  test('[row 325] is reserved for no invitation that the database does not know', async () => {
    const id = randomUUID();
    const unknown = await lea.call('attribute_sms', randomUUID(), [id]);
    expect(unknown).toMatchObject({ others: [] });
    const { rows } = await db.admin.query('select from deskbell.send where partoo_id = $1', [id]);
    expect(rows).toEqual([]);
  });

  test('[row 284] is asked about with one to fifty of Partoo’s ids, within the limit of an hour', async () => {
    for (const count of [0, 51]) {
      const ids = Array.from({ length: count }, () => 'x');
      await expect(lea.call('attribute_sms', randomUUID(), ids)).rejects.toMatchObject({
        code: 'SD004',
      });
    }
    await db.admin.query('update deskbell.site_database set keys_an_hour = 0');
    const asked = await lea.call('attribute_sms', randomUUID(), ['x']);
    await db.admin.query('update deskbell.site_database set keys_an_hour = 20000');
    expect(asked).toEqual({ is: 'too-often' });
  });
});

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
    await lyon.call('refuse', key, since, 7, null);
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

describe('settling a claim', () => {
  const stateOf = async (invitation: string) => {
    const { rows } = await db.admin.query<object>(
      'select state, sent_at, partoo_id from deskbell.send where invitation = $1',
      [invitation],
    );
    return rows;
  };

  test('frees the number when nothing was sent', async () => {
    const key = aKey();
    const { invitation } = await claim(lea, key);
    expect(await lea.call('settle', invitation, 1, null, false, null)).toEqual({
      is: 'kept',
      known: true,
    });
    expect((await claim(paul, key)).answer).toMatchObject({ is: 'granted' });
  });

  test('[row 289] does not release a later claim when the call was delayed', async () => {
    const key = aKey();
    const { invitation } = await claim(lea, key);
    await claim(lea, key, { invitation, claim: 2 });
    await lea.call('settle', invitation, 1, null, false, null);
    expect((await claim(paul, key)).answer).toMatchObject({ is: 'busy' });
  });

  test('[row 312] does not release a claim that was made after the first one was taken back', async () => {
    const key = aKey();
    const { invitation } = await claim(lea, key);
    await lea.call('settle', invitation, 1, null, false, null);
    await claim(lea, key, { invitation, claim: 2 });
    await lea.call('settle', invitation, 1, null, false, null);
    expect((await claim(paul, key)).answer).toMatchObject({ is: 'busy' });
  });

  test('[row 313] without a proof ends no later claim that is in flight, and moves no time back', async () => {
    const key = aKey();
    const before = Date.now() - 600_000;
    const { invitation } = await claim(lea, key, { now: before });
    await lea.call('settle', invitation, 1, before, false, null);
    await claim(lea, key, { invitation, claim: 2 });
    await lea.call('settle', invitation, 1, before, false, null);
    const send = { id: invitation, key, business: 'b', proved: false, sentAt: before };
    await lea.call('push', ...aPush(1, { sends: [{ ...send, queuedAt: before }] }));
    const forced = { forced: true, seen: before, looked: true };
    expect((await claim(paul, key, forced)).answer).toMatchObject({ is: 'busy' });
    await lea.call('settle', invitation, 2, Date.now(), false, null);
    expect((await claim(paul, key, forced)).answer).toMatchObject({ is: 'window' });
  });

  test('never removes a proof, and keeps its time', async () => {
    const at = Date.now() - 1_000;
    const invitation = await sent(lea, aKey(), at);
    const [before] = await stateOf(invitation);
    await lea.call('settle', invitation, 1, null, false, null);
    await lea.call('settle', invitation, 1, Date.now(), false, null);
    await lea.call(
      'push',
      ...aPush(1, {
        sends: [
          {
            id: invitation,
            key: aKey(),
            business: 'b',
            proved: false,
            sentAt: at - 5,
            queuedAt: 1,
          },
        ],
      }),
    );
    expect(await stateOf(invitation)).toEqual([before]);
    expect(before).toMatchObject({ state: 'sent', sent_at: String(at) });
  });

  test('never moves a proof back in time', async () => {
    const at = Date.now() - 1_000;
    const key = aKey();
    const invitation = await sent(lea, key, at);
    const earlier = at - 11 * DAY_MS;
    await lea.call('settle', invitation, 1, earlier, true, null);
    const send = { id: invitation, key, business: 'b', proved: true, queuedAt: 1 };
    await lea.call('push', ...aPush(1, { sends: [{ ...send, sentAt: earlier }] }));
    expect(await stateOf(invitation)).toMatchObject([{ state: 'sent', sent_at: String(at) }]);
  });

  test('is allowed only to the desk that claimed', async () => {
    const key = aKey();
    const { invitation } = await claim(lea, key);
    expect(await paul.call('settle', invitation, 1, null, false, null)).toEqual({
      is: 'kept',
      known: false,
    });
    expect((await claim(paul, key)).answer).toMatchObject({ is: 'busy' });
  });

  test('returns an error for an invitation that the database does not know', async () => {
    expect(await lea.call('settle', randomUUID(), 1, Date.now(), true, null)).toEqual({
      is: 'kept',
      known: false,
    });
  });

  test('treats a time in the far future as tomorrow', async () => {
    const key = aKey();
    await sent(lea, key, Date.now() + 1_000 * DAY_MS);
    const { rows } = await db.admin.query<{ sent_at: string }>(
      'select sent_at from deskbell.send where number_key = $1',
      [key],
    );
    expect(Number(rows[0]?.sent_at)).toBeLessThanOrEqual(Date.now() + DAY_MS);
  });
});

describe('a look', () => {
  test('omits unknown numbers', async () => {
    expect(await lea.call('look', [aKey(), aKey()])).toEqual({ is: 'known', numbers: [] });
  });

  test('returns the known facts, and names of people only inside the site', async () => {
    const key = aKey();
    const at = Date.now() - DAY_MS;
    const invitation = await sent(lea, key, at);
    const here = { desk: 'Desk 1', site: 'Shop lille' };
    const sms = { at, proved: true, inFlight: false };
    expect(await paul.call('look', [key])).toEqual({
      is: 'known',
      numbers: [{ key, sent: { ...sms, staff: 'Léa', where: here } }],
    });
    expect(await lea.call('look', [key])).toEqual({
      is: 'known',
      numbers: [{ key, sent: { ...sms, staff: 'Léa', where: here, invitation } }],
    });
    expect(await lyon.call('look', [key])).toEqual({
      is: 'known',
      numbers: [{ key, sent: { ...sms, where: { site: 'Shop lille' } } }],
    });
  });

  test('returns a refusal, and an invitation that waits at another desk', async () => {
    const key = aKey();
    await lyon.call('refuse', key, 1_000, 7, null);
    const open = [
      { id: randomUUID(), key, queuedAt: 5, state: 'waiting', forced: false, tried: false },
    ];
    await paul.call('push', ...aPush(1, { open }));
    const seenFrom = async (desk: TestDesk) => desk.call('look', [key]);
    expect(await seenFrom(lea)).toMatchObject({
      numbers: [
        {
          refused: { since: 1_000, where: { site: 'Shop lyon' } },
          waits: { since: 5, where: { desk: 'Desk 2' }, isSilent: false },
        },
      ],
    });
    expect(await seenFrom(paul)).not.toMatchObject({ numbers: [{ waits: expect.anything() }] });
  });

  test('accepts one to sixteen numbers', async () => {
    for (const count of [0, 17]) {
      const keys = Array.from({ length: count }, aKey);
      await expect(lea.call('look', keys)).rejects.toMatchObject({ code: 'SD004' });
    }
  });

  test('[row 292] is stopped after fifteen thousand numbers in an hour, a claim after twenty thousand', async () => {
    const curious = await db.join('Desk 8');
    await db.admin.query(
      "insert into deskbell.limit_use values ($1, 'keys', date_trunc('hour', now(), 'UTC'), 14999)",
      [curious.id],
    );
    expect(await curious.call('look', [aKey(), aKey()])).toEqual({ is: 'too-often' });
    expect(await curious.call('look', [aKey()])).toMatchObject({ is: 'known' });
    expect(await curious.call('look', [aKey()])).toEqual({ is: 'too-often' });
    expect((await claim(curious, aKey())).answer).toMatchObject({ is: 'granted' });
  });
});

test('an administrator removes the SMS that one desk has invented since a time', async () => {
  const wrong = await db.join('Desk 6');
  const [invented, real] = [aKey(), aKey()];
  const id = randomUUID();
  const sends = [
    { id, key: invented, business: 'b', proved: true, sentAt: Date.now(), queuedAt: 1 },
  ];
  await wrong.call('push', ...aPush(1, { sends }));
  await sent(lea, real);
  expect((await claim(paul, invented)).answer).toMatchObject({ is: 'window' });
  const { rows } = await db.admin.query(
    "select deskbell_admin.remove_sends($1, now() - interval '1 hour') as removed",
    [wrong.id],
  );
  expect(rows).toEqual([{ removed: 1 }]);
  expect((await claim(paul, invented)).answer).toMatchObject({ is: 'granted' });
  expect((await claim(paul, real)).answer).toMatchObject({ is: 'window' });
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
