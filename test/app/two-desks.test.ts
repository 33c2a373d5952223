import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { createSiteDatabase, type TestSiteDatabase } from '../support/postgres/site-database.ts';
import { openJoinedDesk, type JoinedDesk } from '../support/joined-desk.ts';
import { valueOf } from '../support/app.ts';

let db: TestSiteDatabase;
beforeAll(async () => {
  db = await createSiteDatabase();
});
afterAll(() => db.close());

/** Two desks of one site, connected. */
async function twoDesks(): Promise<readonly [JoinedDesk, JoinedDesk]> {
  const one = await openJoinedDesk(db, 'Desk 1');
  const two = await openJoinedDesk(db, 'Desk 2', { beside: one });
  await one.clock.advance(SECOND_MS);
  return [one, two];
}

const sentTo = (desk: JoinedDesk): number => desk.posts().length;

describe('two desks of one site', () => {
  test('send one SMS to a number that is typed at both in the same second', async () => {
    const [one, two] = await twoDesks();
    const before = sentTo(one);
    await Promise.all([one.invite(1), two.invite(1)]);
    await one.clock.advance(MINUTE_MS);
    expect(sentTo(one) - before).toBe(1);
    const states = [...(await one.states()), ...(await two.states())];
    expect(states.toSorted()).toEqual(['accepted', 'needs_decision']);
  });

  test('keep a refusal of one desk at the other', async () => {
    const [one, two] = await twoDesks();
    valueOf(await one.call('doNotContact.optOut', { phone: one.draft(2).phone, staff: null }));
    await one.clock.advance(3 * SECOND_MS);
    const before = sentTo(one);
    await two.invite(2);
    await one.clock.advance(MINUTE_MS);
    expect(sentTo(one)).toBe(before);
    expect(await two.states()).toEqual(['cancelled']);
  });
});
