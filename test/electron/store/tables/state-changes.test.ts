import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../../shared/attempt.ts';
import { NEXT } from '../../../../electron/outbox/rules/transitions.ts';
import { STATES, type State } from '../../../../shared/invitation.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts';
import {
  A_PROGRESS,
  aDecision,
  aPhone,
  aRow,
  held,
  mayHaveReached,
  NINE,
  NOT_SENT,
  UNCLEAR,
  waiting,
} from '../../../support/builders/row.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';

const ACCEPTED: Outcome = { kind: 'accepted', partooId: 'p-1' };
const LATER = NINE + MINUTE_MS;

function claimed(path = newPath()) {
  const store = open(path);
  const row = aRow();
  store.insertInvitation(row);
  store.claim(row.invitation.id, NINE);
  return { store, id: row.invitation.id };
}

describe('releasing held invitations', () => {
  test('makes exactly the due ones waiting', () => {
    const store = open(newPath());
    const early = aRow({ phone: aPhone(1), progress: held(NINE + SECOND_MS) });
    const late = aRow({ phone: aPhone(2), progress: held(LATER) });
    store.insertInvitation(late);
    store.insertInvitation(early);

    expect(store.releaseHeld(NINE)).toEqual([]);
    const now = NINE + SECOND_MS;
    expect(store.releaseHeld(now)).toEqual([
      { ...early.invitation, progress: { state: 'waiting', at: now, dueAt: now } },
    ]);
    expect(store.releaseHeld(now)).toEqual([]);
    expect(store.peekNext({ now, pausedBusinessIds: [], exceptId: null })?.invitation.id).toBe(
      early.invitation.id,
    );
    expect(store.readRow(late.invitation.id)).toEqual(late);
  });
});

describe('claiming', () => {
  test('records the attempt and the resend window before anything is sent', () => {
    const path = newPath();
    const store = open(path);
    const row = aRow();
    store.insertInvitation(row);

    const sending = {
      ...row,
      invitation: { ...row.invitation, progress: { state: 'sending', at: LATER } },
      attempts: 1,
      lastAttemptAt: LATER,
      sentAt: LATER,
    };
    expect(store.claim(row.invitation.id, LATER)).toEqual(sending);
    expect(store.listAttempts(row.invitation.id)).toEqual([
      { nth: 1, startedAt: LATER, end: null },
    ]);
    store.close();
    expect(open(path).listRows('sending')).toEqual([sending]);
  });

  test('again restarts the resend window: the latest SMS is the one that may have been sent', () => {
    const store = open(newPath());
    const row = aRow({ sentAt: NINE, attempts: 1, lastAttemptAt: NINE });
    store.insertInvitation(row);
    expect(store.claim(row.invitation.id, LATER)?.sentAt).toBe(LATER);
  });

  test('happens once', () => {
    const { store, id } = claimed();
    expect(store.claim(id, NINE)).toBeUndefined();
    expect(store.listAttempts(id)).toHaveLength(1);
  });

  test.each(STATES.filter((state) => state !== 'waiting' && state !== 'sending'))(
    'does not change one that is %s',
    (state) => {
      const store = open(newPath());
      const row = aRow({
        progress: A_PROGRESS[state],
        sentAt: mayHaveReached(state) ? NINE : null,
      });
      store.insertInvitation(row);
      expect(store.claim(row.invitation.id, LATER)).toBeUndefined();
      expect(store.readRow(row.invitation.id)).toEqual(row);
    },
  );

  test('of an unknown invitation returns nothing', () => {
    expect(open(newPath()).claim(randomUUID(), NINE)).toBeUndefined();
  });
});

describe('ending an attempt', () => {
  test('stores what is known, with the next state', () => {
    const { store, id } = claimed();
    const decision = { ...aDecision(A_PROGRESS.accepted, 'p-1'), sentAt: LATER };
    const invitation = store.recordAttempt(id, { endedAt: LATER, outcome: ACCEPTED }, decision);

    expect(invitation?.progress).toEqual(A_PROGRESS.accepted);
    expect(store.listAttempts(id)).toEqual([
      { nth: 1, startedAt: NINE, end: { endedAt: LATER, outcome: ACCEPTED } },
    ]);
    expect(store.findByPartooId('p-1')?.invitation).toEqual(invitation);
    expect(store.findLastSend(aPhone(0), null)?.sentAt).toBe(LATER);
  });

  test('proved as not sent, it reopens the resend window', () => {
    const { store, id } = claimed();
    store.recordAttempt(id, { endedAt: LATER, outcome: NOT_SENT }, aDecision(waiting(LATER)));
    expect(store.readRow(id)).toMatchObject({
      attempts: 1,
      unclearAttempts: 0,
      unclearSince: null,
    });
    expect(store.findLastSend(aPhone(0), null)).toBeUndefined();
  });

  test('counts the unclear ones and keeps the time of the first', () => {
    const { store, id } = claimed();
    const unconfirmed = aDecision(A_PROGRESS.unconfirmed);
    store.recordAttempt(id, { endedAt: LATER, outcome: UNCLEAR }, unconfirmed);
    expect(store.readRow(id)).toMatchObject({ unclearAttempts: 1, unclearSince: NINE });

    store.recordDecision(id, 'unconfirmed', { ...aDecision(waiting(LATER)), sentAt: NINE });
    store.claim(id, LATER);
    store.recordAttempt(id, { endedAt: LATER, outcome: UNCLEAR }, unconfirmed);
    expect(store.readRow(id)).toMatchObject({
      attempts: 2,
      unclearAttempts: 2,
      unclearSince: NINE,
    });
    expect(store.listAttempts(id).map(({ startedAt }) => startedAt)).toEqual([NINE, LATER]);
  });

  test('happens once: a late answer changes nothing', () => {
    const { store, id } = claimed();
    store.recordAttempt(id, { endedAt: NINE, outcome: UNCLEAR }, aDecision(A_PROGRESS.unconfirmed));
    const before = store.readRow(id);
    const late = { endedAt: LATER, outcome: ACCEPTED };
    expect(store.recordAttempt(id, late, aDecision(A_PROGRESS.accepted, 'p-1'))).toBeUndefined();
    expect(store.readRow(id)).toEqual(before);
    expect(store.listAttempts(id)[0]?.end?.outcome).toEqual(UNCLEAR);
  });

  test('cannot give one Partoo id to two invitations', () => {
    const { store, id } = claimed();
    store.recordAttempt(
      id,
      { endedAt: NINE, outcome: ACCEPTED },
      aDecision(A_PROGRESS.accepted, 'p-1'),
    );
    const other = aRow({ phone: aPhone(1) });
    store.insertInvitation(other);
    const sending = store.claim(other.invitation.id, NINE);
    const steal = () =>
      store.recordAttempt(
        other.invitation.id,
        { endedAt: NINE, outcome: ACCEPTED },
        aDecision(A_PROGRESS.accepted, 'p-1'),
      );
    expect(steal).toThrow('UNIQUE constraint failed: invitation.partoo_id');
    expect(store.readRow(other.invitation.id)).toEqual(sending);
    expect(store.listAttempts(other.invitation.id)[0]?.end).toBeNull();
  });

  test('without an open record is a bug, and changes nothing', () => {
    const path = newPath();
    claimed(path).store.close();
    tamper(path, (db) => db.exec('DELETE FROM attempt'));
    const store = open(path);
    const before = store.listRows('sending');
    const record = () =>
      before.map(({ invitation: { id } }) =>
        store.recordAttempt(id, { endedAt: NINE, outcome: NOT_SENT }, aDecision(waiting())),
      );
    expect(record).toThrow('No attempt of this invitation is under way');
    expect(store.listRows('sending')).toEqual(before);
  });

  test('is all or nothing: a record that cannot be written keeps the invitation `sending`', () => {
    const path = newPath();
    open(path).close();
    tamper(path, (db) =>
      db.exec(
        "CREATE TRIGGER broken BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'no'); END",
      ),
    );
    const { store, id } = claimed(path);
    const before = store.readRow(id);
    const record = () =>
      store.recordAttempt(id, { endedAt: NINE, outcome: NOT_SENT }, aDecision(waiting()));
    expect(record).toThrow('no');
    expect(store.readRow(id)).toEqual(before);
  });
});

describe('a decision', () => {
  test('is carried out only from the state that it was made for', () => {
    const store = open(newPath());
    const row = aRow();
    const { id } = row.invitation;
    store.insertInvitation(row);
    const cancel = aDecision(A_PROGRESS.cancelled);

    for (const state of STATES.filter((other) => other !== 'waiting')) {
      expect(store.recordDecision<State>(id, state, cancel)).toBeUndefined();
    }
    expect(store.recordDecision(randomUUID(), 'waiting', cancel)).toBeUndefined();
    expect(store.readRow(id)).toEqual(row);

    expect(store.recordDecision(id, 'waiting', cancel)?.progress).toEqual(A_PROGRESS.cancelled);
    expect(store.recordDecision(id, 'waiting', cancel)).toBeUndefined();
  });

  test('leaves nothing of the old state', () => {
    const store = open(newPath());
    const row = aRow({ progress: A_PROGRESS.held });
    store.insertInvitation(row);
    const { id } = row.invitation;
    const life = ['waiting', 'needs_decision', 'unconfirmed', 'accepted'] as const;
    let from: State = 'held';
    for (const to of life) {
      store.recordDecision<State>(id, from, aDecision(A_PROGRESS[to]));
      expect(store.readRow(id)?.invitation.progress).toEqual(A_PROGRESS[to]);
      from = to;
    }
  });

  test.each(STATES.flatMap((from) => STATES.map((to) => ({ from, to }))))(
    '[I5] from $from to $to: only if the transition table allows it',
    ({ from, to }) => {
      if (from === 'sending' || to === 'sending') return;
      const store = open(newPath());
      const sentAt = mayHaveReached(from) ? NINE : null;
      const row = aRow({ progress: A_PROGRESS[from], sentAt });
      store.insertInvitation(row);
      const { id } = row.invitation;
      const mayFollow: readonly State[] = NEXT[from];
      const record = () => store.recordDecision<State>(id, from, aDecision(A_PROGRESS[to]));
      if (mayFollow.includes(to)) expect(record()?.progress).toEqual(A_PROGRESS[to]);
      else expect(record).toThrow('not in the life');
    },
  );

  test('keeps the id that Partoo returned', () => {
    const { store, id } = claimed();
    store.recordAttempt(
      id,
      { endedAt: NINE, outcome: ACCEPTED },
      aDecision(A_PROGRESS.accepted, 'p-1'),
    );
    const delivered = aDecision({
      state: 'accepted',
      at: NINE,
      evidence: 'response',
      delivery: 'delivered',
    });
    store.recordDecision(id, 'accepted', delivered);
    expect(store.findByPartooId('p-1')?.invitation.progress).toEqual(delivered.progress);
  });

  test.each(['cancelled', 'expired'] as const)(
    'cannot call %s what may have been sent',
    (state) => {
      const { store, id } = claimed();
      store.recordAttempt(
        id,
        { endedAt: NINE, outcome: UNCLEAR },
        aDecision(A_PROGRESS.unconfirmed),
      );
      const parked = aDecision(A_PROGRESS.needs_decision);
      store.recordDecision(id, 'unconfirmed', parked);
      const forget = () => store.recordDecision(id, 'needs_decision', aDecision(A_PROGRESS[state]));
      expect(forget).toThrow('CHECK constraint failed');
      expect(store.readRow(id)?.invitation.progress).toEqual(A_PROGRESS.needs_decision);
    },
  );

  test('cannot open a second unforced invitation to a number', () => {
    const store = open(newPath());
    const parked = aRow({ progress: A_PROGRESS.needs_decision, sentAt: NINE });
    store.insertInvitation(parked);
    store.insertInvitation(aRow());
    const again = () =>
      store.recordDecision(
        parked.invitation.id,
        'needs_decision',
        aDecision(A_PROGRESS.unconfirmed),
      );
    expect(again).toThrow('UNIQUE constraint failed: invitation.phone');
    expect(store.readRow(parked.invitation.id)).toEqual(parked);
  });
});

describe('correcting a wrong clock', () => {
  const AHEAD = NINE + 365 * DAY_MS;
  const repaired = (row: ReturnType<typeof aRow>) => {
    const store = open(newPath());
    store.insertInvitation(row);
    store.fixFutureTimes(NINE);
    return store.readRow(row.invitation.id);
  };

  test('[row 73] moves times in the future to now', () => {
    const progress = { ...A_PROGRESS.maybe_sent, at: AHEAD };
    const row = repaired(aRow({ progress, queuedAt: AHEAD, sentAt: AHEAD }));
    expect(row).toMatchObject({
      sentAt: NINE,
      invitation: { queuedAt: NINE, progress: { at: NINE } },
    });
  });

  test('[row 126] shifts a wrong promised time, and keeps a right one', () => {
    const later = { ...held(AHEAD + MINUTE_MS), at: AHEAD };
    const promised = (promisedAt: number) =>
      repaired(aRow({ progress: later, queuedAt: AHEAD, promisedAt }))?.promisedAt;
    expect(promised(AHEAD + MINUTE_MS)).toBe(NINE + MINUTE_MS);
    expect(promised(NINE - MINUTE_MS)).toBe(NINE - MINUTE_MS);
  });

  test('shifts the send time of held invitations', () => {
    const progress = { ...held(AHEAD + MINUTE_MS), at: AHEAD };
    expect(repaired(aRow({ progress, queuedAt: AHEAD }))?.invitation.progress).toMatchObject({
      at: NINE,
      notBefore: NINE + MINUTE_MS,
    });
  });

  test('does not hold waiting ones until a day far away', () => {
    expect(repaired(aRow({ progress: waiting(AHEAD) }))?.invitation.progress).toMatchObject({
      dueAt: NINE,
    });
  });

  test('keeps correct times', () => {
    const row = aRow({ progress: held(NINE + MINUTE_MS), queuedAt: NINE - 1 });
    expect(repaired(row)).toEqual(row);
  });
});
