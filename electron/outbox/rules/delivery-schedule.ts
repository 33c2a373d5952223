import { HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import type { Delivery } from '../partoo-port.ts';

/** How long after its acceptance Partoo is asked what became of an SMS; then it is "no news". */
const CHECKS_AFTER_MS = [
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  6 * HOUR_MS,
  24 * HOUR_MS,
] as const;

/**
 * When Partoo is asked next; null: never again. Checks that a PC slept through are not made up for: the next one is the
 * first that lies ahead.
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

/** Whether nothing more will be heard of an SMS. */
export function isFinal(delivery: Delivery): boolean {
  return delivery === 'delivered' || delivery === 'failed_send' || delivery === 'failed_delivery';
}
