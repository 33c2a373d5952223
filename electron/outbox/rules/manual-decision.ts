import { actionsOn, type Action, type FormAction } from '../../../shared/invitation-actions.ts';
import type { EpochMs } from '../../../shared/time.ts';
import { mayHaveLeft, maybeSent, moveTo, possibleSend } from './decide.ts';
import type { Row } from '../store-port.ts';
import type { Decision, ProgressOf } from './transitions.ts';

/** What a person does with a row by one step of its own; the others make a new invitation or ask Partoo first. */
export type ManualMove = Exclude<Action, FormAction>;

export type ManualTimes = {
  readonly now: EpochMs;
  /** The next instant inside the sending hours; `now` when they are open. */
  readonly opensAt: EpochMs;
};

/**
 * The step that a person's choice makes, or undefined when it does not apply to the row as it stands: then it has gone
 * on meanwhile, or another call carries it out.
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

/** How a row ends that nobody wants to send any more: proved never sent, or counted as sent. */
export function decideEnd(
  row: Row,
  now: EpochMs,
): Decision<ProgressOf<'maybe_sent' | 'expired' | 'cancelled'>> {
  if (mayHaveLeft(row)) return maybeSent(row, now);
  const { progress } = row.invitation;
  const isTooOld = progress.state === 'needs_decision' && progress.why === 'too-old';
  return moveTo({ state: isTooOld ? 'expired' : 'cancelled', at: now }, null);
}

function sendNow(row: Row, now: EpochMs, opensAt: EpochMs): Decision | undefined {
  const { state } = row.invitation.progress;
  // One that grew too old is decided anew: another invitation takes its place.
  if (state !== 'held' && state !== 'waiting') return undefined;
  // A person wants it now, so its age counts from now; before the hours open, it is as if it had been saved now.
  const decision = moveTo({ state: 'waiting', at: now, dueAt: now }, possibleSend(row));
  return { ...decision, promisedAt: opensAt };
}

function checkAgain(row: Row, now: EpochMs): Decision | undefined {
  const { progress } = row.invitation;
  // A refusal is no state to wait in; the courier asks about it and writes down what it learns.
  if (progress.state === 'refused') return undefined;
  // The quarantine is counted from the attempt, so that one look settles what is long over.
  const at = progress.state === 'unconfirmed' ? progress.at : (row.lastAttemptAt ?? now);
  return moveTo({ state: 'unconfirmed', at, dueAt: now }, possibleSend(row));
}
