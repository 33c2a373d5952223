import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from '../../../../shared/attempt.ts';
import type { Row } from '../../../../electron/outbox/store-port.ts';
import { NEXT, type Decision } from '../../../../electron/outbox/rules/transitions.ts';
import type { Store } from '../../../../electron/store/store.ts';
import { OPEN_STATES, type State, STATES } from '../../../../shared/invitation.ts';
import { MINUTE_MS } from '../../../../shared/time.ts';
import {
  A_PROGRESS,
  aDecision,
  aPhone,
  aRow,
  held,
  NINE,
  NOT_SENT,
  UNCLEAR,
  waiting,
} from '../../../support/builders/row.ts';
import { newPath, open } from '../../../support/builders/store.ts';

/** The expected content of the database: every stored row, as it was last read. */
type Model = Map<string, Row>;
type Real = { store: Store; readonly path: string };
type Step = fc.Command<Model, Real>;

const ON_ITS_WAY: readonly State[] = ['held', 'waiting', 'sending', 'unconfirmed'];
const NUMBERS = 3;

const stateOf = (row: Row) => row.invitation.progress.state;
const isForced = (row: Row) => row.invitation.forceReason !== null;
const blocks = (row: Row) => !isForced(row) && ON_ITS_WAY.includes(stateOf(row));

/** Whether a row in this state would break a promise, so that the database must refuse it. */
function isForbidden(model: Model, row: Row, to: State): boolean {
  const { id, phone } = row.invitation;
  const second = [...model.values()].some(
    (other) => other.invitation.id !== id && blocks(other) && other.invitation.phone === phone,
  );
  if (!isForced(row) && ON_ITS_WAY.includes(to) && second) return true;
  return (to === 'cancelled' || to === 'expired') && row.unclearAttempts > 0;
}

function check(model: Model, store: Store): void {
  const rows = [...model.values()];
  // No row disappears and none appears.
  for (const [id, row] of model) expect(store.readRow(id)).toEqual(row);
  const finished = store.listFinished({ before: null, limit: 1_000 }).invitations;
  expect(store.countOpen() + finished.length).toBe(model.size);
  for (const state of OPEN_STATES) {
    expect(store.listRows(state)).toHaveLength(rows.filter((row) => stateOf(row) === state).length);
  }
  // At most one unforced invitation per number is open.
  for (const phone of new Set(rows.map((row) => row.invitation.phone))) {
    expect(rows.filter((row) => row.invitation.phone === phone && blocks(row)).length).toBeLessThan(
      2,
    );
  }
  // Each attempt is recorded, and is open only while its row is `sending`.
  for (const [id, row] of model) {
    const attempts = store.listAttempts(id);
    expect(attempts).toHaveLength(row.attempts);
    const underWay = attempts.filter(({ end }) => end === null).map(({ nth }) => nth);
    expect(underWay).toEqual(stateOf(row) === 'sending' ? [row.attempts] : []);
    const unclear = attempts.filter(({ end }) => end?.outcome.kind === 'unclear');
    expect(unclear).toHaveLength(row.unclearAttempts);
    expect(row.unclearSince).toBe(unclear[0]?.startedAt ?? null);
  }
}

const step = (name: string, run: (model: Model, real: Real) => void): Step => ({
  check: () => true,
  run: (model, real) => {
    run(model, real);
    check(model, real.store);
  },
  toString: () => name,
});

/** The existing row that a command is about. */
function pick(model: Model, which: number): Row | undefined {
  return [...model.values()][which % Math.max(model.size, 1)];
}

function remember(model: Model, { store }: Real, id: string): void {
  const row = store.readRow(id);
  if (row !== undefined) model.set(id, row);
}

const insert = (number: number, forced: boolean, early: boolean, again: number): Step =>
  step(`insert(${number}, ${forced}, ${early}, ${again})`, (model, { store }) => {
    const known = again % 4 === 0 ? pick(model, again) : undefined;
    const row = aRow({
      phone: aPhone(number),
      progress: early ? held() : waiting(),
      ...(forced ? { forceReason: 'Asked again', seenSentAt: NINE - 1 } : {}),
      ...(known ? { token: known.token } : {}),
    });
    const blocking = [...model.values()].find(
      (other) => blocks(other) && other.invitation.phone === row.invitation.phone,
    );
    const insertion = store.insertInvitation(row);
    if (known) expect(insertion).toEqual({ kind: 'same-token', row: known });
    else if (!forced && blocking)
      expect(insertion).toEqual({ kind: 'already-open', row: blocking });
    else {
      expect(insertion).toEqual({ kind: 'inserted', row });
      expect(store.readRow(row.invitation.id)).toEqual(row);
      model.set(row.invitation.id, row);
    }
  });

const release = (now: number): Step =>
  step(`release(${now - NINE})`, (model, real) => {
    const due = [...model.values()].filter(({ invitation: { progress } }) => {
      return progress.state === 'held' && progress.notBefore <= now;
    });
    const released = real.store.releaseHeld(now).map(({ id }) => id);
    expect(new Set(released)).toEqual(new Set(due.map(({ invitation }) => invitation.id)));
    for (const id of released) remember(model, real, id);
  });

const claim = (which: number): Step =>
  step(`claim(${which})`, (model, real) => {
    const row = pick(model, which);
    if (row === undefined) return;
    const claimed = real.store.claim(row.invitation.id, NINE + which);
    expect(claimed !== undefined).toBe(stateOf(row) === 'waiting');
    if (claimed) model.set(row.invitation.id, claimed);
  });

const end = (which: number, outcome: Outcome, to: (typeof NEXT.sending)[number]): Step =>
  step(`end(${which}, ${outcome.kind}, ${to})`, (model, real) => {
    const row = pick(model, which);
    if (row === undefined) return;
    const { id } = row.invitation;
    const sending = stateOf(row) === 'sending';
    const counted =
      outcome.kind === 'unclear' ? { ...row, unclearAttempts: row.unclearAttempts + 1 } : row;
    const record = () =>
      real.store.recordAttempt(id, { endedAt: NINE, outcome }, aDecision(A_PROGRESS[to]));
    if (sending && isForbidden(model, counted, to)) expect(record).toThrow('constraint failed');
    else expect(record()?.progress).toEqual(sending ? A_PROGRESS[to] : undefined);
    remember(model, real, id);
  });

const decide = (which: number, from: State, to: Exclude<State, 'sending'>): Step =>
  step(`decide(${which}, ${from}, ${to})`, (model, real) => {
    const row = pick(model, which);
    if (row === undefined) return;
    const { id } = row.invitation;
    const applies = from === stateOf(row);
    const decision: Decision = aDecision(A_PROGRESS[to]);
    const record = () => real.store.recordDecision<State>(id, from, decision);
    const mayFollow: readonly State[] = NEXT[from];
    if (applies && !mayFollow.includes(to)) expect(record).toThrow('not in the life');
    else if (applies && isForbidden(model, row, to)) expect(record).toThrow('constraint failed');
    else expect(record()?.progress).toEqual(applies ? A_PROGRESS[to] : undefined);
    remember(model, real, id);
  });

const restart = (): Step =>
  step('restart', (_, real) => {
    real.store.close();
    real.store = open(real.path);
  });

const which = fc.nat(20);
const target = fc.constantFrom(...STATES.filter((state) => state !== 'sending'));
const outcome = fc.oneof(
  fc.constant(UNCLEAR),
  fc.constant(NOT_SENT),
  fc.constant<Outcome>({ kind: 'accepted', partooId: 'p' }),
);
const steps = fc.commands(
  [
    fc.tuple(fc.nat(NUMBERS - 1), fc.boolean(), fc.boolean(), which).map((args) => insert(...args)),
    fc.constantFrom(NINE, NINE + MINUTE_MS).map(release),
    which.map(claim),
    fc.tuple(which, outcome, fc.constantFrom(...NEXT.sending)).map((args) => end(...args)),
    // Only `recordAttempt` leads out of `sending`.
    fc.tuple(which, target, target).map((args) => decide(...args)),
    fc.constant(restart()),
  ],
  { maxCommands: 40 },
);

test('any commands in any order: the database keeps its promises', () => {
  fc.assert(
    fc.property(steps, (commands) => {
      const path = newPath();
      const real: Real = { store: open(path), path };
      fc.modelRun(() => ({ model: new Map<string, Row>(), real }), commands);
      real.store.close();
    }),
    { numRuns: 60 },
  );
});

test('an unknown invitation cannot change state', () => {
  const store = open(newPath());
  const id = randomUUID();
  expect(store.claim(id, NINE)).toBeUndefined();
  expect(store.recordDecision(id, 'held', aDecision(waiting()))).toBeUndefined();
});
