import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../electron/outbox/outcome.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { ticks } from '../../support/clock.ts';
import { aPhone, aRow, held, NINE, waiting } from '../store/a-row.ts';
import { aCourier, no, NO_NETWORK, promised, yes } from './a-courier.ts';

const HOTEL = 'hotel';
const SHOP = 'shop';
const ACCEPTED: Outcome = { kind: 'accepted', partooId: 'p-1' };
const NO_ACCESS: Outcome = { kind: 'halt', scope: 'business', text: 'Not yours' };
const UNCLEAR: Outcome = { kind: 'unclear', cause: 'server-error', notBeforeMs: 0 };
const accept = (): Outcome => ({ kind: 'accepted', partooId: randomUUID() });

describe('when something leaves', () => {
  test('at once, oldest first, one in flight', async () => {
    const { insert, wake, vendor, mostInFlight, count } = aCourier();
    const sent: string[] = [];
    vendor.send = ({ phone }) => {
      sent.push(phone);
      return accept();
    };
    insert(
      aRow({ phone: aPhone(2), queuedAt: NINE - MINUTE_MS }),
      aRow({ phone: aPhone(1), queuedAt: NINE }),
      aRow({ phone: aPhone(3), queuedAt: NINE - HOUR_MS }),
    );
    await wake();
    expect(sent).toEqual([aPhone(3), aPhone(2), aPhone(1)]);
    expect(mostInFlight()).toBe(1);
    expect(count('gate')).toBe(1);
  });

  test('a held one when its time has come', async () => {
    const { insert, wake, state, clock } = aCourier();
    const row = aRow({ progress: held(NINE + 11 * SECOND_MS) });
    insert(row);
    await wake();
    await clock.advance(11 * SECOND_MS - 1);
    expect(state(row)).toBe('held');
    await clock.advance(1);
    expect(state(row)).toBe('accepted');
  });

  test('a held one whose time comes while another one is in flight, right after that', async () => {
    const { insert, wake, state, clock, vendor } = aCourier();
    const { promise, keep } = promised<Outcome>();
    vendor.send = () => promise;
    const first = aRow({ phone: aPhone(1) });
    const second = aRow({ phone: aPhone(2), progress: held(NINE + 3 * SECOND_MS) });
    insert(first, second);
    await wake();
    await clock.advance(5 * SECOND_MS);
    vendor.send = accept;
    keep(ACCEPTED);
    await clock.advance(0);
    expect([state(first), state(second)]).toEqual(['accepted', 'accepted']);
  });

  test('what is saved while one is in flight leaves with it', async () => {
    const { insert, wake, state, vendor } = aCourier();
    const { promise, keep } = promised<Outcome>();
    vendor.send = () => promise;
    insert(aRow({ phone: aPhone(1) }));
    await wake();
    const second = aRow({ phone: aPhone(2) });
    insert(second);
    await wake();
    vendor.send = accept;
    keep(ACCEPTED);
    await ticks();
    expect(state(second)).toBe('accepted');
  });

  test('nothing is asked while there is nothing to do', async () => {
    const { wake, clock, count } = aCourier();
    await wake('person');
    await clock.advance(DAY_MS);
    expect(count('gate')).toBe(1);
  });
});

describe('[row 27] a full queue after an outage', () => {
  test('leaves within this desk’s share of Partoo’s rate, and all of it', async () => {
    const { insert, wake, clock, count, callsAt, store } = aCourier({ requestsPerMinute: 20 });
    insert(...Array.from({ length: 60 }, (_, last) => aRow({ phone: aPhone(last) })));
    await wake();
    await clock.advance(5 * MINUTE_MS);
    expect(count('send')).toBe(60);
    expect(store.countOpen()).toBe(0);
    const all = [...callsAt('gate'), ...callsAt('send')];
    for (const from of all) {
      const inMinute = all.filter((at) => at >= from && at < from + MINUTE_MS);
      expect(inMinute.length).toBeLessThanOrEqual(20);
    }
  });
});

describe('no network', () => {
  test('[row 15] [row 26] is looked at again and again, never faster than the backoff, without an attempt', async () => {
    const { insert, wake, clock, vendor, count, state, connections } = aCourier();
    vendor.gate = () => NO_NETWORK;
    const row = aRow();
    insert(row);
    await wake();
    await clock.advance(HOUR_MS);
    expect(state(row)).toBe('waiting');
    expect(count('send')).toBe(0);
    // With this chance one look in half a minute, and a few more at the beginning.
    expect(count('gate')).toBeGreaterThan(100);
    expect(count('gate')).toBeLessThan(130);
    expect(connections.at(-1)).toMatchObject({ kind: 'offline', cause: 'dns', since: NINE });
  });

  test('[row 24] ends without any hint', async () => {
    const { insert, wake, clock, vendor, state, connections } = aCourier();
    vendor.gate = () => NO_NETWORK;
    const row = aRow();
    insert(row);
    await wake();
    await clock.advance(HOUR_MS);
    vendor.gate = () => yes('reachable');
    await clock.advance(MINUTE_MS);
    expect(state(row)).toBe('accepted');
    expect(connections.at(-1)).toEqual({ kind: 'online' });
  });

  test('[row 23] ends at once with a hint', async () => {
    const { insert, wake, clock, vendor, state } = aCourier();
    vendor.gate = () => NO_NETWORK;
    const row = aRow();
    insert(row);
    await wake();
    await clock.advance(HOUR_MS);
    vendor.gate = () => yes('reachable');
    await wake('hint');
    expect(state(row)).toBe('accepted');
  });

  test('[row 25] two hints at once are one look', async () => {
    const { wake, courier, count } = aCourier();
    courier.wake('hint');
    courier.wake('hint');
    courier.wake('hint');
    await ticks();
    await wake();
    expect(count('gate')).toBe(1);
  });
});

describe('[row 38] a business that Partoo refuses', () => {
  function twoBusinesses() {
    const world = aCourier();
    world.vendor.send = ({ businessId }) => (businessId === SHOP ? NO_ACCESS : accept());
    const shop = aRow({ phone: aPhone(1), businessId: SHOP });
    world.insert(shop);
    return { ...world, shop };
  }

  test('pauses alone: its row waits, the others leave when they are due', async () => {
    const { insert, wake, clock, state, shop, connections, count } = twoBusinesses();
    await wake();
    expect(state(shop)).toBe('waiting');
    const soon = aRow({
      phone: aPhone(2),
      businessId: HOTEL,
      progress: held(NINE + 11 * SECOND_MS),
    });
    insert(soon);
    await wake();
    await clock.advance(11 * SECOND_MS);
    expect(state(soon)).toBe('accepted');
    expect(connections.at(-1)).toEqual({
      kind: 'no-access',
      businessIds: [SHOP],
      text: 'Not yours',
    });
    expect(count('send')).toBe(2);
  });

  test('is tried again after a quarter of an hour, or when a person asks', async () => {
    const { wake, clock, count } = twoBusinesses();
    await wake();
    await clock.advance(14 * MINUTE_MS);
    expect(count('send')).toBe(1);
    await clock.advance(6 * MINUTE_MS);
    expect(count('send')).toBe(2);
    await wake('person');
    expect(count('send')).toBe(3);
  });

  test('does not hide that the network came back', async () => {
    const { wake, clock, vendor, connections } = twoBusinesses();
    await wake();
    vendor.gate = () => NO_NETWORK;
    await wake();
    expect(connections.at(-1)).toMatchObject({ kind: 'offline' });
    vendor.gate = () => yes('reachable');
    await clock.advance(MINUTE_MS);
    expect(connections.at(-1)).toMatchObject({ kind: 'no-access', businessIds: [SHOP] });
  });

  test('is forgotten once it is let in again', async () => {
    const { wake, clock, vendor, connections, state, shop } = twoBusinesses();
    await wake();
    vendor.send = accept;
    await clock.advance(20 * MINUTE_MS);
    expect(state(shop)).toBe('accepted');
    expect(connections.at(-1)).toEqual({ kind: 'online' });
  });
});

describe('[row 37] a key that Partoo refuses', () => {
  test('stops everything after one request, until a person does something', async () => {
    const { insert, wake, clock, vendor, count, state, connections } = aCourier();
    vendor.send = () => ({ kind: 'halt', scope: 'key', text: 'Bad key' });
    const rows = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) })];
    insert(...rows);
    await wake();
    await clock.advance(DAY_MS);
    await wake('hint');
    expect([count('gate'), count('send')]).toEqual([1, 1]);
    expect(rows.map(state)).toEqual(['waiting', 'waiting']);
    expect(connections.at(-1)).toEqual({ kind: 'key-refused', text: 'Bad key' });

    vendor.send = accept;
    await wake('person');
    expect(rows.map(state)).toEqual(['accepted', 'accepted']);
  });

  test('is also seen at the gate', async () => {
    const { insert, wake, clock, vendor, count } = aCourier();
    vendor.gate = () => no({ kind: 'key-refused', text: 'Bad key' });
    insert(aRow());
    await wake();
    await clock.advance(DAY_MS);
    expect([count('gate'), count('send')]).toEqual([1, 0]);
  });
});

describe('[row 42] a pause that Partoo asks for', () => {
  test('holds everything; neither a hint nor a person ends it', async () => {
    const { insert, wake, clock, vendor, count, state, connections } = aCourier();
    vendor.send = () => ({ kind: 'later', pauseMs: 10 * MINUTE_MS });
    const rows = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) })];
    insert(...rows);
    await wake();
    vendor.send = accept;
    expect(connections.at(-1)).toEqual({ kind: 'busy', until: NINE + 10 * MINUTE_MS });
    await wake('hint');
    await wake('person');
    await clock.advance(10 * MINUTE_MS - 1);
    await wake('hint');
    await wake('person');
    expect([count('gate'), count('send')]).toEqual([1, 1]);
    await clock.advance(10 * SECOND_MS);
    expect(rows.map(state)).toEqual(['accepted', 'accepted']);
    expect(connections.at(-1)).toEqual({ kind: 'online' });
  });

  test('at the gate', async () => {
    const { insert, wake, clock, vendor, count } = aCourier();
    vendor.gate = () => no({ kind: 'busy', pauseMs: 2 * MINUTE_MS });
    insert(aRow());
    await wake();
    await wake('person');
    await clock.advance(2 * MINUTE_MS - 1);
    expect([count('gate'), count('send')]).toEqual([1, 0]);
  });

  test('[row 45] with a server error', async () => {
    const { insert, wake, clock, vendor, count } = aCourier();
    vendor.send = () => ({ ...UNCLEAR, notBeforeMs: 10 * MINUTE_MS });
    insert(aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) }));
    await wake();
    await wake('hint');
    await clock.advance(10 * MINUTE_MS - 1);
    await wake('hint');
    expect([count('gate'), count('send'), count('search')]).toEqual([1, 1, 0]);
  });

  test('in answer to a search: the row is not judged without one', async () => {
    const { insert, wake, clock, vendor, count, state } = aCourier();
    vendor.send = () => UNCLEAR;
    const row = aRow();
    insert(row);
    await wake();
    vendor.search = () => no({ kind: 'busy', pauseMs: 10 * MINUTE_MS });
    await clock.advance(10 * MINUTE_MS);
    expect([count('send'), count('search')]).toEqual([1, 1]);
    expect(state(row)).toBe('unconfirmed');

    const send = { id: 'p-1', sentAt: NINE, by: 'Desk' };
    vendor.search = () => yes([send]);
    await clock.advance(MINUTE_MS);
    expect(state(row)).toBe('accepted');
  });

  test('in answer to the search after a refusal', async () => {
    const { insert, wake, clock, vendor, count } = aCourier();
    vendor.send = () => ({ kind: 'refused', status: 400, text: 'No' });
    vendor.search = () => no({ kind: 'busy', pauseMs: 10 * MINUTE_MS });
    insert(aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) }));
    await wake();
    await clock.advance(10 * MINUTE_MS - 1);
    expect([count('gate'), count('send'), count('search')]).toEqual([1, 1, 1]);
  });
});

describe('an attempt without an answer', () => {
  test('[row 43] is asked about, repeated after the quarantine, and given to a person after three', async () => {
    const { insert, wake, clock, vendor, callsAt, state } = aCourier();
    vendor.send = () => UNCLEAR;
    const row = aRow();
    insert(row);
    await wake();
    expect(state(row)).toBe('unconfirmed');
    await clock.advance(HOUR_MS);
    expect(state(row)).toBe('needs_decision');
    const sends = callsAt('send');
    expect(sends).toHaveLength(3);
    for (const [nth, at] of sends.entries()) {
      const before = sends[nth - 1];
      if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(120 * SECOND_MS);
    }
    // Asked several times within each quarantine: a search can lag.
    expect(callsAt('search').filter((at) => at < 121 * SECOND_MS).length).toBeGreaterThanOrEqual(4);
  });

  test('[row 44] a forced one is sent once, whatever happens', async () => {
    const { insert, wake, clock, vendor, count, state } = aCourier();
    vendor.send = () => UNCLEAR;
    const row = aRow({ forceReason: 'Lost it', seenSentAt: NINE - DAY_MS });
    insert(row);
    await wake();
    await clock.advance(2 * DAY_MS);
    await wake('person');
    expect(count('send')).toBe(1);
    expect(state(row)).toBe('needs_decision');
  });

  test('[row 3] [row 4] one found in `sending` at the start is treated like it', async () => {
    const { insert, wake, clock, store, count, state } = aCourier();
    const row = aRow({ forceReason: 'Lost it', seenSentAt: NINE - DAY_MS });
    insert(row);
    store.claim(row.invitation.id, NINE);
    await wake();
    expect(state(row)).toBe('unconfirmed');
    await clock.advance(HOUR_MS);
    expect(count('send')).toBe(0);
    expect(state(row)).toBe('needs_decision');
  });

  test.each([-3 * HOUR_MS, 3 * HOUR_MS])(
    '[row 72] [row 74] is not forgotten when the clock was set meanwhile, by %i ms',
    async (byMs) => {
      const { insert, wake, clock, vendor, count, state, connections } = aCourier();
      vendor.send = () => UNCLEAR;
      const row = aRow();
      insert(row);
      await wake();
      clock.jump(byMs);
      vendor.gate = () => ({ ...yes('reachable'), serverTime: NINE + clock.elapsedMs() });
      vendor.send = accept;
      await clock.advance(115 * SECOND_MS);
      expect(count('send')).toBe(1);
      await clock.advance(10 * MINUTE_MS);
      expect(count('search')).toBeGreaterThan(0);
      expect(state(row)).toBe('accepted');
      expect(connections.at(-1)).toEqual({ kind: 'clock-off', aheadMs: byMs });
    },
  );

  test.each([-365 * DAY_MS, 365 * DAY_MS])(
    '[row 72] [row 73] [I10] a clock that is a year off lets nothing leave until it is set right, by %i ms',
    async (byMs) => {
      const { insert, wake, clock, vendor, count, state, connections } = aCourier();
      vendor.gate = () => ({ ...yes('reachable'), serverTime: NINE + clock.elapsedMs() });
      clock.jump(byMs);
      const row = aRow();
      insert(row);
      await wake();
      await clock.advance(2 * HOUR_MS);
      expect(count('send')).toBe(0);
      expect(state(row)).toBe('waiting');
      expect(connections.at(-1)).toEqual({ kind: 'clock-wrong', aheadMs: byMs });
      clock.jump(-byMs);
      await clock.advance(5 * MINUTE_MS);
      expect(state(row)).toBe('accepted');
      expect(connections.at(-1)).toEqual({ kind: 'online' });
    },
  );

  test('[row 72] a clock that went back lets nothing leave until Partoo has told the time', async () => {
    const { insert, wake, clock, vendor, count, state, connections } = aCourier();
    await wake();
    clock.jump(-100 * DAY_MS);
    const row = aRow();
    insert(row);
    await wake();
    await clock.advance(HOUR_MS);
    expect(count('send')).toBe(0);
    expect(connections.at(-1)).toEqual({ kind: 'clock-wrong', aheadMs: null });
    vendor.gate = () => ({ ...yes('reachable'), serverTime: clock.now() });
    await clock.advance(5 * MINUTE_MS);
    expect(state(row)).toBe('accepted');
  });

  test.each([
    ['went back, and Partoo tells no time', undefined],
    ['is a year off', NINE],
  ])(
    '[row 72] [row 73] while the clock %s, Partoo is asked less and less',
    async (_, serverTime) => {
      const { insert, wake, clock, vendor, count } = aCourier();
      await wake();
      vendor.gate = () => ({ ...yes('reachable'), serverTime });
      clock.jump(-365 * DAY_MS);
      insert(aRow());
      await wake();
      await clock.advance(HOUR_MS);
      expect(count('gate')).toBeLessThan(150);
    },
  );

  test('a vendor whose door opens but who fails every send is asked less and less', async () => {
    const { insert, wake, clock, vendor, count } = aCourier();
    vendor.send = () => UNCLEAR;
    insert(...Array.from({ length: 50 }, (_, last) => aRow({ phone: aPhone(last) })));
    await wake();
    await clock.advance(10 * MINUTE_MS);
    expect(count('send')).toBeLessThan(15);
  });

  test('[row 30] an answer that repeats another row’s id is none', async () => {
    const { insert, wake, vendor, state } = aCourier();
    vendor.send = () => ACCEPTED;
    const rows = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) })];
    insert(...rows);
    await wake();
    expect(rows.map(state)).toEqual(['accepted', 'unconfirmed']);
  });
});

describe('an attempt of which nothing left', () => {
  test('[row 15] is repeated without limit and loses no other', async () => {
    const { insert, wake, clock, vendor, count, state } = aCourier();
    vendor.send = () => ({ kind: 'not-sent', cause: 'reset' });
    const row = aRow();
    insert(row);
    await wake();
    await clock.advance(DAY_MS);
    expect(count('send')).toBeGreaterThan(100);
    vendor.send = accept;
    await clock.advance(5 * MINUTE_MS);
    expect(state(row)).toBe('accepted');
  });
});

describe('storage that fails', () => {
  const full = () => new Database.SqliteError('database or disk is full', 'SQLITE_FULL');

  test('[row 49] on the intent: nothing is sent, it is said, and tried again', async () => {
    let broken = true;
    const { insert, wake, clock, count, state, connections } = aCourier({
      wrapStore: (store) => ({
        ...store,
        claim: (id, now) => {
          if (broken) throw full();
          return store.claim(id, now);
        },
      }),
    });
    const row = aRow();
    insert(row);
    await wake();
    expect(count('send')).toBe(0);
    expect(state(row)).toBe('waiting');
    expect(connections.at(-1)).toEqual({ kind: 'storage', why: 'full' });
    broken = false;
    await clock.advance(MINUTE_MS);
    expect(state(row)).toBe('accepted');
    expect(connections.at(-1)).toEqual({ kind: 'online' });
  });

  test('[row 50] on the result: the row is asked about, not sent again', async () => {
    let broken = true;
    const { insert, wake, clock, vendor, count, state } = aCourier({
      wrapStore: (store) => ({
        ...store,
        recordAttempt: (...args) => {
          if (broken) throw full();
          return store.recordAttempt(...args);
        },
      }),
    });
    const row = aRow();
    insert(row);
    await wake();
    expect(state(row)).toBe('sending');
    await clock.advance(MINUTE_MS);
    expect(state(row)).toBe('sending');
    vendor.search = () => yes([{ id: 'p-1', sentAt: NINE, by: 'Desk' }]);
    broken = false;
    await clock.advance(2 * MINUTE_MS);
    expect(state(row)).toBe('accepted');
    expect(count('send')).toBe(1);
  });

  const verbs = ['releaseHeld', 'listRows', 'peekNext', 'nextDueAt', 'recordDecision'] as const;
  test.each(verbs)('[row 53] in `%s`: it goes on once that works again', async (verb) => {
    let broken = false;
    const { insert, wake, clock, vendor, count, state } = aCourier({
      wrapStore: (store) => ({
        ...store,
        [verb]: (...args: never[]): unknown => {
          if (broken) throw full();
          return Reflect.apply(store[verb], undefined, args);
        },
      }),
    });
    vendor.send = () => UNCLEAR;
    const row = aRow();
    insert(row);
    await wake();
    vendor.send = accept;
    broken = true;
    await clock.advance(10 * MINUTE_MS);
    broken = false;
    await clock.advance(10 * MINUTE_MS);
    expect(state(row)).toBe('accepted');
    expect(count('send')).toBe(2);
  });
});

describe('[row 12] a bug', () => {
  test('stops everything for good and is reported once', async () => {
    const { insert, wake, clock, vendor, count, bugs, connections, courier } = aCourier();
    vendor.send = () => {
      throw new TypeError('undefined is not a function');
    };
    insert(aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) }));
    await wake();
    vendor.send = accept;
    await wake('person');
    await clock.advance(DAY_MS);
    expect(count('send')).toBe(1);
    expect(bugs).toHaveLength(1);
    expect(connections.at(-1)).toEqual({ kind: 'stopped', reference: 'ref-1' });
    expect(courier.connection()).toEqual({ kind: 'stopped', reference: 'ref-1' });
    expect(clock.timers()).toEqual([]);
  });

  test('elsewhere lets nothing more leave, and what is in flight does not hide it', async () => {
    const { insert, wake, clock, vendor, count, state, courier } = aCourier();
    const { promise, keep } = promised<Outcome>();
    vendor.send = () => promise;
    const rows = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) })];
    insert(...rows);
    await wake();
    courier.halt('ref-2');
    keep({ kind: 'later', pauseMs: MINUTE_MS });
    await clock.advance(DAY_MS);
    await wake('person');
    expect(count('send')).toBe(1);
    expect(rows.map(state)).toEqual(['waiting', 'waiting']);
    expect(courier.connection()).toEqual({ kind: 'stopped', reference: 'ref-2' });
  });
});

describe('stopping', () => {
  test('[row 10] waits for what is in flight and records it; nothing else leaves', async () => {
    const { insert, wake, clock, vendor, count, state, courier } = aCourier();
    const { promise, keep } = promised<Outcome>();
    vendor.send = () => promise;
    const rows = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) })];
    insert(...rows);
    await wake();
    let stopped = false;
    const stopping = courier.stop().then(() => {
      stopped = true;
    });
    await wake('person');
    expect(stopped).toBe(false);
    keep(ACCEPTED);
    await stopping;
    expect(rows.map(state)).toEqual(['accepted', 'waiting']);
    expect(clock.timers()).toEqual([]);
    await wake('person');
    expect(count('send')).toBe(1);
  });

  test('does not wait for a turn', async () => {
    const { insert, wake, clock, count, courier } = aCourier({ requestsPerMinute: 1 });
    insert(aRow());
    await wake();
    expect(count('gate')).toBe(1);
    await courier.stop();
    expect(count('send')).toBe(0);
    expect(clock.timers()).toEqual([]);
  });

  test('twice, and before anything was woken', async () => {
    const { courier, wake, count } = aCourier();
    await courier.stop();
    await courier.stop();
    await wake('person');
    expect(count('gate')).toBe(0);
  });
});

describe('the clock on the wall', () => {
  test('[row 76] that jumps ahead wakes what is due within five minutes', async () => {
    const { insert, wake, clock, state } = aCourier();
    const row = aRow({ progress: waiting(NINE + 2 * HOUR_MS) });
    insert(row);
    await wake();
    clock.jump(2 * HOUR_MS);
    await clock.advance(5 * MINUTE_MS);
    expect(state(row)).toBe('accepted');
  });
});
