import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claim } from '../../../support/postgres/claims.ts';
import {
  aKey,
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
