import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { valueOf } from '../support/app.ts';
import { openJoinedDesk, SITE_KEYS, type JoinedDesk } from '../support/joined-desk.ts';
import type { TestSiteDatabase } from '../support/postgres/site-database.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import { cutOff, statusOf, ticketFor, openTwoDesks } from '../support/two-desks.ts';

const opened = openTwoDesks();
let db: TestSiteDatabase;
let one: JoinedDesk;
let two: JoinedDesk;
/** Between the second desk and the server. */
let proxy: TcpProxy;
beforeEach(() => {
  ({ db, one, two, proxy } = opened());
});

describe('an erasure', () => {
  test('at one desk erases the customer at the other', async () => {
    await one.invite(14);
    await one.clock.advance(MINUTE_MS);
    const { phone } = one.draft(14);
    valueOf(await two.call('customer.erase', { phone, refusal: 'forgotten', pin: null }));
    await one.clock.advance(2 * MINUTE_MS);
    expect(await one.states()).toEqual([]);
    const { rows } = await db.admin.query('select 1 from deskbell.send');
    expect(rows).toEqual([]);
  });

  test('[row 307] of a desk that was apart keeps what another desk has saved since', async () => {
    await one.invite(15);
    await one.clock.advance(MINUTE_MS);
    await cutOff(opened());
    const { phone } = one.draft(15);
    valueOf(await two.call('customer.erase', { phone, refusal: 'forgotten', pin: null }));
    await one.clock.advance(MINUTE_MS);
    const newer = await one.invite(15, { force: await ticketFor(one, 15) });
    await one.clock.advance(MINUTE_MS);
    proxy.behave('pass');
    await one.clock.advance(3 * MINUTE_MS);
    expect((await one.invitations()).map(({ id }) => id)).toEqual([newer.id]);
  });

  test('[row 329] reaches a desk that pushes an invitation from before the order, and has applied it', async () => {
    const { phone } = two.draft(33);
    // The clock of desk 2 may be behind: what is typed now counts as older than the order.
    await db.admin.query(
      'insert into deskbell.erasure (number_key, queued_before, seq) values ($1, $2, 0)',
      [SITE_KEYS.numberKey(phone), Date.now() + HOUR_MS],
    );
    await two.vendor.refuseConnections();
    await two.invite(33);
    await two.invite(34);
    expect(await two.states()).toEqual(['waiting', 'waiting']);
    await one.clock.advance(10 * SECOND_MS);
    expect((await two.invitations()).map(({ phone: left }) => left)).toEqual([two.draft(34).phone]);
    const { rows } = await db.admin.query('select from deskbell.open_invitation');
    expect(rows).toHaveLength(1);
  });

  const erasuresOf = async (desk: JoinedDesk) => valueOf(await desk.call('desks.readErasures', {}));

  test('[row 322] says which desk of the site has not done it yet, and how many others', async () => {
    const three = await openJoinedDesk(db, 'Desk 1', { beside: one, site: 'lyon' });
    await one.clock.advance(MINUTE_MS);
    await cutOff(opened());
    await three.close();
    const { phone } = one.draft(52);
    const at = one.clock.now();
    valueOf(await one.call('customer.erase', { phone, refusal: 'kept', pin: null }));
    await one.clock.advance(2 * MINUTE_MS);
    const progress = { kind: 'given', at, done: 1, desks: 3, missing: ['Desk 2'] };
    expect(await erasuresOf(one)).toEqual([progress]);
    await db.admin.query('update deskbell.desk set revoked_at = now() where id = $1', [
      three.desk.id,
    ]);
    expect(await erasuresOf(one)).toEqual([{ ...progress, desks: 2 }]);
    proxy.behave('pass');
    await one.clock.advance(3 * MINUTE_MS);
    expect(await erasuresOf(one)).toEqual([]);
    // A desk that joins later has nothing to erase.
    await openJoinedDesk(db, 'Desk 3', { beside: one });
    expect(await erasuresOf(one)).toEqual([]);
  });

  test('[row 323] that the other desks do not know of yet says so', async () => {
    await cutOff(opened());
    const at = one.clock.now();
    const { phone } = two.draft(53);
    valueOf(await two.call('customer.erase', { phone, refusal: 'kept', pin: null }));
    await one.clock.advance(MINUTE_MS);
    expect(await erasuresOf(two)).toEqual([{ kind: 'not-given', at, isReached: false }]);
    expect(await erasuresOf(one)).toEqual([]);
    proxy.behave('pass');
    await one.clock.advance(5 * MINUTE_MS);
    expect(await erasuresOf(two)).toEqual([]);
  });

  test('beyond the limit of a day waits, and says so', async () => {
    await db.admin.query('update deskbell.site_database set erasures_a_day = 1');
    for (const last of [54, 55]) {
      const { phone } = one.draft(last);
      valueOf(await one.call('customer.erase', { phone, refusal: 'kept', pin: null }));
      await one.clock.advance(2 * MINUTE_MS);
    }
    expect(await erasuresOf(one)).toMatchObject([{ kind: 'not-given', isReached: true }]);
    await db.admin.query('update deskbell.site_database set erasures_a_day = 50');
  });

  test('[row 310] says what the other desks are told', async () => {
    const order = { phone: one.draft(28).phone, refusal: 'forgotten', pin: null } as const;
    expect(valueOf(await one.call('customer.erase', order))).toMatchObject({
      elsewhere: 'ordered',
    });
    one.keychain.behave('throws');
    await one.restart();
    expect(valueOf(await one.call('customer.erase', order))).toMatchObject({
      elsewhere: 'impossible',
    });
    one.keychain.behave('well');
    await one.clock.advance(2 * MINUTE_MS);
    expect(await statusOf(one)).toEqual({ kind: 'connected' });
  });

  test('[row 308] holds after the site database was restored to the time before it', async () => {
    await one.invite(26);
    await one.clock.advance(MINUTE_MS);
    const { phone } = one.draft(26);
    valueOf(await one.call('customer.erase', { phone, refusal: 'kept', pin: null }));
    await one.clock.advance(MINUTE_MS);
    // What a restore does: the order is gone, and the position of the feed with it.
    await db.admin.query('delete from deskbell.erasure');
    await db.admin.query("delete from deskbell.feed where kind = 'erasure'");
    await db.admin.query('update deskbell.feed_head set seq = seq - 1');
    await one.clock.advance(2 * MINUTE_MS);
    const { rows } = await db.admin.query('select 1 from deskbell.erasure');
    expect(rows).toHaveLength(1);
    expect(await statusOf(one)).toEqual({ kind: 'connected' });
  });
});
