import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { valueOf } from '../support/app.ts';
import type { JoinedDesk } from '../support/joined-desk.ts';
import type { TestSiteDatabase } from '../support/postgres/site-database.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import { statusOf, openTwoDesks } from '../support/two-desks.ts';

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
