import type { EpochMs } from '../../../shared/time.ts';
import type { DatedSend } from '../partoo-port.ts';
import { nextDeliveryCheckAt } from './delivery-schedule.ts';
import type { Row } from '../store-port.ts';
import type { Decision, ProgressOf } from './transitions.ts';

/** A decision that does not come from Partoo. */
export function moveTo<To extends Decision['progress']>(
  progress: To,
  sentAt: EpochMs | null,
): Decision<To> {
  return { progress, sentAt, partooId: null, deliveryDueAt: null };
}

/** The `cancelled` decision. `why`: when nobody at this desk has cancelled it. */
export function cancelled(
  at: EpochMs,
  why?: ProgressOf<'cancelled'>['why'],
): Decision<ProgressOf<'cancelled'>> {
  return moveTo({ state: 'cancelled', at, ...(why !== undefined && { why }) }, null);
}

/** The `accepted` decision: the SMS counts from `sentAt`, and its delivery is polled from `now` on. */
export function accept(
  evidence: 'response' | 'search',
  partooId: string,
  sentAt: EpochMs,
  now: EpochMs,
): Decision<ProgressOf<'accepted'>> {
  const deliveryDueAt = nextDeliveryCheckAt({ acceptedAt: now, checksDone: 0, now });
  const progress = { state: 'accepted', at: now, evidence, delivery: null } as const;
  return { progress, sentAt, partooId, deliveryDueAt };
}

/** The `accepted` decision that Partoo's own list proves. */
export function provedBySearch(send: DatedSend, now: EpochMs): Decision<ProgressOf<'accepted'>> {
  return accept('search', send.id, send.sentAt, now);
}

/** Closes a row without proof: it counts as sent for the resend window, never in the statistics. */
export function maybeSent(row: Row, now: EpochMs): Decision<ProgressOf<'maybe_sent'>> {
  return moveTo({ state: 'maybe_sent', at: now }, possibleSend(row));
}

/** Whether an attempt of this row may have reached the customer. */
export function mayHaveLeft(row: Row): boolean {
  return row.unclearAttempts > 0;
}

/** Whether a person chose to send this row inside the resend window. */
export function isForced(row: Row): boolean {
  return row.invitation.forceReason !== null;
}

/** The start of the resend window while a row may have been sent; null while it cannot have been. */
export function possibleSend(row: Row): EpochMs | null {
  return mayHaveLeft(row) ? (row.sentAt ?? row.lastAttemptAt) : null;
}
