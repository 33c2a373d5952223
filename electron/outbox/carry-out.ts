import { decide, type WindowEvidence } from './decide.ts';
import type { FlushParts } from './flush-parts.ts';
import type { Outcome } from './outcome.ts';
import type { Row } from './row.ts';
import type { Decision } from './transitions.ts';

/** Ends the attempt of a row that is being sent, and tells everybody what became of it. */
export function conclude(
  parts: FlushParts,
  row: Row,
  outcome: Outcome,
  evidence: WindowEvidence,
): void {
  const now = parts.clock.now();
  const { id } = row.invitation;
  const decision = decide({ outcome, row, evidence, now, random: parts.random() });
  if (decision.progress.state === 'unconfirmed') parts.attemptEnded(id);
  const invitation = parts.store.recordAttempt(id, { endedAt: now, outcome }, decision);
  if (invitation !== undefined) parts.onInvitation(invitation);
}

/** Moves a row on without an attempt, unless it has left the state in which it was read. */
export function record(
  parts: Pick<FlushParts, 'store' | 'onInvitation'>,
  row: Row,
  decision: Decision,
): void {
  const { id, progress } = row.invitation;
  const invitation = parts.store.recordDecision(id, progress.state, decision);
  if (invitation !== undefined) parts.onInvitation(invitation);
}
