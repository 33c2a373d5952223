import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { valueOf } from '../support/app.ts';
import { openJoinedDesk, type JoinedDesk } from '../support/joined-desk.ts';
import type { TestSiteDatabase } from '../support/postgres/site-database.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import { cutOff, refuse, statusOf, ticketFor, openTwoDesks } from '../support/two-desks.ts';

const opened = openTwoDesks();
let db: TestSiteDatabase;
let one: JoinedDesk;
let two: JoinedDesk;
/** Between the second desk and the server. */
let proxy: TcpProxy;
beforeEach(() => {
  ({ db, one, two, proxy } = opened());
});

const sent = (): number => one.posts().length;

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
  expect(await one.states()).toEqual(['cancelled', 'accepted']);
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
  test('[row 331] holds at the other desk although this one has used its look-ups of the hour', async () => {
    await db.admin.query('update deskbell.site_database set keys_an_hour = 4');
    await one.invite(40);
    await one.clock.advance(MINUTE_MS);
    await refuse(one, 41);
    await one.clock.advance(MINUTE_MS);
    await two.invite(41);
    await one.clock.advance(MINUTE_MS);
    await db.admin.query('update deskbell.site_database set keys_an_hour = default');
    expect((await two.invitations()).map(({ progress }) => progress)).toMatchObject([
      { state: 'cancelled', why: 'said-no' },
    ]);
  });

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
    await cutOff(opened());
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
