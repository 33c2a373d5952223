import { evidenceIn } from '../../../electron/outbox/search-partoo.ts';
import { NEXT, type Decision } from '../../../electron/outbox/rules/transitions.ts';
import {
  leaveOut,
  possibleProofs,
  type WindowEvidence,
} from '../../../electron/outbox/rules/evidence.ts';
import type { Row } from '../../../electron/outbox/store-port.ts';
import type { Outcome } from '../../../shared/attempt.ts';
import type { State } from '../../../shared/invitation.ts';
import { SECOND_MS } from '../../../shared/time.ts';
import type { Rules } from './rules.ts';
import { listed, spend, withDesk, type Desk, type Flight, type Name, type World } from './world.ts';

// How a step changes the row of a desk: what `recordDecision`, `claim` and `recordAttempt` of the store write.

/** How long a row waits after a search without an answer. */
const SEARCH_AGAIN_MS = 30 * SECOND_MS;

/** The row moves to its next state, and is then pushed. */
export function moved(world: World, name: Name, row: Row, decision: Decision): World {
  const { progress, sentAt } = decision;
  const allowed: readonly State[] = NEXT[row.invitation.progress.state];
  if (!allowed.includes(progress.state)) throw new Error('no such transition');
  const partooId = decision.partooId ?? world.desks[name].partooId;
  const next = { ...row, sentAt, invitation: { ...row.invitation, progress } };
  return withRow(world, name, next, { partooId });
}

function withRow(world: World, name: Name, row: Row, change: Partial<Desk> = {}): World {
  const { leavesOut, desks } = world;
  const isPushed =
    !leavesOut.includes('pushes') && (!leavesOut.includes('open-pushes') || mayBeSent(row));
  const isDirty = desks[name].isDirty || isPushed;
  return withDesk(world, name, { doing: { is: 'nothing' }, ...change, row, isDirty });
}

/** Whether the row has a possible SMS, and its request has ended. */
export function mayBeSent({ sentAt, invitation }: Row): boolean {
  return sentAt !== null && invitation.progress.state !== 'sending';
}

/** The row waits, and asks again after this time. */
export function postponed(world: World, name: Name, row: Row, ms: number): World {
  const progress = { state: 'waiting', at: world.now, dueAt: world.now + ms } as const;
  const sentAt = row.unclearAttempts > 0 ? row.sentAt : null;
  return moved(world, name, row, { progress, sentAt, partooId: null, deliveryDueAt: null });
}

/** `sending` is on disk. */
export function noted(
  world: World,
  name: Name,
  row: Row,
  by: 'claim' | 'search',
  at: number,
): World {
  const { now } = world;
  const sending: Row = {
    ...row,
    attempts: row.attempts + 1,
    lastAttemptAt: now,
    sentAt: now,
    invitation: { ...row.invitation, progress: { state: 'sending', at: now } },
  };
  return withRow(world, name, sending, { doing: { is: 'about-to-send', by, at } });
}

/** The attempt has ended. */
export function ended(
  world: World,
  name: Name,
  row: Row,
  outcome: Outcome,
  { rules, evidence }: { readonly rules: Rules; readonly evidence: WindowEvidence },
): World {
  const { now } = world;
  const decision = rules.decideAfterAttempt({ outcome, row, evidence, now, random: 0 });
  if (outcome.kind !== 'unclear') return moved(world, name, row, decision);
  const counted: Row = {
    ...row,
    unclearAttempts: row.unclearAttempts + 1,
    unclearSince: row.unclearSince ?? row.lastAttemptAt,
    invitation: { ...row.invitation, mayHaveLeft: true },
  };
  return moved(world, name, counted, decision);
}

/** What Partoo's list says about the row. */
export function evidenceFor(world: World, row: Row): WindowEvidence {
  const found = { ok: true, value: listed(world), serverTime: undefined } as const;
  return evidenceIn(found, { findByPartooId: () => undefined }, row);
}

/** The same without the SMS that the database has for another desk, and the database after it was asked. */
export function attributed(
  world: World,
  name: Name,
  row: Row,
  rules: Rules,
): { readonly world: World; readonly evidence: WindowEvidence } {
  const evidence = evidenceFor(world, row);
  const ids = possibleProofs(row, listed(world)).map(({ id }) => id);
  if (ids.length === 0 || world.desks[name].session === 'none') return { world, evidence };
  const call = { desk: name, invitation: row.invitation.id, ids };
  const { db, answer } = rules.attributeSms(world.db, world.now, call);
  return { world: { ...world, db }, evidence: leaveOut(evidence, answer) };
}

/** A search has no answer: the row that waits for it is tried again later. */
export function searchFailed(world: World, name: Name, row: Row): World {
  return postponed(spend(world, 'failures'), name, row, SEARCH_AGAIN_MS);
}

const DIED: Outcome = { kind: 'unclear', cause: 'died', notBeforeMs: 0 };

/** The application dies. The next start finds what is on disk. */
export function died(before: World, name: Name, rules: Rules): World {
  const flights = before.flights
    .filter(({ desk, stage }) => desk !== name || !isAnswered(stage))
    .map((flight) => (flight.desk === name ? unheard(flight) : flight));
  const world = withDesk({ ...spend(before, 'crashes'), flights }, name, {
    doing: { is: 'nothing' },
    session: 'none',
    lostAt: before.now,
  });
  const { row } = world.desks[name];
  if (row?.invitation.progress.state !== 'sending') return world;
  return ended(world, name, row, DIED, { rules, evidence: { kind: 'not-asked' } });
}

const unheard = (flight: Flight): Flight => ({ ...flight, isHeard: false });

/** Whether Partoo has answered a request in this stage. */
export function isAnswered(stage: Flight['stage']): boolean {
  return stage === 'accepted' || stage === 'refused';
}
