import { actionsOn, type Action, type FormAction } from '../../../shared/invitation-actions.ts';
import type { EpochMs } from '../../../shared/time.ts';
import { cancelled, mayHaveLeft, maybeSent, moveTo, possibleSend } from './build-decision.ts';
import type { Row } from '../store-port.ts';
import type { Decision, ProgressOf } from './transitions.ts';

/** The manual actions that are one step of the row; the others make a new invitation or search Partoo first. */
export type ManualMove = Exclude<Action, FormAction>;

export type ManualTimes = {
  readonly now: EpochMs;
  /** The next instant inside the sending hours; `now` when they are open. */
  readonly opensAt: EpochMs;
};

/**
 * Decides the step for a person's choice. Undefined when it does not apply: the row has moved on, or another call
 * performs it.
 */
export function decideManually(
  move: ManualMove,
  row: Row,
  { now, opensAt }: ManualTimes,
): Decision | undefined {
  if (!actionsOn(row.invitation).includes(move)) return undefined;
  switch (move) {
    case 'cancel':
      return moveTo({ state: 'cancelled', at: now }, null);
    case 'leave':
      return decideEnd(row, now);
    case 'mark-sent':
      return {
        ...moveTo({ state: 'accepted', at: now, evidence: 'person', delivery: null }, null),
        sentAt: possibleSend(row) ?? now,
      };
    case 'send-now':
      return sendNow(row, now, opensAt);
    case 'check-again':
      return checkAgain(row, now);
    default:
      return move satisfies never;
  }
}

/**
 * Decides how an unwanted row ends: cancelled when it was never sent, otherwise counted as sent. `why`: when nobody at this desk has
 * cancelled it.
 */
export function decideEnd(
  row: Row,
  now: EpochMs,
  why?: ProgressOf<'cancelled'>['why'],
): Decision<ProgressOf<'maybe_sent' | 'expired' | 'cancelled'>> {
  if (mayHaveLeft(row)) return maybeSent(row, now);
  const { progress } = row.invitation;
  const isTooOld = progress.state === 'needs_decision' && progress.why === 'too-old';
  if (isTooOld) return moveTo({ state: 'expired', at: now }, null);
  return cancelled(now, why);
}

function sendNow(row: Row, now: EpochMs, opensAt: EpochMs): Decision | undefined {
  const { state } = row.invitation.progress;
  // A row that needs a decision is replaced by a new invitation instead.
  if (state !== 'held' && state !== 'waiting') return undefined;
  // The person wants it sent now, so its age counts from now; outside the sending hours, treat it as saved now.
  const decision = moveTo({ state: 'waiting', at: now, dueAt: now }, possibleSend(row));
  return { ...decision, promisedAt: opensAt };
}

function checkAgain(row: Row, now: EpochMs): Decision | undefined {
  const { progress } = row.invitation;
  // A refusal is not a waiting state; the courier searches for the reason and records it.
  if (progress.state === 'refused') return undefined;
  // Count the quarantine from the attempt, so that one search settles an old row.
  const at = progress.state === 'unconfirmed' ? progress.at : (row.lastAttemptAt ?? now);
  return moveTo({ state: 'unconfirmed', at, dueAt: now }, possibleSend(row));
}
