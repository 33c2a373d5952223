import type { Progress } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import { decideAfterAttempt } from './rules/decide-after-attempt.ts';
import { moveTo, possibleSend } from './rules/build-decision.ts';
import type { WindowEvidence } from './rules/evidence.ts';
import type { FlushParts } from './flush-parts.ts';
import { isTooOld } from './rules/check-before-sending.ts';
import { afterPause, reschedule, openingAt, type SchedulingRules } from './rules/send-time.ts';
import type { Outcome } from '../../shared/attempt.ts';
import type { Row } from './store-port.ts';
import type { Decision } from './rules/transitions.ts';

/** Records the outcome of the attempt of a `sending` row and tells the screen its new state. */
export function finishAttempt(
  parts: FlushParts,
  row: Row,
  outcome: Outcome,
  evidence: WindowEvidence,
): void {
  const now = parts.clock.now();
  const { id } = row.invitation;
  const decision = decideAfterAttempt({ outcome, row, evidence, now, random: parts.random() });
  if (decision.progress.state === 'unconfirmed') parts.attemptEnded(id);
  const invitation = parts.store.recordAttempt(id, { endedAt: now, outcome }, decision);
  if (invitation !== undefined) parts.onInvitation(invitation);
}

/** Moves a row on without an attempt, unless its state has changed since it was read. */
export function applyDecision(
  parts: Pick<FlushParts, 'store' | 'onInvitation'>,
  row: Row,
  decision: Decision,
): void {
  const { id, progress } = row.invitation;
  const invitation = parts.store.recordDecision(id, progress.state, decision);
  if (invitation !== undefined) parts.onInvitation(invitation);
}

/** Recalculates send times of held invitations from the current sending hours and clock. */
export function rescheduleHeld(
  parts: SchedulingRules & Pick<FlushParts, 'clock' | 'store' | 'onInvitation'>,
): void {
  const { clock, store } = parts;
  const now = clock.now();
  const moves = store.listRows('held').flatMap((row) => {
    const { id, progress } = row.invitation;
    if (progress.state !== 'held') return [];
    const rescheduled = reschedule({ progress, promisedAt: row.promisedAt }, now, parts);
    if (rescheduled === undefined) return [];
    const decision = {
      ...moveTo(rescheduled.progress, possibleSend(row)),
      promisedAt: rescheduled.promisedAt,
    };
    return [{ id, from: progress.state, decision }];
  });
  for (const invitation of store.recordDecisions(moves)) parts.onInvitation(invitation);
}

/**
 * Moves the promised send times of open invitations to the end of a pause that Partoo asked for. Invitations that
 * were too old before the pause stay too old.
 */
export function promiseAfterPause(
  parts: SchedulingRules & Pick<FlushParts, 'clock' | 'store' | 'onInvitation'>,
  endsAt: EpochMs,
): void {
  const { clock, store, settings } = parts;
  const now = clock.now();
  const opensAt = openingAt(now, parts);
  const onTheirWay = [
    ...store.listRows('held'),
    ...store.listRows('waiting'),
    ...store.listRows('unconfirmed'),
  ];
  const moves = onTheirWay.flatMap((row) => {
    const { promisedAt, invitation } = row;
    const { id, progress } = invitation;
    if (!isOnItsWay(progress) || isTooOld(row, opensAt, settings())) return [];
    const rescheduled = afterPause({ progress, promisedAt }, endsAt, now, parts);
    if (rescheduled === undefined) return [];
    const sentAt = rescheduled.progress === progress ? row.sentAt : possibleSend(row);
    const decision = {
      ...moveTo(rescheduled.progress, sentAt),
      promisedAt: rescheduled.promisedAt,
    };
    return [{ id, from: progress.state, decision }];
  });
  for (const invitation of store.recordDecisions(moves)) parts.onInvitation(invitation);
}

function isOnItsWay(
  progress: Progress,
): progress is Extract<Progress, { readonly state: 'held' | 'waiting' | 'unconfirmed' }> {
  return ['held', 'waiting', 'unconfirmed'].includes(progress.state);
}
