import { MINUTE_MS, type Clock } from '../../shared/time.ts';

/**
 * How long a granted claim permits the first byte. Three minutes after the claim its SMS counts as a possible one for
 * the other desks, and a person may then send again at one of them.
 */
const VALID_MS = MINUTE_MS;

/**
 * Begins the validity of a claim now, and returns whether the claim is still valid. Time counts by both clocks: a PC
 * that sleeps may stop one of them, and a person may set the other.
 */
export function beginClaimValidity(clock: Pick<Clock, 'now' | 'elapsedMs'>): () => boolean {
  const at = clock.now();
  const atMs = clock.elapsedMs();
  return () => Math.abs(clock.now() - at) < VALID_MS && clock.elapsedMs() - atMs < VALID_MS;
}
