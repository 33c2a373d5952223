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
let lyon: TestDesk;
beforeAll(async () => {
  db = await createSiteDatabase();
  lea = await db.join('Desk 1');
  paul = await db.join('Desk 2');
  lyon = await db.join('Desk 1', 'lyon');
});
afterAll(() => db.close());

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
    await lyon.call('refuse', key, 1_000, 7);
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
