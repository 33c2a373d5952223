import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../shared/attempt.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/time.ts';
import { aPhone, aRow, NINE } from '../../support/builders/row.ts';
import { aCourier, deferred, yes } from '../../support/builders/courier.ts';

const UNCLEAR: Outcome = { kind: 'unclear', cause: 'server-error', notBeforeMs: 0 };
const accept = (): Outcome => ({ kind: 'accepted', partooId: randomUUID() });

describe('a storage failure', () => {
  const full = () => new Database.SqliteError('database or disk is full', 'SQLITE_FULL');

  test('[row 49] at the claim: sends nothing, reports it, and retries', async () => {
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

  test('[row 50] at the result: searches, does not send again', async () => {
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
  test.each(verbs)('[row 53] in `%s`: continues once storage works again', async (verb) => {
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

  test('elsewhere stops sending, and a request in flight does not hide it', async () => {
    const { insert, wake, clock, vendor, count, state, courier } = aCourier();
    const { promise, resolve } = deferred<Outcome>();
    vendor.send = () => promise;
    const rows = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) })];
    insert(...rows);
    await wake();
    courier.halt('ref-2');
    resolve({ kind: 'later', pauseMs: MINUTE_MS });
    await clock.advance(DAY_MS);
    await wake('person');
    expect(count('send')).toBe(1);
    expect(rows.map(state)).toEqual(['waiting', 'waiting']);
    expect(courier.connection()).toEqual({ kind: 'stopped', reference: 'ref-2' });
  });
});
