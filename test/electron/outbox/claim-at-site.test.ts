import { describe, expect, test } from 'vitest';
import type { ClaimAnswer, ClaimRequest, SitePort } from '../../../electron/outbox/site-port.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { ticks } from '../../support/clock.ts';
import { aCourier, no, yes } from '../../support/builders/courier.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';

const PLACE = { site: 'Lyon', desk: null };

type FakeSite = {
  readonly requests: ClaimRequest[];
  readonly doNotContact: { readonly phone: string; readonly since: number }[];
  settled: number;
  readonly turns: string[];
  readonly pauses: number[];
  turn: Awaited<ReturnType<SitePort['takeTurns']>>;
  hasHint: boolean;
  readonly asked: (readonly string[])[];
  /** The SMS of other desks; undefined: no answer. */
  others: readonly string[] | undefined;
  status: ReturnType<SitePort['status']>;
  /** Runs while a claim is under way. */
  during: () => void;
};

/** A site database that answers what a test says. */
function aSite(answers: readonly ClaimAnswer[] = []) {
  const queue = [...answers];
  const site: FakeSite = {
    requests: [],
    settled: 0,
    doNotContact: [],
    asked: [],
    others: undefined,
    status: 'connected',
    turns: [],
    pauses: [],
    turn: 'go',
    hasHint: false,
    during: () => {},
  };
  const port: SitePort = {
    claim: async (request) => {
      site.requests.push(request);
      await Promise.resolve();
      site.during();
      return queue.shift() ?? { kind: 'granted' };
    },
    status: () => site.status,
    attributeSms: async (_invitation, ids) => {
      site.asked.push(ids);
      return site.others ?? 'no-answer';
    },
    takeTurns: async (purpose, requests) => {
      site.turns.push(`${purpose} ${requests}`);
      return site.turn;
    },
    pauseAll: (forMs) => void site.pauses.push(forMs),
    mayBeRefused: () => site.hasHint,
    settleSoon: () => {
      site.settled += 1;
    },
    onDoNotContact: (phone, since) => void site.doNotContact.push({ phone, since }),
  };
  return { site, port };
}

/** A courier at a desk that has joined, with one row to send. */
function aJoinedDesk(answers: readonly ClaimAnswer[] = [], row = aRow()) {
  const { site, port } = aSite(answers);
  const world = aCourier({ site: port });
  world.insert(row);
  const progress = () => world.store.readRow(row.invitation.id)?.invitation.progress;
  return { ...world, site, row, progress };
}

describe('a desk that has joined a site database', () => {
  test('claims each SMS before it sends it, and has it settled afterwards', async () => {
    const { wake, site, count, row, progress } = aJoinedDesk();
    await wake();
    expect(site.requests).toEqual([
      {
        invitationId: row.invitation.id,
        phone: row.invitation.phone,
        businessId: row.invitation.businessId,
        staff: null,
        queuedAt: NINE,
        now: NINE,
        forced: null,
        hasSearched: false,
      },
    ]);
    expect(count('send')).toBe(1);
    expect(progress()).toMatchObject({ state: 'accepted' });
    expect(site.settled).toBeGreaterThan(0);
  });

  test('sends nothing while another desk sends to the number, and claims again', async () => {
    const { wake, clock, count, progress } = aJoinedDesk([{ kind: 'busy', place: PLACE }]);
    await wake();
    expect(count('send')).toBe(0);
    expect(progress()).toMatchObject({ state: 'waiting', dueAt: NINE + 30 * SECOND_MS });
    await clock.advance(30 * SECOND_MS);
    expect(progress()).toMatchObject({ state: 'accepted' });
  });

  test('lets a person decide when another desk has sent to the number', async () => {
    const sentAt = NINE - MINUTE_MS;
    const desk = aJoinedDesk([{ kind: 'window', sentAt, place: PLACE }]);
    await desk.wake();
    expect(desk.count('send')).toBe(0);
    expect(desk.progress()).toMatchObject({ state: 'needs_decision', why: 'window' });
    expect(desk.store.readRow(desk.row.invitation.id)?.sentAt).toBe(sentAt);
  });

  test('cancels an SMS to a customer who said no at another desk, and keeps the no here', async () => {
    const { wake, site, count, row, progress } = aJoinedDesk([
      { kind: 'do-not-contact', since: NINE - 5 },
    ]);
    await wake();
    expect(count('send')).toBe(0);
    expect(progress()).toMatchObject({ state: 'cancelled' });
    expect(site.doNotContact).toEqual([{ phone: row.invitation.phone, since: NINE - 5 }]);
  });

  test.each([{ kind: 'taken-over', place: PLACE }, { kind: 'erased' }] as const)(
    'cancels an SMS whose claim is answered $kind',
    async (answer) => {
      const { wake, count, progress } = aJoinedDesk([answer]);
      await wake();
      expect(count('send')).toBe(0);
      expect(progress()).toMatchObject({ state: 'cancelled' });
    },
  );

  test('closes a possible SMS as maybe sent when another desk has taken it over', async () => {
    const row = aRow({ attempts: 1, unclearAttempts: 1, unclearSince: NINE, lastAttemptAt: NINE });
    const { wake, count, progress } = aJoinedDesk([{ kind: 'taken-over', place: PLACE }], row);
    await wake();
    expect(count('send')).toBe(0);
    expect(progress()).toMatchObject({ state: 'maybe_sent' });
  });

  test("waits for its share of the organisation's requests", async () => {
    const { wake, clock, count } = aJoinedDesk([{ kind: 'rate-limited', waitMs: 7 * SECOND_MS }]);
    await wake();
    await clock.advance(6 * SECOND_MS);
    expect(count('send')).toBe(0);
    await clock.advance(2 * SECOND_MS);
    expect(count('send')).toBe(1);
  });

  test('says that the clock is wrong when the server says so, and sends nothing', async () => {
    const { wake, count, connections } = aJoinedDesk([{ kind: 'clock-wrong' }]);
    await wake();
    expect(count('send')).toBe(0);
    expect(connections.at(-1)).toMatchObject({ kind: 'clock-wrong' });
  });

  test('claims again within seconds when the site database does not answer', async () => {
    const { wake, clock, count, site } = aJoinedDesk([{ kind: 'no-answer' }]);
    await wake();
    expect(count('send')).toBe(0);
    await clock.advance(5 * SECOND_MS);
    expect(site.requests).toHaveLength(2);
    expect(count('send')).toBe(1);
  });

  test('sends nothing that was undone while the claim was under way, and has the claim settled', async () => {
    const { wake, site, count, store, row } = aJoinedDesk();
    site.during = () => {
      store.recordDecision(row.invitation.id, 'waiting', {
        progress: { state: 'cancelled', at: NINE },
        sentAt: null,
        partooId: null,
        deliveryDueAt: null,
      });
    };
    await wake();
    expect(count('send')).toBe(0);
    expect(site.settled).toBeGreaterThan(0);
  });

  test.each([
    [
      'Partoo asks for a pause',
      (desk: ReturnType<typeof aJoinedDesk>) => desk.courier.pauseFor(MINUTE_MS),
    ],
    [
      'a bug stops all sending',
      (desk: ReturnType<typeof aJoinedDesk>) => desk.courier.halt('ref-9'),
    ],
    ['Deskbell quits', (desk: ReturnType<typeof aJoinedDesk>) => void desk.courier.stop()],
  ])('[row 295] sends nothing when %s while the claim is under way', async (_when, happen) => {
    const desk = aJoinedDesk();
    desk.site.during = () => happen(desk);
    await desk.wake();
    expect(desk.count('send')).toBe(0);
    expect(desk.progress()).toMatchObject({ state: 'waiting' });
    expect(desk.site.settled).toBeGreaterThan(0);
  });

  test('claims nothing for a customer who is on the list of this PC', async () => {
    const { wake, site, store, row, progress } = aJoinedDesk();
    store.addDoNotContact({ phone: row.invitation.phone, since: NINE, staff: null });
    await wake();
    expect(site.requests).toEqual([]);
    expect(progress()).toMatchObject({ state: 'cancelled' });
  });

  test('ends the flush when the clock jumps during the claim, and has the claim settled', async () => {
    const { wake, site, count, clock } = aJoinedDesk();
    site.during = () => {
      clock.jump(20 * MINUTE_MS);
      site.during = () => {};
    };
    await wake();
    expect(site.settled).toBeGreaterThan(0);
    expect(count('probe')).toBe(1);
    await clock.advance(SECOND_MS);
    expect(count('probe')).toBeGreaterThan(1);
    expect(count('send')).toBe(1);
    expect(site.requests).toHaveLength(2);
  });
});

describe("Partoo's own list, at a desk that has joined", () => {
  test('is not searched for an ordinary SMS while the site database is whole', async () => {
    const { wake, count } = aJoinedDesk();
    await wake();
    expect(count('search')).toBe(0);
  });

  test('is searched when the site database may have forgotten a send, then the SMS is claimed again', async () => {
    const { wake, count, site } = aJoinedDesk([{ kind: 'search-first' }]);
    await wake();
    expect(count('search')).toBe(1);
    expect(site.requests.map(({ hasSearched }) => hasSearched)).toEqual([false, true]);
    expect(count('send')).toBe(1);
  });

  test('is not searched again and again: the row waits when a search was not enough', async () => {
    const { wake, count, progress } = aJoinedDesk([
      { kind: 'search-first' },
      { kind: 'search-first' },
    ]);
    await wake();
    expect(count('search')).toBe(1);
    expect(count('send')).toBe(0);
    expect(progress()).toMatchObject({ state: 'waiting', dueAt: NINE + 30 * SECOND_MS });
  });

  test('is searched before every SMS while the desk is apart, and no claim is made', async () => {
    const { wake, count, site } = aJoinedDesk();
    site.status = 'apart';
    await wake();
    expect(count('search')).toBe(1);
    expect(site.requests).toEqual([]);
    expect(count('send')).toBe(1);
  });

  test('keeps an SMS back while the desk is apart and the search has no answer', async () => {
    const { wake, count, site, vendor } = aJoinedDesk();
    site.status = 'apart';
    vendor.search = () => no({ kind: 'unreachable', cause: 'timeout' });
    await wake();
    expect(count('send')).toBe(0);
  });

  test('shows a send of another desk while this one is apart: a person decides', async () => {
    const { wake, count, site, vendor, progress } = aJoinedDesk();
    site.status = 'apart';
    vendor.search = () => yes([{ id: 'other', sentAt: NINE - MINUTE_MS, by: '' }]);
    await wake();
    expect(count('send')).toBe(0);
    expect(progress()).toMatchObject({ state: 'needs_decision', why: 'window' });
  });

  test('is searched before a forced SMS, also when the site database is whole', async () => {
    const row = aRow({ forceReason: 'not received', seenSentAt: NINE - MINUTE_MS });
    const { wake, count, site } = aJoinedDesk([], row);
    await wake();
    expect(count('search')).toBe(1);
    expect(site.requests).toMatchObject([
      { hasSearched: true, forced: { seenSentAt: NINE - MINUTE_MS } },
    ]);
    expect(count('send')).toBe(1);
  });
});

describe('a desk that waits when it is apart', () => {
  test('sends nothing, and sends when the site database is back', async () => {
    const { wake, clock, count, site } = aJoinedDesk();
    site.status = 'apart-and-waiting';
    await wake();
    await clock.advance(10 * MINUTE_MS);
    expect(count('send')).toBe(0);
    expect(count('search')).toBe(0);
    site.status = 'connected';
    await clock.advance(MINUTE_MS);
    await ticks();
    expect(count('send')).toBe(1);
  });
});

test('[row 328] an invitation that the site database refuses for ever is not sent, and a person decides', async () => {
  const desk = aJoinedDesk([{ kind: 'not-accepted' }]);
  await desk.wake();
  await desk.clock.advance(MINUTE_MS);
  expect(desk.site.requests).toHaveLength(1);
  expect(desk.count('send')).toBe(0);
  expect(desk.progress()).toMatchObject({ state: 'needs_decision', why: 'not-accepted' });
});

describe('[row 325] an SMS that Partoo lists for an unclear row', () => {
  /** A row without an answer, while Partoo lists an SMS of its time. */
  async function anUnclearRow(others: readonly string[] | undefined) {
    const desk = aJoinedDesk();
    desk.site.others = others;
    desk.vendor.send = () => ({ kind: 'unclear', cause: 'timeout', notBeforeMs: 0 });
    desk.vendor.search = () => yes([{ id: 'p-1', sentAt: NINE + SECOND_MS, by: 'Practice Desk' }]);
    await desk.wake();
    return desk;
  }

  test('does not prove it when another desk has it: a person decides', async () => {
    const { clock, site, progress, count } = await anUnclearRow(['p-1']);
    await clock.advance(MINUTE_MS);
    expect(progress()).toMatchObject({ state: 'unconfirmed' });
    expect(site.asked[0]).toEqual(['p-1']);
    await clock.advance(15 * MINUTE_MS);
    expect(progress()).toMatchObject({ state: 'needs_decision', why: 'unproved' });
    expect(count('send')).toBe(1);
  });

  test.each([
    ['when no other has it', []],
    ['without an answer, as at a desk alone', undefined],
  ])('proves it %s', async (_title, others) => {
    const { clock, progress } = await anUnclearRow(others);
    await clock.advance(MINUTE_MS);
    expect(progress()).toMatchObject({ state: 'accepted' });
  });

  test('is not asked about while the desk is apart, nor when none is of its time', async () => {
    const apart = await anUnclearRow(['p-1']);
    apart.site.status = 'apart';
    await apart.clock.advance(MINUTE_MS);
    expect(apart.progress()).toMatchObject({ state: 'accepted' });
    const old = await anUnclearRow([]);
    old.vendor.search = () => yes([{ id: 'p-0', sentAt: NINE - 60 * MINUTE_MS, by: 'Léa' }]);
    await old.clock.advance(MINUTE_MS);
    expect([...apart.site.asked, ...old.site.asked]).toEqual([]);
  });
});

describe('several rows', () => {
  test('are not held up by one that another desk is sending', async () => {
    const { site, port } = aSite([{ kind: 'busy', place: PLACE }]);
    const { insert, wake, count } = aCourier({ site: port });
    insert(aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2), queuedAt: NINE + 1 }));
    await wake();
    expect(site.requests).toHaveLength(2);
    expect(count('send')).toBe(1);
  });
});

test('[row 316] an SMS is not sent when the PC has slept since it was claimed, and is claimed again', async () => {
  const desk = aJoinedDesk();
  const { clock, site } = desk;
  let tries = 0;
  desk.vendor.send = (_request, mayStart) => {
    tries += 1;
    // Asleep between the claim and the first byte.
    if (tries === 1) clock.jump(4 * MINUTE_MS);
    return mayStart?.() === false
      ? { kind: 'not-sent', cause: 'timeout' }
      : { kind: 'accepted', partooId: 'one' };
  };
  await desk.wake();
  expect(desk.progress()).toMatchObject({ state: 'waiting' });
  await clock.advance(5 * MINUTE_MS);
  expect(desk.progress()).toMatchObject({ state: 'accepted' });
  expect(site.requests).toHaveLength(2);
});

test('[row 316] an SMS is not sent when the PC has slept until the answer to its claim was read', async () => {
  const desk = aJoinedDesk();
  const { clock, site } = desk;
  site.during = () => {
    clock.jump(4 * MINUTE_MS);
    site.during = () => {};
  };
  desk.vendor.send = (_request, mayStart) =>
    mayStart?.() === false
      ? { kind: 'not-sent', cause: 'timeout' }
      : { kind: 'accepted', partooId: 'one' };
  await desk.wake();
  expect(desk.progress()).toMatchObject({ state: 'waiting' });
  await clock.advance(5 * MINUTE_MS);
  expect(desk.progress()).toMatchObject({ state: 'accepted' });
  expect(site.requests).toHaveLength(2);
});
