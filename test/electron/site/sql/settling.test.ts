import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS } from '../../../../shared/time.ts';
import { claim, sent } from '../../../support/postgres/claims.ts';
import {
  aKey,
  aPush,
  createSiteDatabase,
  type TestDesk,
  type TestSiteDatabase,
} from '../../../support/postgres/site-database.ts';

let db: TestSiteDatabase;
let lea: TestDesk;
let paul: TestDesk;
beforeAll(async () => {
  db = await createSiteDatabase();
  lea = await db.join('Desk 1');
  paul = await db.join('Desk 2');
});
afterAll(() => db.close());

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
