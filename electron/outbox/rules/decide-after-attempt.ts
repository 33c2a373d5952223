import type { Outcome } from '../../../shared/attempt.ts';
import { mayBeWindow, WINDOW_MS } from '../../../shared/resend-window.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import type { KnownSend } from '../partoo-port.ts';
import type { Row } from '../store-port.ts';
import { backoffMs, LONGEST_RETRY_MS } from './backoff.ts';
import {
  accept,
  isForced,
  maybeSent,
  mayHaveLeft,
  moveTo,
  possibleSend,
  provedBySearch,
} from './build-decision.ts';
import { countedFrom, explains, findOurs, hasDoubtful, type WindowEvidence } from './evidence.ts';
import type { Decision, Next, ProgressOf } from './transitions.ts';

/** Delay of the first search after an unclear attempt. */
const FIRST_CHECK_MS = 5 * SECOND_MS;

export type DecisionFacts = {
  readonly outcome: Outcome;
  readonly row: Row;
  readonly evidence: WindowEvidence;
  readonly now: EpochMs;
  /** In [0, 1). */
  readonly random: number;
};

/**
 * Whether an attempt can only be judged with Partoo's own list. The wording of a refusal is not documented, so a
 * refusal that could mean "already invited" is settled by `search-invitation`.
 */
export function needsEvidence(outcome: Outcome, row: Row): boolean {
  if (outcome.kind !== 'refused' || isForced(row)) return false;
  return mayBeWindow(outcome.status);
}

/**
 * Decides the state after an attempt (the event table of the product). Total and pure; the courier only applies it. A
 * forced row never leaves an unclear attempt automatically: `decideUnconfirmed` gives it to a person.
 */
export function decideAfterAttempt(facts: DecisionFacts): Decision<Next<'sending'>> {
  const { outcome, row, now } = facts;
  switch (outcome.kind) {
    case 'accepted':
      return accept('response', outcome.partooId, now, now);
    case 'not-sent':
      return again(row, now, now + backoffMs(row.attempts, LONGEST_RETRY_MS, facts.random));
    case 'later':
    case 'halt':
      return again(row, now, now);
    case 'unclear': {
      const dueAt = now + Math.max(FIRST_CHECK_MS, outcome.notBeforeMs);
      return moveTo({ state: 'unconfirmed', at: now, dueAt }, row.lastAttemptAt ?? now);
    }
    case 'refused':
      return decideRefusal(facts, outcome.text);
    default:
      return outcome satisfies never;
  }
}

function decideRefusal(
  { row, evidence, now }: DecisionFacts,
  text: string,
): Decision<Next<'sending'>> {
  const refused = (why: 'invalid' | 'unclear' | 'window', sentAt: EpochMs | null) =>
    moveTo({ state: 'refused', at: now, why, text }, sentAt);
  switch (evidence.kind) {
    case 'not-asked':
      return mayHaveLeft(row) ? maybeSent(row, now) : refused('invalid', null);
    case 'no-answer':
      return mayHaveLeft(row) ? maybeSent(row, now) : refused('unclear', null);
    case 'sends':
    case 'some-sends': {
      const ours = findOurs(row, evidence.unclaimed);
      if (ours !== undefined) return provedBySearch(ours, now);
      const recent = explains(evidence, now);
      if (mayHaveLeft(row)) {
        // A missing or doubtful send may be the SMS of an earlier unclear attempt; a send for another business does
        // not exclude that.
        const isAllKnown = evidence.kind === 'sends' && !hasDoubtful(evidence.unclaimed);
        if (recent === undefined || !isAllKnown || !evidence.sends.includes(recent))
          return maybeSent(row, now);
        return refused('window', closedFrom(recent, now, now));
      }
      if (recent === undefined)
        return refused(evidence.kind === 'sends' ? 'invalid' : 'unclear', null);
      return moveTo(
        { state: 'needs_decision', at: now, why: 'window' },
        closedFrom(recent, now, now),
      );
    }
    default:
      return evidence satisfies never;
  }
}

/**
 * Explains an earlier refusal with Partoo's list. Undefined while there is no answer: the refusal then stays as it
 * is.
 */
export function explainRefusal(
  refused: { readonly at: EpochMs; readonly text: string },
  evidence: WindowEvidence,
  now: EpochMs,
): Decision<Next<'refused'>> | undefined {
  if (evidence.kind !== 'sends' && evidence.kind !== 'some-sends') return undefined;
  const recent = explains(evidence, refused.at);
  if (recent !== undefined)
    return moveTo(
      { state: 'needs_decision', at: now, why: 'window' },
      closedFrom(recent, refused.at, now),
    );
  return evidence.kind === 'sends'
    ? moveTo({ state: 'refused', at: now, why: 'invalid', text: refused.text }, null)
    : undefined;
}

/** How long the resend window stays closed after Partoo refuses at its very end. */
const CLOSED_ON_MS = 5 * MINUTE_MS;

/** The start of the resend window behind a refusal: it was closed at that moment, whatever the list says. */
function closedFrom(send: KnownSend, refusedAt: EpochMs, now: EpochMs): EpochMs {
  return Math.max(countedFrom(send, now), refusedAt - WINDOW_MS + CLOSED_ON_MS);
}

function again(row: Row, now: EpochMs, dueAt: EpochMs): Decision<ProgressOf<'waiting'>> {
  return moveTo({ state: 'waiting', at: now, dueAt }, possibleSend(row));
}
