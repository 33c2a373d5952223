import { SECOND_MS, type EpochMs } from '../../shared/time.ts';
import {
  findOurs,
  hasUndated,
  isForced,
  moveTo,
  possibleSend,
  provedBySearch,
  type WindowEvidence,
} from './decide.ts';
import type { Row } from './row.ts';
import type { Decision, Next } from './transitions.ts';

/**
 * A slow request may still be carried out this long after we gave up on it; nothing is repeated sooner. Counted by the
 * clock on the wall, which can be set, and by the time that Deskbell was awake, which cannot.
 */
const QUARANTINE_MS = 120 * SECOND_MS;
/** After so many attempts without an answer a person decides. */
const MOST_UNCLEAR_ATTEMPTS = 3;
const NEXT_CHECK_MS = 30 * SECOND_MS;

/**
 * What becomes of an `unconfirmed` row once Partoo was asked. Evidence accepts it; without evidence an unforced row
 * goes again after the quarantine (Partoo itself refuses a second SMS within 10 days). A forced one never does, nor one
 * that a restore has brought back and a person may have cancelled.
 * `awakeMs`: for how long this process has run since the attempt ended.
 */
export function reconcile(
  row: Row,
  evidence: WindowEvidence,
  now: EpochMs,
  awakeMs: number,
): Decision<Next<'unconfirmed'>> {
  const unclaimed =
    evidence.kind === 'sends' || evidence.kind === 'some-sends' ? evidence.unclaimed : [];
  const ours = findOurs(row, unclaimed);
  if (ours !== undefined) return provedBySearch(ours, now);

  const stay = (at: EpochMs) =>
    moveTo({ state: 'unconfirmed', at, dueAt: now + NEXT_CHECK_MS }, possibleSend(row));
  const enteredAt = row.invitation.progress.at;
  // A clock that was set back starts the quarantine anew: too long is safe, too short is a second SMS.
  if (now < enteredAt) return stay(now);
  if (now - enteredAt < QUARANTINE_MS || awakeMs < QUARANTINE_MS) return stay(enteredAt);

  // An SMS without a time may be the one of this row, not sent yet; Partoo's own guard may not count it.
  const isForPerson =
    isForced(row) ||
    row.onlyByPerson ||
    row.unclearAttempts >= MOST_UNCLEAR_ATTEMPTS ||
    hasUndated(unclaimed);
  return isForPerson
    ? moveTo({ state: 'needs_decision', at: now, why: 'unproved' }, possibleSend(row))
    : moveTo({ state: 'waiting', at: now, dueAt: now }, possibleSend(row));
}
