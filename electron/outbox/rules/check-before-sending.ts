import { DAY_MS, MINUTE_MS, type EpochMs } from '../../../shared/time.ts';
import { judgeWindow } from '../../../shared/resend-window.ts';
import {
  cancelled,
  isForced,
  mayHaveLeft,
  maybeSent,
  moveTo,
  possibleSend,
} from './build-decision.ts';
import type { PastSend, Row } from '../store-port.ts';
import type { Decision, Next } from './transitions.ts';

/** A permission to send again expires quickly: the customer is no longer at the desk. */
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

/** Checks a row again right before the attempt: the facts may have changed since it was saved. */
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
    return instead(mayHaveLeft(row) ? maybeSent(row, now) : cancelled(now, 'said-no'));
  }
  // A row that would be too old at the next opening is not held for it: the person never sees a send time that does
  // not hold.
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

/** Whether a row sent at this time would be sent too long after its promised time. */
export function isTooOld(
  row: Row,
  at: EpochMs,
  { outboxExpiryDays }: Pick<FlushFacts, 'outboxExpiryDays'>,
): boolean {
  return at - row.promisedAt > (isForced(row) ? FORCED_EXPIRY_MS : outboxExpiryDays * DAY_MS);
}

/** Whether the person saw this SMS when they forced the row; only a newer one is new to them. */
function wasSeen(row: Row, lastSend: PastSend | undefined): boolean {
  if (!isForced(row) || row.seenSentAt === null || lastSend === undefined) return false;
  return lastSend.sentAt <= row.seenSentAt;
}
