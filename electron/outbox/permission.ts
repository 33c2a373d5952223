import { MINUTE_MS, type Clock } from '../../shared/time.ts';

/**
 * How long a permission to send holds. Three minutes after it was claimed an SMS counts as a possible one for the other desks, and a
 * person may then send again at one of them.
 */
const HOLDS_MS = MINUTE_MS;

/**
 * Begins a permission now, and returns whether it still holds. Time counts by both clocks: a PC that sleeps may stop one of them, and a
 * person may set the other.
 */
export function beginPermission(clock: Pick<Clock, 'now' | 'elapsedMs'>): () => boolean {
  const at = clock.now();
  const atMs = clock.elapsedMs();
  return () => Math.abs(clock.now() - at) < HOLDS_MS && clock.elapsedMs() - atMs < HOLDS_MS;
}
