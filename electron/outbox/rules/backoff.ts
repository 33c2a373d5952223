import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';

const FIRST_MS = 2 * SECOND_MS;

/** The longest pause between two tries of one invitation. */
export const LONGEST_RETRY_MS = 5 * MINUTE_MS;
/** The longest pause between two probes. */
export const LONGEST_PROBE_MS = MINUTE_MS;

/**
 * Full-jitter exponential backoff in milliseconds: anywhere between 0 and 2 s · 2^failures, at most `longestMs`, so
 * that desks which lost the network together do not come back together (AWS Builders' Library, "Timeouts, retries
 * and backoff with jitter"). `random` is in [0, 1).
 */
export function backoffMs(failures: number, longestMs: number, random: number): number {
  return Math.round(random * Math.min(longestMs, FIRST_MS * 2 ** Math.min(failures, 30)));
}
