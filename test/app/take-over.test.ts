import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { valueOf } from '../support/app.ts';
import type { JoinedDesk } from '../support/joined-desk.ts';
import type { TestSiteDatabase } from '../support/postgres/site-database.ts';
import { openTwoDesks } from '../support/two-desks.ts';

const opened = openTwoDesks();
let db: TestSiteDatabase;
let one: JoinedDesk;
let two: JoinedDesk;
beforeEach(() => {
  ({ db, one, two } = opened());
});

const sent = (): number => one.posts().length;

describe('an invitation of a silent desk', () => {
  /** One that waits at the second desk, which was then switched off eleven minutes ago by the server's clock. */
  async function left(last: number): Promise<string> {
    await one.vendor.refuseConnections();
    const { id } = await two.invite(last, { name: 'Paul Martin', consented: true });
    await one.clock.advance(10 * SECOND_MS);
    two.crash();
    await one.vendor.acceptConnections();
    await db.admin.query(
      "update deskbell.desk set seen_at = now() - interval '11 minutes' where id = $1",
      [two.desk.id],
    );
    return id;
  }
  const listed = async () => valueOf(await one.call('otherDesks.listOpen', {}));
  const takeOver = (id: string) => one.call('otherDesks.takeOver', { id, pin: null });

  test('[row 306] is listed at the others, and one of them takes it over and sends it', async () => {
    const id = await left(16);
    expect(await listed()).toMatchObject({
      invitations: [{ id, desk: 'Desk 2', lastDigits: '16', takeOver: 'allowed' }],
    });
    const taken = valueOf(await takeOver(id));
    expect(taken).toMatchObject({ name: 'Paul Martin', phone: one.draft(16).phone });
    expect(taken.consentAt).not.toBeNull();
    // A second press is the same invitation.
    expect(valueOf(await takeOver(id)).id).toBe(taken.id);
    await one.clock.advance(MINUTE_MS);
    expect(await one.states()).toEqual(['accepted']);
    expect(await listed()).toMatchObject({ invitations: [] });
    await two.boot();
    await one.clock.advance(2 * MINUTE_MS);
    expect(await two.states()).toEqual(['cancelled']);
    expect(sent()).toBe(1);
  });

  test('[row 306] is known to be taken over when its desk is back, before Partoo is', async () => {
    const id = await left(19);
    await one.vendor.refuseConnections();
    valueOf(await takeOver(id));
    await one.clock.advance(10 * SECOND_MS);
    await two.boot();
    await one.clock.advance(10 * SECOND_MS);
    expect((await two.invitations()).map(({ progress }) => progress)).toMatchObject([
      { state: 'cancelled', why: 'taken-over' },
    ]);
    await one.vendor.acceptConnections();
    await one.clock.advance(2 * MINUTE_MS);
    expect(sent()).toBe(1);
  });

  test('stays where it is while its desk is on', async () => {
    await one.vendor.refuseConnections();
    const { id } = await two.invite(17);
    await one.clock.advance(10 * SECOND_MS);
    expect(await listed()).toMatchObject({ invitations: [{ id, takeOver: 'awake' }] });
    expect(await takeOver(id)).toMatchObject({ failure: { kind: 'take-over', why: 'awake' } });
    await one.vendor.acceptConnections();
    await one.clock.advance(2 * MINUTE_MS);
    expect(await two.states()).toEqual(['accepted']);
  });

  test('is not taken over where the number was invited', async () => {
    await one.invite(18);
    await one.clock.advance(MINUTE_MS);
    const id = await left(18);
    expect(await takeOver(id)).toMatchObject({
      failure: { kind: 'not-allowed', verdict: { ruling: { kind: 'closed' } } },
    });
    expect(await one.states()).toEqual(['accepted']);
  });
});
