import { describe, expect, test } from 'vitest';
import { createPresence, type Call } from '../../electron/presence.ts';
import type { Connection } from '../../shared/connection.ts';
import type { Progress } from '../../shared/invitation.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { createFakeClock } from '../support/clock.ts';
import { aRow, NINE } from './store/a-row.ts';

function aDesktop() {
  const clock = createFakeClock(NINE);
  const shown: number[] = [];
  const calls: Call[] = [];
  const desk = { waiting: 0, isWatched: false, asked: 0 };
  const presence = createPresence({
    clock,
    countWaiting: () => {
      desk.asked += 1;
      return desk.waiting;
    },
    showWaiting: (count) => void shown.push(count),
    isWatched: () => desk.isWatched,
    callPerson: (call) => void calls.push(call),
  });
  const change = (progress: Progress) =>
    presence.hear('invitation.changed', { ...aRow().invitation, progress });
  const connect = (connection: Connection) => presence.hear('connection.changed', connection);
  return { clock, desk, shown, calls, change, connect };
}

const WAITING: Progress = { state: 'waiting', at: NINE, dueAt: NINE };
const DECISION: Progress = { state: 'needs_decision', at: NINE, why: 'window' };

describe('how many wait', () => {
  test('is shown soon after it changed, and only then', async () => {
    const { clock, desk, change, shown } = aDesktop();
    desk.waiting = 2;
    change(WAITING);
    await clock.advance(SECOND_MS);
    expect(shown).toEqual([2]);
    change(WAITING);
    await clock.advance(SECOND_MS);
    expect(shown).toEqual([2]);
    desk.waiting = 0;
    change({ state: 'accepted', at: NINE, evidence: 'response', delivery: null });
    await clock.advance(SECOND_MS);
    expect(shown).toEqual([2, 0]);
  });

  test('is counted once for hundreds of changes', async () => {
    const { clock, desk, change } = aDesktop();
    for (let nth = 0; nth < 500; nth += 1) change(WAITING);
    await clock.advance(SECOND_MS);
    expect(desk.asked).toBe(1);
  });
});

describe('a person is called', () => {
  test('when an invitation needs a decision, or the key is refused', () => {
    const { calls, change, connect } = aDesktop();
    change(WAITING);
    connect({ kind: 'offline', cause: 'dns', since: NINE, retryAt: NINE });
    expect(calls).toEqual([]);
    change(DECISION);
    connect({ kind: 'key-refused', text: '' });
    expect(calls).toEqual(['decision', 'key']);
  });

  test('not while they look at the window', () => {
    const { calls, change, desk } = aDesktop();
    desk.isWatched = true;
    change(DECISION);
    expect(calls).toEqual([]);
  });

  test('once for many of a kind, and again when it is long ago', async () => {
    const { clock, calls, change } = aDesktop();
    for (let nth = 0; nth < 20; nth += 1) change(DECISION);
    expect(calls).toEqual(['decision']);
    await clock.advance(10 * MINUTE_MS);
    change(DECISION);
    expect(calls).toEqual(['decision', 'decision']);
  });
});
