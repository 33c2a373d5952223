import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findOurs } from '../../../../electron/outbox/rules/evidence.ts';
import { OPEN_STATES, type State } from '../../../../shared/invitation.ts';
import { DAY_MS, HOUR_MS } from '../../../../shared/time.ts';
import { WINDOW_MS } from '../../../../shared/resend-window.ts';
import {
  A_PROGRESS,
  aDecision,
  aPhone,
  aRow,
  held,
  NINE,
  UNCLEAR,
} from '../../../support/builders/row.ts';
import { newPath, open } from '../../../support/builders/store.ts';

const FROM = NINE + HOUR_MS;
const TO = NINE + 5 * HOUR_MS;
const GAP = { why: 'restored', from: FROM, to: TO } as const;

/** A database with one invitation in each open state. */
function aDatabase() {
  const store = open(newPath());
  const idOf = new Map<State, string>();
  for (const [at, state] of OPEN_STATES.entries()) {
    const row = aRow({ phone: aPhone(at), ...(state === 'held' ? { progress: held() } : {}) });
    const { id } = row.invitation;
    store.insertInvitation(row);
    idOf.set(state, id);
    if (state === 'held' || state === 'waiting') continue;
    store.claim(id, NINE);
    if (state === 'sending') continue;
    const to = state === 'unconfirmed' ? A_PROGRESS.unconfirmed : A_PROGRESS.needs_decision;
    const decision = { ...aDecision(to), sentAt: NINE };
    store.recordAttempt(id, { endedAt: NINE, outcome: UNCLEAR }, decision);
  }
  const read = (state: State) => {
    const row = store.readRow(idOf.get(state) ?? '');
    if (row === undefined) throw new Error(`no ${state}`);
    return row;
  };
  return { store, read };
}

describe('[row 103] an open invitation that may have been sent since', () => {
  test.each(['held', 'waiting', 'sending', 'unconfirmed'] as const)(
    'when %s becomes unconfirmed',
    (state) => {
      const { store, read } = aDatabase();
      const before = read(state);
      store.doubt(GAP);
      const row = read(state);
      expect(row.invitation.progress).toEqual({ state: 'unconfirmed', at: TO, dueAt: TO });
      expect(row.invitation.mayHaveLeft).toBe(true);
      expect(row.sentAt).toBe(TO);
      expect(row.unclearAttempts).toBe(before.unclearAttempts + 1);
      expect(store.listAttempts(row.invitation.id)).toHaveLength(row.attempts);
      expect(store.listAttempts(row.invitation.id).at(-1)?.end?.outcome).toMatchObject({
        kind: 'unclear',
        cause: 'gap',
      });
      // Every SMS that Partoo lists for that time counts as its own.
      fc.assert(
        fc.property(fc.integer({ min: FROM, max: TO }), (sentAt) => {
          expect(findOurs(row, [{ id: 'p', sentAt, by: '' }])?.id).toBe('p');
        }),
      );
    },
  );

  test('that waits for a person still does, and can no longer be called never sent', () => {
    const { store, read } = aDatabase();
    store.doubt(GAP);
    const row = read('needs_decision');
    expect(row.invitation.progress).toEqual(A_PROGRESS.needs_decision);
    expect(row.unclearAttempts).toBe(2);
    expect(row.sentAt).toBe(TO);
    expect(() =>
      store.recordDecision(
        row.invitation.id,
        'needs_decision',
        aDecision({ state: 'cancelled', at: TO }),
      ),
    ).toThrow('constraint failed');
  });

  test('gains by a second doubt, without losing the first', () => {
    const { store, read } = aDatabase();
    store.doubt(GAP);
    store.doubt({ ...GAP, from: TO, to: TO + HOUR_MS });
    for (const state of OPEN_STATES) {
      const row = read(state);
      expect(store.listAttempts(row.invitation.id)).toHaveLength(row.attempts);
      expect(row.unclearSince).toBeLessThanOrEqual(FROM);
    }
    expect(store.readGap()).toMatchObject({ from: FROM, to: TO + HOUR_MS });
  });

  test('an ended one stays as it is', () => {
    const store = open(newPath());
    const row = aRow();
    store.insertInvitation(row);
    store.claim(row.invitation.id, NINE);
    store.recordAttempt(
      row.invitation.id,
      { endedAt: NINE, outcome: { kind: 'accepted', partooId: 'p' } },
      aDecision(A_PROGRESS.accepted, 'p'),
    );
    const before = store.readRow(row.invitation.id);
    store.doubt(GAP);
    expect(store.readRow(row.invitation.id)).toEqual(before);
  });
});

describe('a data gap', () => {
  test('gets Partoo’s time once it is known, and only once', () => {
    const store = open(newPath());
    expect(store.readGap()).toBeUndefined();
    store.dateGap(NINE);
    store.doubt({ ...GAP, from: null });
    expect(store.readGap()).toEqual({ ...GAP, from: null, dated: 'by-this-pc' });
    store.dateGap(TO + DAY_MS);
    store.dateGap(TO + WINDOW_MS);
    expect(store.readGap()).toEqual({
      ...GAP,
      from: null,
      to: TO + DAY_MS,
      dated: 'by-partoo',
    });
  });
});
