import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import type { SiteStatus } from '../../shared/other-desks.ts';
import { createSiteDatabase, type TestSiteDatabase } from '../support/postgres/site-database.ts';
import { openJoinedDesk, SITE_KEYS, type JoinedDesk } from '../support/joined-desk.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { shownToForce } from '../../shared/verdict.ts';
import { configWith, valueOf } from '../support/app.ts';

let db: TestSiteDatabase;
let one: JoinedDesk;
let two: JoinedDesk;
/** Between the second desk and the server. */
let proxy: TcpProxy;

beforeAll(async () => {
  db = await createSiteDatabase();
});
afterAll(() => db.close());

beforeEach(async () => {
  await db.admin.query('truncate deskbell.send, deskbell.open_invitation, deskbell.rate_second');
  await db.admin.query('update deskbell.desk set revoked_at = now() where revoked_at is null');
  proxy = await openTcpProxy(db.server.port);
  one = await openJoinedDesk(db, 'Desk 1');
  two = await openJoinedDesk(db, 'Desk 2', { beside: one, port: proxy.port });
  await one.clock.advance(2 * SECOND_MS);
});

const sent = (): number => one.posts().length;
const statusOf = async (desk: JoinedDesk): Promise<SiteStatus> =>
  valueOf(await desk.call('otherDesks.readStatus', {}));
const refuse = async (desk: JoinedDesk, last: number): Promise<void> => {
  valueOf(await desk.call('doNotContact.optOut', { phone: desk.draft(last).phone, staff: null }));
};
/** Cuts the second desk off until it knows it. */
async function cutOff(): Promise<void> {
  proxy.behave('refuse');
  proxy.cut();
  await one.clock.advance(2 * MINUTE_MS);
  expect(await statusOf(two)).toMatchObject({ kind: 'apart', waits: false });
}

test('both desks are connected', async () => {
  expect(await statusOf(one)).toEqual({ kind: 'connected' });
  expect(await statusOf(two)).toEqual({ kind: 'connected' });
});

describe('an SMS', () => {
  test('[row 300] is sent once for a number that is typed at both desks in one second', async () => {
    await Promise.all([one.invite(1), two.invite(1)]);
    await one.clock.advance(MINUTE_MS);
    expect(sent()).toBe(1);
    const states = [...(await one.states()), ...(await two.states())];
    expect(states.toSorted()).toEqual(['accepted', 'needs_decision']);
  });

  test('is known to the other desk although it was claimed and settled only', async () => {
    await one.invite(2);
    await one.clock.advance(MINUTE_MS);
    await two.invite(2);
    await one.clock.advance(MINUTE_MS);
    expect(await two.states()).toEqual(['needs_decision']);
    expect(sent()).toBe(1);
  });

  test('that is not sent after its claim was granted leaves the number free for the other desk', async () => {
    one.vendor.fault({ kind: 'status', status: 400, path: '/review_booster/send_invitation' });
    await one.invite(3);
    await one.clock.advance(MINUTE_MS);
    one.vendor.behave();
    const [invitation] = await one.invitations();
    expect(invitation?.progress.state).toBe('refused');
    const { rows } = await db.admin.query('select state from deskbell.send');
    expect(rows).toEqual([]);
  });
});

describe('the verdict', () => {
  const asked = (desk: JoinedDesk, last: number) => {
    const { phone, businessId } = desk.draft(last);
    return { phone, businessId, name: '', replaces: null };
  };
  /** What the form says about a number after it was typed. */
  const verdictOn = async (desk: JoinedDesk, last: number) => {
    const remote = valueOf(await desk.call('verdict.checkWithPartoo', asked(desk, last)));
    if (remote.kind !== 'asked') throw new Error(remote.kind);
    return remote;
  };

  test('names the desk of the same site and its colleague, and needs no search', async () => {
    await one.invite(20, { staff: 'Léa' });
    await one.clock.advance(MINUTE_MS);
    const searches = one.vendor.received().length;
    expect(await verdictOn(two, 20)).toMatchObject({
      by: 'desks',
      verdict: {
        ruling: {
          kind: 'closed',
          staff: 'Léa',
          place: { site: 'Shop lille', desk: 'Desk 1' },
        },
      },
    });
    expect(await verdictOn(two, 21)).toMatchObject({
      by: 'desks',
      verdict: { ruling: { kind: 'never' } },
    });
    expect(one.vendor.received().length).toBe(searches);
  });

  test('names only the site of another one, and its waiting invitation', async () => {
    const three = await openJoinedDesk(db, 'Desk 1', { beside: one, site: 'lyon' });
    await one.clock.advance(2 * SECOND_MS);
    await refuse(three, 22);
    await one.vendor.refuseConnections();
    await three.invite(23);
    await one.clock.advance(5 * SECOND_MS);
    await one.vendor.acceptConnections();
    const place = { site: 'Shop lyon', desk: null };
    expect(await verdictOn(two, 22)).toMatchObject({
      verdict: { ruling: { kind: 'do-not-contact', place } },
    });
    expect(await verdictOn(two, 23)).toMatchObject({
      verdict: { ruling: { kind: 'never' }, waitsElsewhere: { place, silentSince: null } },
    });
  });

  test('is there with the last digit when it was prefetched', async () => {
    await one.invite(24);
    await one.clock.advance(MINUTE_MS);
    const { phone, ...rest } = asked(two, 24);
    const [first] = valueOf(await two.call('verdict.prefetch', { phones: [phone], ...rest }));
    expect(first?.verdict.ruling.kind).toBe('closed');
    expect(valueOf(await two.call('verdict.check', { phone, ...rest })).ruling.kind).toBe('closed');
  });

  test('lets a person send again anyway, with the time of the other desk', async () => {
    await one.invite(25);
    await one.clock.advance(MINUTE_MS);
    await verdictOn(two, 25);
    await two.invite(25, { force: await ticketFor(two, 25) });
    await one.clock.advance(MINUTE_MS);
    expect(await two.states()).toEqual(['accepted']);
    expect(sent()).toBe(2);
  });
});

test('[row 328] an invitation whose claim is refused for ever needs a person, who sends it as a new one', async () => {
  await one.vendor.refuseConnections();
  const { id } = await one.invite(31);
  await one.clock.advance(15 * SECOND_MS);
  await db.admin.query(
    "insert into deskbell.send (invitation, number_key, desk_id, business, state, sent_at) values ($1, gen_random_uuid(), $2, 'b1', 'maybe', 1)",
    [id, one.desk.id],
  );
  await one.vendor.acceptConnections();
  await one.clock.advance(5 * MINUTE_MS);
  expect(await one.states()).toEqual(['needs_decision']);
  expect(sent()).toBe(0);
  valueOf(await one.call('invitation.sendNow', { id }));
  await one.clock.advance(MINUTE_MS);
  expect(await one.states()).toEqual(['expired', 'accepted']);
  expect(sent()).toBe(1);
});

test('[row 325] the SMS of one desk does not prove the unclear invitation of the other', async () => {
  const path = '/review_booster/send_invitation';
  one.vendor.fault({ kind: 'status', status: 503, times: 1, path });
  await one.invite(30);
  await one.clock.advance(15 * SECOND_MS);
  expect(await one.states()).toEqual(['unconfirmed']);
  const { phone, businessId } = two.draft(30);
  const asked = { phone, businessId, name: '', replaces: null };
  valueOf(await two.call('verdict.checkWithPartoo', asked));
  await two.invite(30, { force: await ticketFor(two, 30) });
  await one.clock.advance(2 * MINUTE_MS);
  expect(await two.states()).toEqual(['accepted']);
  expect(await one.states()).toEqual(['unconfirmed']);
  await one.clock.advance(15 * MINUTE_MS);
  expect(await one.states()).toEqual(['needs_decision']);
});

describe('a refusal', () => {
  test('[row 301] at one desk holds at the other', async () => {
    await refuse(one, 4);
    await one.clock.advance(3 * SECOND_MS);
    await two.invite(4);
    await one.clock.advance(MINUTE_MS);
    expect(sent()).toBe(0);
    expect(await two.states()).toEqual(['cancelled']);
  });

  test('that is withdrawn at once holds nowhere', async () => {
    const { phone } = one.draft(5);
    const { since } = valueOf(await one.call('doNotContact.optOut', { phone, staff: null }));
    await one.clock.advance(3 * SECOND_MS);
    valueOf(await one.call('doNotContact.undoOptOut', { phone, since }));
    await one.clock.advance(3 * SECOND_MS);
    await two.invite(5);
    await one.clock.advance(MINUTE_MS);
    expect(await two.states()).toEqual(['accepted']);
  });

  test('[row 321] is counted at the other desk, which cannot read its number', async () => {
    const listOf = async (desk: JoinedDesk) =>
      valueOf(await desk.call('doNotContact.list', { text: '', before: null }));
    await one.clock.advance(MINUTE_MS);
    const { elsewhere: before } = await listOf(one);
    await refuse(two, 50);
    await one.clock.advance(MINUTE_MS);
    expect(await listOf(one)).toMatchObject({ count: 0, elsewhere: before + 1 });
    await refuse(one, 51);
    expect(await listOf(one)).toMatchObject({ count: 1, elsewhere: before + 1 });
    await one.clock.advance(MINUTE_MS);
    expect(await listOf(one)).toMatchObject({ count: 1, elsewhere: before + 1 });
    await refuse(one, 50);
    await one.clock.advance(MINUTE_MS);
    expect(await listOf(one)).toMatchObject({ count: 2, elsewhere: before });
    valueOf(await one.call('doNotContact.remove', { phone: one.draft(51).phone }));
    expect(await listOf(one)).toMatchObject({ count: 1, elsewhere: before });
  });

  test('[row 303] delays an SMS of a desk that is apart, until the desks have met', async () => {
    await refuse(one, 6);
    await one.clock.advance(MINUTE_MS);
    await cutOff();
    await two.invite(6);
    await two.invite(7);
    await one.clock.advance(2 * MINUTE_MS);
    const [wanted, other] = await two.invitations();
    expect(other?.progress.state).toBe('accepted');
    expect(wanted?.progress.state).toBe('waiting');
    proxy.behave('pass');
    await one.clock.advance(3 * MINUTE_MS);
    expect((await two.invitations())[0]?.progress.state).toBe('cancelled');
    expect(sent()).toBe(1);
  });
});

describe('a desk that was restored from a backup', () => {
  test('[row 309] learns again what it has shared, and what the others have said', async () => {
    await one.invite(29);
    await one.clock.advance(MINUTE_MS);
    const backup = valueOf(await one.call('backup.make', {}));
    await refuse(two, 30);
    await one.invite(31);
    await one.clock.advance(2 * MINUTE_MS);
    valueOf(await one.call('backup.restore', { name: backup.name }));
    await one.clock.advance(2 * MINUTE_MS);
    expect(await statusOf(one)).toEqual({ kind: 'connected' });
    await one.invite(30);
    await one.clock.advance(MINUTE_MS);
    expect(await one.states()).toContain('cancelled');
    const { rows } = await db.admin.query('select 1 from deskbell.send');
    expect(rows).toHaveLength(2);
  });
});

describe('a desk that is apart', () => {
  test('[row 302] searches Partoo first, and shares its SMS when it is back', async () => {
    await one.invite(8);
    await one.clock.advance(MINUTE_MS);
    await cutOff();
    await two.invite(8);
    await two.invite(9);
    await one.clock.advance(2 * MINUTE_MS);
    expect((await two.states()).toSorted()).toEqual(['accepted', 'needs_decision']);
    proxy.behave('pass');
    await one.clock.advance(3 * MINUTE_MS);
    expect(await statusOf(two)).toEqual({ kind: 'connected' });
    await one.invite(9);
    await one.clock.advance(MINUTE_MS);
    expect((await one.states()).toSorted()).toEqual(['accepted', 'needs_decision']);
    expect(sent()).toBe(2);
  });

  test('waits where the organisation prefers that', async () => {
    await db.admin.query("select deskbell_admin.configure(when_apart => 'wait')");
    await one.clock.advance(2 * MINUTE_MS);
    proxy.behave('refuse');
    proxy.cut();
    await one.clock.advance(2 * MINUTE_MS);
    expect(await statusOf(two)).toMatchObject({ kind: 'apart', waits: true });
    await two.invite(10);
    await one.clock.advance(10 * MINUTE_MS);
    expect(await two.states()).toEqual(['waiting']);
    await db.admin.query("select deskbell_admin.configure(when_apart => 'look')");
    proxy.behave('pass');
    await one.clock.advance(3 * MINUTE_MS);
    expect(await two.states()).toEqual(['accepted']);
  });

  test('[row 304] learns after three hours what the others have said', async () => {
    await cutOff();
    await refuse(one, 11);
    await one.invite(12);
    await one.clock.advance(3 * HOUR_MS);
    proxy.behave('pass');
    await one.clock.advance(3 * MINUTE_MS);
    await two.invite(11);
    await two.invite(12);
    await one.clock.advance(MINUTE_MS);
    expect(await two.states()).toEqual(['cancelled', 'needs_decision']);
    expect(sent()).toBe(1);
  });

  test('[row 305] is one whose time, which is Partoo’s, the server does not share', async () => {
    const late = await openJoinedDesk(db, 'Desk 3', { startAt: Date.now() + 2 * DAY_MS });
    await late.clock.advance(2 * SECOND_MS);
    expect(await statusOf(late)).toMatchObject({ kind: 'apart', cause: 'clock' });
    await late.invite(27);
    await late.clock.advance(MINUTE_MS);
    expect(await late.states()).toEqual(['accepted']);
  });

  test('is one that an administrator has removed, and sends after a search', async () => {
    await db.admin.query('select deskbell_admin.revoke($1)', [two.desk.id]);
    await one.clock.advance(2 * MINUTE_MS);
    expect(await statusOf(two)).toMatchObject({ kind: 'apart', cause: 'removed' });
    await two.invite(13);
    await one.clock.advance(MINUTE_MS);
    expect(await two.states()).toEqual(['accepted']);
  });
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
    await cutOff();
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
    await cutOff();
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
    await cutOff();
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

/** The permission to send again anyway. */
async function ticketFor(desk: JoinedDesk, last: number) {
  const { phone, businessId } = desk.draft(last);
  const asked = { phone, businessId, replaces: null };
  const verdict = valueOf(await desk.call('verdict.check', { ...asked, name: '' }));
  const shownAt = shownToForce(verdict) ?? 0;
  const { ticket } = valueOf(
    await desk.call('force.requestTicket', { ...asked, shownAt, pin: null }),
  );
  return { ticket, reason: 'asked for it' };
}

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

test('the manager sees the desks of the site and the rate of the organisation', async () => {
  valueOf(await one.call('pin.save', { current: null, next: '4711' }));
  valueOf(await one.call('settings.unlock', { pin: '4711' }));
  const report = valueOf(await one.call('desks.readReport', {}));
  expect(report).toMatchObject({ rate: { perMinute: 250 }, sites: null });
  expect(
    report?.desks
      .filter(({ isRemoved }) => !isRemoved)
      .map(({ name, isThis }) => ({ name, isThis })),
  ).toEqual([
    { name: 'Desk 1', isThis: true },
    { name: 'Desk 2', isThis: false },
  ]);
});

describe('a manager', () => {
  const silence = ({ desk }: JoinedDesk) =>
    db.admin.query(
      "update deskbell.desk set seen_at = now() - interval '11 minutes' where id = $1",
      [desk.id],
    );
  const listed = async () => valueOf(await one.call('desks.readReport', {}))?.desks ?? [];

  test('renames the desks of the site: the other desk sees it', async () => {
    const rename = (desk: JoinedDesk, name: string) =>
      one.call('desks.rename', { id: desk.desk.id, name });
    valueOf(await rename(two, 'Night desk'));
    valueOf(await rename(one, 'Reception'));
    await one.invite(32);
    await one.clock.advance(MINUTE_MS);
    const { phone, businessId } = two.draft(32);
    const asked = { phone, businessId, name: '', replaces: null };
    expect(valueOf(await two.call('verdict.checkWithPartoo', asked))).toMatchObject({
      verdict: { ruling: { place: { desk: 'Reception' } } },
    });
    expect((await listed()).filter(({ isRemoved }) => !isRemoved)).toMatchObject([
      { name: 'Night desk', isThis: false },
      { name: 'Reception', isThis: true },
    ]);
  });

  test('removes a silent desk: it is apart, and its invitations can be taken over', async () => {
    await one.vendor.refuseConnections();
    const { id } = await two.invite(33);
    await one.clock.advance(10 * SECOND_MS);
    const remove = () => one.call('desks.remove', { id: two.desk.id });
    expect(await remove()).toMatchObject({ failure: { kind: 'desk-change', why: 'awake' } });
    two.crash();
    await silence(two);
    expect(await listed()).toContainEqual(
      expect.objectContaining({ id: two.desk.id, isSilent: true, isRemoved: false }),
    );
    valueOf(await remove());
    expect(await remove()).toMatchObject({ failure: { kind: 'desk-change', why: 'absent' } });
    expect(await listed()).toContainEqual(
      expect.objectContaining({ id: two.desk.id, isRemoved: true }),
    );
    await one.vendor.acceptConnections();
    valueOf(await one.call('otherDesks.takeOver', { id, pin: null }));
    await one.clock.advance(MINUTE_MS);
    expect(await one.states()).toEqual(['accepted']);
    await two.boot();
    await one.clock.advance(2 * MINUTE_MS);
    expect(await statusOf(two)).toMatchObject({ kind: 'apart', cause: 'removed' });
    expect(sent()).toBe(1);
  });

  test('does not remove this desk, and learns when the site database does not answer', async () => {
    await silence(one);
    expect(await one.call('desks.remove', { id: one.desk.id })).toMatchObject({
      failure: { kind: 'desk-change', why: 'awake' },
    });
    proxy.behave('refuse');
    proxy.cut();
    expect(await two.call('desks.rename', { id: one.desk.id, name: 'Mine' })).toMatchObject({
      failure: { kind: 'desk-change', why: 'unavailable' },
    });
  });
});

test('a desk that no longer names the site database forgets what it had to share', async () => {
  const { writeConfig, vendor, restart, call } = one;
  writeConfig(configWith(vendor.apiUrl.href, {}));
  await restart();
  expect(valueOf(await call('otherDesks.readStatus', {}))).toEqual({ kind: 'alone' });
  await one.invite(19);
  await one.clock.advance(MINUTE_MS);
  expect(await one.states()).toEqual(['accepted']);
});
