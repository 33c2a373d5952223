import { SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import { cancelled, mayHaveLeft, maybeSent, moveTo, possibleSend } from './build-decision.ts';
import type { ClaimAnswer } from '../site-port.ts';
import type { Row } from '../store-port.ts';
import type { Decision, Next } from './transitions.ts';

/** How long a row waits while another desk sends to its number: the other desk's request takes at most 45 seconds. */
const BUSY_MS = 30 * SECOND_MS;
/** How long a row waits for a site database that has just stopped answering. */
const UNANSWERED_MS = 5 * SECOND_MS;

/** What an answer of the site database means for a `waiting` row. */
export type ClaimJudgement =
  | { readonly kind: 'send' }
  | { readonly kind: 'search-first' }
  | { readonly kind: 'not-now'; readonly decision: Decision<Next<'waiting'>> }
  /** No row can be sent before this time has passed. */
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'clock-wrong' };

/** Judges the answer to a claim. Whatever it is, the row ends in a state that `transitions.ts` allows. */
export function judgeClaim(answer: ClaimAnswer, row: Row, now: EpochMs): ClaimJudgement {
  switch (answer.kind) {
    case 'granted':
      return { kind: 'send' };
    case 'search-first':
      return { kind: 'search-first' };
    case 'busy':
      return waitFor(BUSY_MS, row, now);
    case 'window': {
      const progress = { state: 'needs_decision', at: now, why: 'window' } as const;
      return { kind: 'not-now', decision: moveTo(progress, possibleSend(row) ?? answer.sentAt) };
    }
    case 'do-not-contact':
    case 'taken-over':
    case 'erased':
      return {
        kind: 'not-now',
        decision: mayHaveLeft(row) ? maybeSent(row, now) : cancelled(now, REASONS[answer.kind]),
      };
    case 'rate-limited':
      return { kind: 'retry', afterMs: answer.waitMs };
    case 'clock-wrong':
      return { kind: 'clock-wrong' };
    case 'not-accepted': {
      // Nothing is sent without a claim while the site database is reached. A person can send it as a new invitation.
      const progress = { state: 'needs_decision', at: now, why: 'not-accepted' } as const;
      return { kind: 'not-now', decision: moveTo(progress, possibleSend(row)) };
    }
    case 'no-answer':
      return waitFor(UNANSWERED_MS, row, now);
    default:
      return answer satisfies never;
  }
}

/** Why a row ends that was never sent. */
const REASONS = {
  'do-not-contact': 'said-no',
  'taken-over': 'taken-over',
  erased: undefined,
} as const;

function waitFor(ms: number, row: Row, now: EpochMs): ClaimJudgement {
  const progress = { state: 'waiting', at: now, dueAt: now + ms } as const;
  return { kind: 'not-now', decision: moveTo(progress, possibleSend(row)) };
}
