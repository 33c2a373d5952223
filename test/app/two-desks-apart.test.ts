import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { configWith, valueOf } from '../support/app.ts';
import { openJoinedDesk, type JoinedDesk } from '../support/joined-desk.ts';
import type { TestSiteDatabase } from '../support/postgres/site-database.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import { cutOff, refuse, statusOf, openTwoDesks } from '../support/two-desks.ts';

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
    await cutOff(opened());
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
    await cutOff(opened());
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

test('a desk that no longer names the site database forgets what it had to share', async () => {
  const { writeConfig, vendor, restart, call } = one;
  writeConfig(configWith(vendor.apiUrl.href, {}));
  await restart();
  expect(valueOf(await call('otherDesks.readStatus', {}))).toEqual({ kind: 'alone' });
  await one.invite(19);
  await one.clock.advance(MINUTE_MS);
  expect(await one.states()).toEqual(['accepted']);
});
