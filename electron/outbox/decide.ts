import type { Progress } from '../../shared/invitation.ts';
import { WINDOW_MS } from '../../shared/window.ts';
import { SECOND_MS, type EpochMs } from '../../shared/time.ts';
import { backoffMs, LONGEST_RETRY_MS } from './backoff.ts';
import type { Outcome } from './outcome.ts';
import type { KnownSend } from './partoo-port.ts';
import type { Decision, Row } from './row.ts';

/** How soon after an unclear attempt Partoo is asked for the first time. */
const FIRST_CHECK_MS = 5 * SECOND_MS;

/** What Partoo's search says about the sends to this number in the last 10 days. */
export type WindowEvidence =
  | { readonly kind: 'not-asked' }
  | {
      readonly kind: 'sends';
      readonly sends: readonly KnownSend[];
      /** Those that are not already proof for another invitation of this desk. */
      readonly unclaimed: readonly KnownSend[];
    }
  | { readonly kind: 'no-answer' };

export type DecisionFacts = {
  readonly outcome: Outcome;
  readonly row: Row;
  readonly evidence: WindowEvidence;
  readonly now: EpochMs;
  /** In [0, 1). */
  readonly random: number;
};

/**
 * Whether an attempt can only be judged after a look at Partoo's own list. The wording of a refusal is not
 * documented, so a refused request that could mean "already invited" is settled by `search-invitation`.
 */
export function needsEvidence(outcome: Outcome, row: Row): boolean {
  if (outcome.kind !== 'refused' || isForced(row)) return false;
  return outcome.status === 400 || outcome.status === 409 || outcome.status === 422;
}

/**
 * The state that follows an attempt (the event table of the product). Total and pure; the courier only carries it
 * out. A forced row never comes back from an unclear attempt by itself: `reconcile` gives it to a person.
 */
export function decide(facts: DecisionFacts): Decision {
  const { outcome, row, now } = facts;
  switch (outcome.kind) {
    case 'accepted':
      return {
        progress: { state: 'accepted', at: now, evidence: 'response', delivery: null },
        sentAt: now,
        partooId: outcome.partooId,
      };
    case 'not-sent':
      return again(row, now, now + backoffMs(row.attempts, LONGEST_RETRY_MS, facts.random));
    case 'later':
    case 'halt':
      return again(row, now, now);
    case 'unclear':
      return {
        progress: {
          state: 'unconfirmed',
          at: now,
          dueAt: now + Math.max(FIRST_CHECK_MS, outcome.notBeforeMs),
        },
        sentAt: row.lastAttemptAt ?? now,
        partooId: null,
      };
    case 'refused':
      return decideRefusal(facts, outcome.text);
    default:
      return outcome satisfies never;
  }
}

function decideRefusal({ row, evidence, now }: DecisionFacts, text: string): Decision {
  const refused = (why: 'invalid' | 'unclear' | 'window', sentAt: EpochMs | null): Decision => ({
    progress: { state: 'refused', at: now, why, text },
    sentAt,
    partooId: null,
  });
  switch (evidence.kind) {
    case 'not-asked':
      return mayHaveLeft(row) ? maybeSent(row, now) : refused('invalid', null);
    case 'no-answer':
      return mayHaveLeft(row) ? maybeSent(row, now) : refused('unclear', null);
    case 'sends': {
      const recent = evidence.sends.find((send) => now - send.sentAt < WINDOW_MS);
      if (recent === undefined)
        return mayHaveLeft(row) ? maybeSent(row, now) : refused('invalid', null);
      const ours = findOurs(row, evidence.unclaimed);
      if (ours !== undefined) return provedBySearch(ours, now);
      // An earlier unclear attempt is now known not to have been the SMS that closes the window.
      if (mayHaveLeft(row)) return refused('window', recent.sentAt);
      return {
        progress: { state: 'needs_decision', at: now, why: 'window' },
        sentAt: recent.sentAt,
        partooId: null,
      };
    }
    default:
      return evidence satisfies never;
  }
}

/** The progress `accepted` that Partoo's own list proves. */
export function provedBySearch(send: KnownSend, now: EpochMs): Decision {
  return {
    progress: { state: 'accepted', at: now, evidence: 'search', delivery: null },
    sentAt: send.sentAt,
    partooId: send.id,
  };
}

/** Closed without proof: counts as sent for the window, never in the statistics. */
export function maybeSent(row: Row, now: EpochMs): Decision {
  return { progress: { state: 'maybe_sent', at: now }, sentAt: possibleSend(row), partooId: null };
}

/** Clocks of Partoo and of this PC may differ by this much without a send being taken for an older one. */
export const SKEW_MS = 120 * SECOND_MS;

/**
 * The send that one of this row's unclear attempts made: not older than the first of them (minus skew), and newer than
 * the one that the person saw before they forced it. Every desk of an organisation shares one key, so the sender's
 * name proves nothing; time and id do.
 */
export function findOurs(row: Row, sends: readonly KnownSend[]): KnownSend | undefined {
  const { unclearSince, seenSentAt } = row;
  if (unclearSince === null) return undefined;
  return sends.find(
    ({ sentAt }) =>
      sentAt >= unclearSince - SKEW_MS && (seenSentAt === null || sentAt > seenSentAt),
  );
}

/** Whether some attempt of this row may have reached the customer. */
export function mayHaveLeft(row: Row): boolean {
  return row.unclearAttempts > 0;
}

export function isForced(row: Row): boolean {
  return row.invitation.forceReason !== null;
}

/** From when the window counts while a row may have been sent; null while it cannot have been. */
export function possibleSend(row: Row): EpochMs | null {
  return mayHaveLeft(row) ? (row.sentAt ?? row.lastAttemptAt) : null;
}

function again(row: Row, now: EpochMs, dueAt: EpochMs): Decision {
  const progress: Progress = { state: 'waiting', at: now, dueAt };
  return { progress, sentAt: possibleSend(row), partooId: null };
}
