import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { STATES } from '../../../../shared/invitation.ts';
import { DAY_MS, MINUTE_MS } from '../../../../shared/time.ts';
import {
  A_PROGRESS,
  aDecision,
  aPhone,
  aRow,
  held,
  mayHaveReached,
  NINE,
  waiting,
} from '../../../support/builders/row.ts';
import { newPath, open } from '../../../support/builders/store.ts';

const forced = { forceReason: 'Asked for it again', seenSentAt: NINE - DAY_MS };

describe('an invitation', () => {
  test('is read back unchanged, also after a restart', () => {
    const path = newPath();
    const row = aRow({
      content: 'Merci ! @link',
      staff: 'Léa',
      consentAt: NINE,
      consentBy: 'Paul',
      ...forced,
      progress: held(),
    });
    const store = open(path);
    expect(store.insertInvitation(row)).toEqual({ kind: 'inserted', row });
    store.close();
    expect(open(path).readRow(row.invitation.id)).toEqual(row);
  });

  test.each(STATES.filter((state) => state !== 'sending'))('can be stored as %s', (state) => {
    const sentAt = mayHaveReached(state) ? NINE : null;
    const row = aRow({ progress: A_PROGRESS[state], sentAt });
    const store = open(newPath());
    expect(store.insertInvitation(row)).toEqual({ kind: 'inserted', row });
    expect(store.readRow(row.invitation.id)).toEqual(row);
  });

  test('cannot be stored as `sending`: its attempt would have no record', () => {
    const row = aRow({ progress: A_PROGRESS.sending, sentAt: NINE });
    expect(() => open(newPath()).insertInvitation(row)).toThrow('Only `claim` begins sending');
  });

  test('names the one that it replaces', () => {
    const store = open(newPath());
    const first = aRow({ progress: A_PROGRESS.refused });
    const second = aRow({ replaces: first.invitation.id });
    store.insertInvitation(first);
    store.insertInvitation(second);
    expect(store.readRow(second.invitation.id)?.invitation.replaces).toBe(first.invitation.id);
  });

  test('cannot replace one that does not exist', () => {
    const row = aRow({ replaces: randomUUID() });
    expect(() => open(newPath()).insertInvitation(row)).toThrow('FOREIGN KEY');
  });

  test('is not found when it was never stored', () => {
    const store = open(newPath());
    expect(store.readRow(randomUUID())).toBeUndefined();
    expect(store.findByToken(randomUUID())).toBeUndefined();
    expect(store.findByPartooId('42')).toBeUndefined();
  });
});

describe('saving the same form twice', () => {
  test('returns the same invitation, whatever its state', () => {
    const store = open(newPath());
    const row = aRow();
    const { id } = row.invitation;
    store.insertInvitation(row);
    store.recordDecision(id, 'waiting', aDecision(A_PROGRESS.cancelled));

    const again = aRow({ token: row.token, name: 'Marie D.' });
    const insertion = store.insertInvitation(again);
    expect(insertion).toEqual({ kind: 'same-token', row: store.readRow(id) });
    expect(store.findByToken(row.token)?.invitation.id).toBe(id);
    expect(store.readRow(again.invitation.id)).toBeUndefined();
  });
});

describe('a number', () => {
  const OPEN_ONES = ['held', 'waiting', 'unconfirmed'] as const;

  test.each(OPEN_ONES)('gets no second unforced invitation while one is %s', (state) => {
    const store = open(newPath());
    const first = aRow({ progress: A_PROGRESS[state], sentAt: NINE });
    store.insertInvitation(first);
    expect(store.insertInvitation(aRow())).toEqual({ kind: 'already-open', row: first });
    expect(store.countOpen()).toBe(1);
  });

  test('gets no second unforced invitation while one is being sent', () => {
    const store = open(newPath());
    const first = aRow();
    store.insertInvitation(first);
    const claimed = store.claim(first.invitation.id, NINE);
    expect(store.insertInvitation(aRow())).toEqual({ kind: 'already-open', row: claimed });
  });

  test('may be invited again while a person has not decided about the first', () => {
    const store = open(newPath());
    store.insertInvitation(aRow({ progress: A_PROGRESS.needs_decision }));
    expect(store.insertInvitation(aRow()).kind).toBe('inserted');
  });

  test('may get a forced invitation beside an open one, and an unforced one beside a forced one', () => {
    const store = open(newPath());
    expect(store.insertInvitation(aRow()).kind).toBe('inserted');
    expect(store.insertInvitation(aRow(forced)).kind).toBe('inserted');
    expect(store.insertInvitation(aRow(forced)).kind).toBe('inserted');
    store.insertInvitation(aRow({ ...forced, phone: aPhone(1) }));
    expect(store.insertInvitation(aRow({ phone: aPhone(1) })).kind).toBe('inserted');
  });

  test('blocks no other number', () => {
    const store = open(newPath());
    store.insertInvitation(aRow());
    expect(store.insertInvitation(aRow({ phone: aPhone(1) })).kind).toBe('inserted');
  });

  test('has its oldest open invitation found, forced or not, and no ended one', () => {
    const store = open(newPath());
    const finished = aRow({ progress: A_PROGRESS.refused, queuedAt: NINE - 2 });
    const older = aRow({ ...forced, queuedAt: NINE - 1 });
    store.insertInvitation(finished);
    store.insertInvitation(aRow());
    store.insertInvitation(older);
    expect(store.findOpen(aPhone(0), null)).toEqual(older);
    expect(store.findOpen(aPhone(1), null)).toBeUndefined();
  });
});

describe('the last send to a number', () => {
  test('is another desk’s where Partoo listed it for a refused invitation', () => {
    const store = open(newPath());
    const stopped = { state: 'needs_decision', at: NINE, why: 'window' } as const;
    store.insertInvitation(aRow({ progress: stopped, sentAt: NINE - DAY_MS, name: 'Marie' }));
    expect(store.findLastSend(aPhone(0), null)).toEqual({
      sentAt: NINE - DAY_MS,
      businessId: null,
      name: '',
      staff: null,
      from: 'elsewhere',
      place: null,
      proved: true,
    });
  });

  test('is the latest by send time, not by save time', () => {
    const store = open(newPath());
    const sent = { progress: A_PROGRESS.accepted, staff: 'Léa' };
    store.insertInvitation(aRow({ ...sent, sentAt: NINE, name: 'Marie D.' }));
    store.insertInvitation(aRow({ ...sent, sentAt: NINE - DAY_MS, name: 'Marie Dupont' }));
    expect(store.findLastSend(aPhone(0), null)).toEqual({
      sentAt: NINE,
      businessId: aRow().invitation.businessId,
      from: 'here',
      place: null,
      name: 'Marie D.',
      staff: 'Léa',
      proved: true,
    });
    expect(store.findLastSend(aPhone(1), null)).toBeUndefined();
  });

  test('excludes the invitation that asks', () => {
    const store = open(newPath());
    const older = aRow({ progress: A_PROGRESS.accepted, sentAt: NINE - DAY_MS });
    const newer = aRow({ progress: A_PROGRESS.maybe_sent, sentAt: NINE });
    store.insertInvitation(older);
    store.insertInvitation(newer);
    const except = (id: string) => store.findLastSend(aPhone(0), id)?.sentAt;
    expect(except(newer.invitation.id)).toBe(NINE - DAY_MS);
    expect(except(older.invitation.id)).toBe(NINE);
  });

  test('is not proved while Partoo has not confirmed it', () => {
    const store = open(newPath());
    store.insertInvitation(aRow({ progress: A_PROGRESS.maybe_sent, sentAt: NINE }));
    expect(store.findLastSend(aPhone(0), null)?.proved).toBe(false);
  });

  test('is none when nothing can have been sent', () => {
    const store = open(newPath());
    store.insertInvitation(aRow());
    store.insertInvitation(aRow({ progress: A_PROGRESS.cancelled }));
    expect(store.findLastSend(aPhone(0), null)).toBeUndefined();
  });
});

describe('the queue', () => {
  const peek = { now: NINE, pausedBusinessIds: [], exceptId: null };

  test('returns the oldest due invitation, in the order of saving', () => {
    const store = open(newPath());
    const second = aRow({ phone: aPhone(1) });
    const third = aRow({ phone: aPhone(2) });
    const first = aRow({ phone: aPhone(3), queuedAt: NINE - 1 });
    for (const row of [second, third, first]) store.insertInvitation(row);

    const order = [1, 2, 3].map(() => {
      const next = store.peekNext(peek);
      if (next !== undefined) store.claim(next.invitation.id, NINE);
      return next?.invitation.id;
    });
    expect(order).toEqual([first, second, third].map(({ invitation }) => invitation.id));
    expect(store.peekNext(peek)).toBeUndefined();
  });

  test('skips those not due yet, not waiting, or of a paused business', () => {
    const store = open(newPath());
    store.insertInvitation(aRow({ phone: aPhone(1), progress: waiting(NINE + 1) }));
    store.insertInvitation(aRow({ phone: aPhone(2), progress: held(NINE) }));
    store.insertInvitation(aRow({ phone: aPhone(3), businessId: 'paused' }));
    const due = aRow({ phone: aPhone(4), queuedAt: NINE + 1 });
    store.insertInvitation(due);
    expect(
      store.peekNext({ now: NINE, pausedBusinessIds: ['other', 'paused'], exceptId: null }),
    ).toEqual(due);
  });
});

describe('the outbox', () => {
  test('lists open invitations, oldest first, and counts them', () => {
    const store = open(newPath());
    const rows = STATES.filter((state) => state !== 'sending').map((state, place) => {
      const sentAt = mayHaveReached(state) ? NINE : null;
      return aRow({
        phone: aPhone(place),
        progress: A_PROGRESS[state],
        queuedAt: NINE - place,
        sentAt,
      });
    });
    for (const row of rows) store.insertInvitation(row);

    const states = store.listOpen().map(({ progress }) => progress.state);
    expect(states).toEqual(['needs_decision', 'unconfirmed', 'waiting', 'held']);
    expect(store.countOpen()).toBe(4);
    expect(store.countDecisions()).toBe(1);
    expect(store.listRows('held')).toEqual(
      rows.filter((row) => row.invitation.progress.state === 'held'),
    );
    expect(store.listRows('accepted')).toEqual([]);
  });

  test('returns the next due time', () => {
    const store = open(newPath());
    expect(store.nextDueAt()).toBeUndefined();
    store.insertInvitation(aRow({ phone: aPhone(1), progress: A_PROGRESS.needs_decision }));
    expect(store.nextDueAt()).toBeUndefined();
    store.insertInvitation(
      aRow({ phone: aPhone(2), progress: A_PROGRESS.unconfirmed, sentAt: NINE }),
    );
    expect(store.nextDueAt()).toBe(NINE + MINUTE_MS);
    store.insertInvitation(aRow({ phone: aPhone(3), progress: held(NINE + 2) }));
    expect(store.nextDueAt()).toBe(NINE + 2);
    store.insertInvitation(aRow({ phone: aPhone(4), progress: waiting(NINE + 1) }));
    expect(store.nextDueAt()).toBe(NINE + 1);
  });
});
