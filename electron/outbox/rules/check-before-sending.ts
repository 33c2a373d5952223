import { DAY_MS, MINUTE_MS, type EpochMs } from '../../../shared/time.ts';
import { judgeWindow } from '../../../shared/resend-window.ts';
import { isForced, mayHaveLeft, maybeSent, moveTo, possibleSend } from './decide.ts';
import type { PastSend, Row } from '../store-port.ts';
import type { Decision, Next } from './transitions.ts';

/** A permission to send again goes stale quickly: the customer has long left the desk. */
export const FORCED_EXPIRY_MS = 30 * MINUTE_MS;

export type FlushFacts = {
  readonly row: Row;
  readonly now: EpochMs;
  /** The last SMS to this number by any other row. */
  readonly lastSend: PastSend | undefined;
  readonly doNotContactSince: EpochMs | undefined;
  /** The next instant inside the sending hours; `now` when they are open. */
  readonly opensAt: EpochMs;
  readonly outboxExpiryDays: number;
};

/** What was true at Enter may have changed while the row waited. Looked at once more, right before the attempt. */
export function checkBeforeSending(
  facts: FlushFacts,
):
  | { readonly kind: 'send' }
  | { readonly kind: 'not-now'; readonly decision: Decision<Next<'waiting'>> } {
  const { row, now, lastSend } = facts;
  const instead = (decision: Decision<Next<'waiting'>>) => ({ kind: 'not-now', decision }) as const;
  const askPerson = (why: 'window' | 'too-old') =>
    instead(moveTo({ state: 'needs_decision', at: now, why }, possibleSend(row)));

  if (facts.doNotContactSince !== undefined) {
    return instead(
      mayHaveLeft(row) ? maybeSent(row, now) : moveTo({ state: 'cancelled', at: now }, null),
    );
  }
  // What the next opening would find too old is not kept for it: nobody is told a time that does not hold.
  if (isTooOld(row, Math.max(now, facts.opensAt), facts)) return askPerson('too-old');
  if (facts.opensAt > now) {
    return instead(
      moveTo({ state: 'held', at: now, notBefore: facts.opensAt, why: 'hours' }, possibleSend(row)),
    );
  }
  const window = judgeWindow({ lastSentAt: lastSend?.sentAt, now, houseWindowDays: 0 });
  if (window.kind === 'closed' && !wasSeen(row, lastSend)) return askPerson('window');
  return { kind: 'send' };
}

/** Whether a row that is sent at this instant is sent too long after it was promised. */
export function isTooOld(
  row: Row,
  at: EpochMs,
  { outboxExpiryDays }: Pick<FlushFacts, 'outboxExpiryDays'>,
): boolean {
  return at - row.promisedAt > (isForced(row) ? FORCED_EXPIRY_MS : outboxExpiryDays * DAY_MS);
}

/** A forced row was decided with one earlier SMS in view; only a newer one is news to that person. */
function wasSeen(row: Row, lastSend: PastSend | undefined): boolean {
  if (!isForced(row) || row.seenSentAt === null || lastSend === undefined) return false;
  return lastSend.sentAt <= row.seenSentAt;
}
