import { isGapOpen, type DataGap } from '../../../shared/data-gap.ts';
import type { EpochMs } from '../../../shared/time.ts';
import { countedFrom, findListed, findOurs, findUnseen, type WindowEvidence } from './evidence.ts';
import { isForced, mayHaveLeft, moveTo, possibleSend, provedBySearch } from './build-decision.ts';
import type { Row } from '../store-port.ts';
import type { Decision, Next } from './transitions.ts';

/**
 * Whether to search Partoo's own list before sending a row. A forced send disables Partoo's guard, so another sender
 * must be excluded; during a data gap the database alone is not enough for any invitation.
 */
export function mustSearchFirst(row: Row, gap: DataGap | undefined, now: EpochMs): boolean {
  return isForced(row) || (gap !== undefined && isGapOpen(gap, now));
}

/** The result of a search before sending; a row without an answer is never sent. */
export type SearchJudgement =
  | { readonly kind: 'send' }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'not-now'; readonly decision: Decision<Next<'waiting'>> };

/** Judges a `waiting` row by Partoo's list right before sending. */
export function judgeSearch(row: Row, evidence: WindowEvidence, now: EpochMs): SearchJudgement {
  if (evidence.kind !== 'sends' && evidence.kind !== 'some-sends') return { kind: 'no-answer' };
  // Only the whole list proves that there is no other send.
  const nothing: SearchJudgement =
    evidence.kind === 'sends' ? { kind: 'send' } : { kind: 'no-answer' };
  const askPerson = (sentAt: EpochMs): SearchJudgement => {
    const progress = { state: 'needs_decision', at: now, why: 'window' } as const;
    return { kind: 'not-now', decision: moveTo(progress, sentAt) };
  };
  if (isForced(row)) {
    const unseen = findUnseen(row, evidence, now);
    return unseen === undefined ? nothing : askPerson(countedFrom(unseen, now));
  }
  const ours = findOurs(row, evidence.unclaimed);
  if (ours !== undefined) return { kind: 'not-now', decision: provedBySearch(ours, now) };
  const recent = findListed(evidence, now);
  if (recent === undefined) return nothing;
  const closedFrom = countedFrom(recent, now);
  return askPerson(mayHaveLeft(row) ? (possibleSend(row) ?? closedFrom) : closedFrom);
}
