import { SECOND_MS, type EpochMs } from '../../shared/time.ts';
import { findOurs, isForced, possibleSend, provedBySearch, type WindowEvidence } from './decide.ts';
import type { Decision, Row } from './row.ts';

/** A slow request may still be carried out this long after we gave up on it; nothing is repeated sooner. */
const QUARANTINE_MS = 120 * SECOND_MS;
/** After so many attempts without an answer a person decides. */
const MOST_UNCLEAR_ATTEMPTS = 3;
const NEXT_CHECK_MS = 30 * SECOND_MS;

/**
 * What becomes of an `unconfirmed` row once Partoo was asked. Evidence accepts it; without evidence an unforced row
 * goes again after the quarantine (Partoo itself refuses a second SMS within 10 days), a forced one never does.
 */
export function reconcile(row: Row, evidence: WindowEvidence, now: EpochMs): Decision {
  const ours = evidence.kind === 'sends' ? findOurs(row, evidence.unclaimed) : undefined;
  if (ours !== undefined) return provedBySearch(ours, now);

  const stay = (at: EpochMs): Decision => ({
    progress: { state: 'unconfirmed', at, dueAt: now + NEXT_CHECK_MS },
    sentAt: possibleSend(row),
    partooId: null,
  });
  const enteredAt = row.invitation.progress.at;
  // A clock that was set back starts the quarantine anew: too long is safe, too short is a second SMS.
  if (now < enteredAt) return stay(now);
  if (now - enteredAt < QUARANTINE_MS) return stay(enteredAt);

  if (isForced(row) || row.unclearAttempts >= MOST_UNCLEAR_ATTEMPTS) {
    return {
      progress: { state: 'needs_decision', at: now, why: 'unproved' },
      sentAt: possibleSend(row),
      partooId: null,
    };
  }
  return {
    progress: { state: 'waiting', at: now, dueAt: now },
    sentAt: possibleSend(row),
    partooId: null,
  };
}
