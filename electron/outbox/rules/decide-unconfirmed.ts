import { MINUTE_MS, SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import { QUARANTINE_MS, UNASKED_QUARANTINE_MS } from '../../../shared/resend-window.ts';
import { findOurs, hasDoubtful, type WindowEvidence } from './evidence.ts';
import { isForced, moveTo, possibleSend, provedBySearch } from './build-decision.ts';
import type { Row } from '../store-port.ts';
import type { Decision, Next } from './transitions.ts';

/** After this many unclear attempts a person decides. */
const MOST_UNCLEAR_ATTEMPTS = 3;
const SOONEST_CHECK_MS = 30 * SECOND_MS;
const LATEST_CHECK_MS = 5 * MINUTE_MS;

/**
 * Decides the next state of an `unconfirmed` row after a search. Proof makes it accepted; without proof an unforced
 * row is sent again after the quarantine (Partoo itself refuses a second SMS within 10 days). A forced row is never
 * sent again automatically, nor one from a restore that a person may have cancelled. The quarantine runs by the wall
 * clock, which can be set, and by Deskbell's running time, which cannot. `awakeMs`: how long this process has run
 * since the attempt ended.
 */
export function decideUnconfirmed(
  row: Row,
  evidence: WindowEvidence,
  now: EpochMs,
  awakeMs: number,
): Decision<Next<'unconfirmed'>> {
  const unclaimed =
    evidence.kind === 'sends' || evidence.kind === 'some-sends' ? evidence.unclaimed : [];
  const ours = findOurs(row, unclaimed);
  if (ours !== undefined) return provedBySearch(ours, now);

  // A clock that was set back restarts the quarantine: too long is harmless, too short is a second SMS.
  const since = Math.min(row.invitation.progress.at, now);
  const passedMs = Math.min(now - since, awakeMs);
  const quarantineMs = quarantineFor(row, evidence);
  if (passedMs < quarantineMs) {
    const dueAt = now + Math.min(nextCheckMs(now - since), quarantineMs - passedMs);
    return moveTo({ state: 'unconfirmed', at: since, dueAt }, possibleSend(row));
  }
  // An undated SMS may be this row's own, not sent yet; Partoo's own guard may not count it. One that may be another
  // desk's may be this row's too.
  const isForPerson =
    isForced(row) ||
    row.onlyByPerson ||
    row.unclearAttempts >= MOST_UNCLEAR_ATTEMPTS ||
    hasDoubtful(unclaimed);
  return isForPerson
    ? moveTo({ state: 'needs_decision', at: now, why: 'unproved' }, possibleSend(row))
    : moveTo({ state: 'waiting', at: now, dueAt: now }, possibleSend(row));
}

function quarantineFor(row: Row, evidence: WindowEvidence): number {
  const isAsked = evidence.kind === 'sends' || isForced(row);
  return isAsked || row.unclearAttempts < 2 ? QUARANTINE_MS : UNASKED_QUARANTINE_MS;
}

/** An SMS can appear at any moment soon after its attempt and hardly ever later, so the pauses grow with its age. */
function nextCheckMs(ageMs: number): number {
  return Math.min(Math.max(SOONEST_CHECK_MS, 2 * ageMs), LATEST_CHECK_MS);
}
