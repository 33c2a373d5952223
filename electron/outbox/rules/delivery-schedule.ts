import { HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import type { Delivery } from '../partoo-port.ts';

/** When to poll for delivery, counted from acceptance; after the last poll the delivery is "no news". */
const CHECKS_AFTER_MS = [
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  6 * HOUR_MS,
  24 * HOUR_MS,
] as const;

/**
 * The time of the next delivery poll; null: no more polls. Polls missed during sleep are skipped: the next one is the
 * first in the future.
 */
export function nextDeliveryCheckAt({
  acceptedAt,
  checksDone,
  now,
}: {
  readonly acceptedAt: EpochMs;
  readonly checksDone: number;
  readonly now: EpochMs;
}): EpochMs | null {
  const ahead = CHECKS_AFTER_MS.slice(checksDone).map((afterMs) => acceptedAt + afterMs);
  return ahead.find((at) => at > now) ?? null;
}

/** Whether a delivery state is final. */
export function isFinal(delivery: Delivery): boolean {
  return delivery === 'delivered' || delivery === 'failed_send' || delivery === 'failed_delivery';
}
