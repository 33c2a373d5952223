import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../electron/os/system-clock.ts';
import { openSiteDatabase, type SiteDatabase } from '../../../electron/site/site-database.ts';
import { deriveSiteKeys } from '../../../electron/site/site-keys.ts';
import { DAY_MS, SECOND_MS, type Clock } from '../../../shared/time.ts';
import { aPhone } from '../../support/builders/row.ts';
import { createFakeClock } from '../../support/clock.ts';
import {
  createSiteDatabase,
  DESK_PASSWORD,
  type TestSiteDatabase,
} from '../../support/postgres/site-database.ts';
import { openTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

const keys = deriveSiteKeys(Buffer.alloc(32, 7));

let db: TestSiteDatabase;
let proxy: TcpProxy;
let opened: SiteDatabase[] = [];
beforeAll(async () => {
  db = await createSiteDatabase();
  proxy = await openTcpProxy(db.server.port);
});
afterAll(async () => {
  await proxy.close();
  await db.close();
});
afterEach(() => {
  for (const one of opened) one.close();
  opened = [];
  proxy.behave('pass');
});

/** Never late, however slow the machine: a test that is about the deadline brings a clock of its own. */
const patient: Clock = { ...systemClock, elapsedMs: () => 0, after: () => () => {} };

async function aDesk(name: string, clock: Clock = patient): Promise<SiteDatabase> {
  const { token } = await db.join(name);
  const desk = openSiteDatabase({
    connection: {
      address: { host: '127.0.0.1', port: proxy.port, database: db.name, user: 'deskbell_desk' },
      password: DESK_PASSWORD,
      trust: undefined,
      resolve: async (host) => ({ kind: 'addresses', addresses: [host] }),
      clock,
    },
    token,
    keys,
    hintBits: () => 24,
    version: '0.2.0',
    clock,
  });
  opened.push(desk);
  return desk;
}

const now = Date.now();
const wanted = (phone: ReturnType<typeof aPhone>, invitation: string = randomUUID()) => ({
  invitation,
  claim: 1,
  phone,
  business: 'b1',
  now,
  queuedAt: now - SECOND_MS,
  forced: false,
  seen: null,
  staff: 'Léa',
  looked: false,
});

const NO_CONSENT = { consentAt: null, consentBy: null };

describe('two desks', () => {
  let lea: SiteDatabase;
  let paul: SiteDatabase;
  beforeEach(async () => {
    lea = await aDesk('Desk 1');
    paul = await aDesk('Desk 2');
  });

  test('know of each other’s SMS by the number, which the database never sees', async () => {
    const { invitation, ...claim } = wanted(aPhone(1));
    expect(await lea.claim({ ...claim, invitation })).toEqual({
      kind: 'answer',
      answer: { is: 'granted', claim: 1 },
    });
    expect(await paul.claim(wanted(aPhone(1)))).toMatchObject({ answer: { is: 'busy' } });
    const result = { sentAt: now, proved: true, partooId: 'p1' };
    expect(await lea.settle(invitation, 1, result)).toMatchObject({ answer: { known: true } });
    expect(await paul.claim(wanted(aPhone(1)))).toMatchObject({
      answer: { is: 'window', sentAt: now, proved: true },
    });
    expect(await paul.look([aPhone(1), aPhone(2)])).toMatchObject({
      answer: { numbers: [{ key: keys.numberKey(aPhone(1)), sent: { staff: 'Léa' } }] },
    });
    const { rows } = await db.admin.query<{ text: string }>(
      'select string_agg(send::text, $1) as text from deskbell.send',
      [' '],
    );
    expect(rows[0]?.text).not.toContain('639980001');
  });

  test('know of a refusal, its removal and an erasure through the feed', async () => {
    const phone = aPhone(3);
    expect(await lea.refuse({ phone, since: now })).toMatchObject({ answer: { isNew: true } });
    expect(await paul.claim(wanted(phone))).toMatchObject({ answer: { is: 'refused' } });
    expect(await paul.refuseUndo(phone)).toMatchObject({ answer: { is: 'removed' } });
    expect(
      await lea.erase({ key: keys.numberKey(phone), now, before: now, forgetsRefusal: false }),
    ).toMatchObject({ answer: { is: 'erased' } });
    expect(await paul.pull(0, 0)).toMatchObject({
      answer: {
        is: 'feed',
        entries: [{ kind: 'refusal-gone' }, { kind: 'erasure', key: keys.numberKey(phone) }],
      },
    });
  });

  test('share what one has pushed, and take it over', async () => {
    const id = randomUUID();
    const phone = aPhone(4);
    const sealed = { phone, name: 'Marie', businessId: 'b1', content: null, ...NO_CONSENT };
    const pushed = await lea.push(0, 1, {
      sends: [
        {
          id: randomUUID(),
          phone: aPhone(5),
          business: 'b1',
          proved: true,
          sentAt: now - DAY_MS,
          queuedAt: now - DAY_MS,
          partooId: null,
          staff: null,
        },
      ],
      open: [{ id, phone, sealed, queuedAt: now, state: 'waiting', forced: false, tried: false }],
      ended: [],
      refusals: [{ phone: aPhone(6), since: now }],
    });
    expect(pushed).toMatchObject({ kind: 'answer', answer: { is: 'kept' } });
    expect(await paul.claim(wanted(aPhone(5)))).toMatchObject({ answer: { is: 'window' } });
    expect(await paul.claim(wanted(aPhone(6)))).toMatchObject({ answer: { is: 'refused' } });
    const report = await paul.reportSite();
    expect(report).toMatchObject({ answer: { open: [{ invitation: id, state: 'waiting' }] } });
    await db.admin.query("update deskbell.desk set seen_at = now() - interval '11 minutes'");
    const taken = await paul.takeOver(id);
    if (taken.kind !== 'answer' || taken.answer.is !== 'yours') throw new Error(taken.kind);
    const text = keys.open(Buffer.from(taken.answer.sealed, 'base64'), id);
    expect(JSON.parse(text ?? '')).toEqual(sealed);
  });

  test('share an invitation with a long text, which cannot be taken over', async () => {
    const id = randomUUID();
    const phone = aPhone(8);
    const content = 'é'.repeat(600);
    const sealed = { phone, name: 'Marie', businessId: 'b1', content, ...NO_CONSENT };
    const open = [
      { id, phone, sealed, queuedAt: now, state: 'waiting', forced: false, tried: false },
    ] as const;
    expect(await lea.push(0, 1, { sends: [], open, ended: [], refusals: [] })).toMatchObject({
      answer: { is: 'kept' },
    });
    await db.admin.query("update deskbell.desk set seen_at = now() - interval '11 minutes'");
    expect(await paul.takeOver(id)).toMatchObject({ answer: { is: 'in-doubt' } });
  });

  test('rename and remove each other', async () => {
    const report = await lea.reportSite();
    if (report.kind !== 'answer') throw new Error(report.fault);
    const own = report.answer.desks.find(({ isThis }) => isThis)?.desk ?? 0;
    expect(await paul.renameDesk(own, 'Reception')).toMatchObject({ answer: { is: 'done' } });
    expect(await paul.removeDesk(own)).toMatchObject({ answer: { is: 'awake' } });
    await db.admin.query("update deskbell.desk set seen_at = '-infinity' where id = $1", [own]);
    expect(await paul.removeDesk(own)).toMatchObject({ answer: { is: 'done' } });
    expect(await paul.removeDesk(own)).toMatchObject({ answer: { is: 'absent' } });
    expect(await lea.reportSite()).toEqual({ kind: 'no-answer', fault: 'revoked' });
  });

  test('say hello, ask for turns and pause', async () => {
    const hello = { now, epoch: 1, pushed: 0, pulled: 0, waiting: 2, oldestWaitingAt: now };
    expect(await lea.hello(hello)).toMatchObject({ answer: { is: 'hello', hintBits: 24 } });
    expect(await lea.turns('poll', 2)).toMatchObject({ answer: { is: 'granted' } });
    expect(await lea.pause(60_000)).toMatchObject({ answer: { is: 'kept' } });
    expect(await paul.turns('poll', 1)).toMatchObject({ answer: { is: 'turn' } });
    await db.admin.query("update deskbell.rate set paused_until = '-infinity'");
    expect(await paul.reportOrganisation()).toMatchObject({ answer: { is: 'not-office' } });
  });
});

describe('a call without an answer says why', () => {
  test('[row 276] for a desk that was revoked', async () => {
    const desk = await aDesk('Desk 3');
    await db.admin.query("update deskbell.desk set revoked_at = now() where name = 'Desk 3'");
    expect(await desk.pull(0, 0)).toEqual({ kind: 'no-answer', fault: 'revoked' });
  });

  test('[row 279] after two seconds of silence, and the next call has a new connection', async () => {
    const clock = createFakeClock(now);
    const desk = await aDesk('Desk 4', clock);
    await desk.pull(0, 0);
    const before = { connections: proxy.connections(), bytes: proxy.bytesHeard() };
    proxy.behave('swallow');
    const asking = desk.pull(0, 0);
    await proxy.heard(before.bytes + 1);
    await clock.advance(2 * SECOND_MS);
    expect(await asking).toEqual({ kind: 'no-answer', fault: 'timeout' });
    proxy.behave('pass');
    expect(await desk.pull(0, 0)).toMatchObject({ kind: 'answer' });
    expect(proxy.connections()).toBe(before.connections + 1);
  });

  test('[row 279] without having been made, when the calls before it used up its time', async () => {
    const clock = createFakeClock(now);
    const desk = await aDesk('Desk 5', clock);
    await desk.pull(0, 0);
    proxy.behave('swallow');
    const before = proxy.bytesHeard();
    const asking = [desk.pull(0, 0), desk.claim(wanted(aPhone(7)))];
    await proxy.heard(before + 1);
    await clock.advance(2 * SECOND_MS);
    expect(await Promise.all(asking)).toEqual([
      { kind: 'no-answer', fault: 'timeout' },
      { kind: 'no-answer', fault: 'timeout' },
    ]);
    proxy.behave('pass');
    expect(await desk.look([aPhone(7)])).toMatchObject({ answer: { numbers: [] } });
  });

  test('[row 280] when the connection was cut, and the next call connects again', async () => {
    const desk = await aDesk('Desk 6');
    await desk.pull(0, 0);
    proxy.cut();
    const first = await desk.pull(0, 0);
    expect(['no-answer', 'answer']).toContain(first.kind);
    expect(await desk.pull(0, 0)).toMatchObject({ kind: 'answer' });
  });

  test('[row 274] when the database answers something else', async () => {
    const desk = await aDesk('Desk 7');
    await db.admin.query(
      `create or replace function deskbell_v1.pull(p_token bytea, p_after bigint, p_cleared_to bigint default 0) returns jsonb
       language sql return '{"is":"something new"}'::jsonb`,
    );
    expect(await desk.pull(0, 0)).toEqual({ kind: 'no-answer', fault: 'unreadable' });
  });
});
