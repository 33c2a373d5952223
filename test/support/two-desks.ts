import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { SiteStatus } from '../../shared/other-desks.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { shownToForce } from '../../shared/verdict.ts';
import { valueOf } from './app.ts';
import { openJoinedDesk, type JoinedDesk } from './joined-desk.ts';
import { createSiteDatabase, type TestSiteDatabase } from './postgres/site-database.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** Two desks of one site, in one process and at one time. */
export type TwoDesks = {
  readonly db: TestSiteDatabase;
  readonly one: JoinedDesk;
  readonly two: JoinedDesk;
  /** Between the second desk and the server. */
  readonly proxy: TcpProxy;
};

/** Opens two desks before each test of a file, on one site database. */
export function openTwoDesks(): () => TwoDesks {
  let db: TestSiteDatabase;
  let desks: TwoDesks;
  beforeAll(async () => {
    db = await createSiteDatabase();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await db.admin.query('truncate deskbell.send, deskbell.open_invitation, deskbell.rate_second');
    await db.admin.query('update deskbell.desk set revoked_at = now() where revoked_at is null');
    const proxy = await openTcpProxy(db.server.port);
    const one = await openJoinedDesk(db, 'Desk 1');
    const two = await openJoinedDesk(db, 'Desk 2', { beside: one, port: proxy.port });
    await one.clock.advance(2 * SECOND_MS);
    desks = { db, one, two, proxy };
  });
  return () => desks;
}

/** How a desk stands with the others. */
export async function statusOf(desk: JoinedDesk): Promise<SiteStatus> {
  return valueOf(await desk.call('otherDesks.readStatus', {}));
}

/** Records at a desk that a customer wants no SMS. */
export async function refuse(desk: JoinedDesk, last: number): Promise<void> {
  valueOf(await desk.call('doNotContact.optOut', { phone: desk.draft(last).phone, staff: null }));
}

/** Cuts the second desk off until it knows it. */
export async function cutOff({ one, two, proxy }: TwoDesks): Promise<void> {
  proxy.behave('refuse');
  proxy.cut();
  await one.clock.advance(2 * MINUTE_MS);
  expect(await statusOf(two)).toMatchObject({ kind: 'apart', waits: false });
}

/** The permission to send again anyway. */
export async function ticketFor(desk: JoinedDesk, last: number) {
  const { phone, businessId } = desk.draft(last);
  const asked = { phone, businessId, replaces: null };
  const verdict = valueOf(await desk.call('verdict.check', { ...asked, name: '' }));
  const shownAt = shownToForce(verdict) ?? 0;
  const { ticket } = valueOf(
    await desk.call('force.requestTicket', { ...asked, shownAt, pin: null }),
  );
  return { ticket, reason: 'asked for it' };
}
