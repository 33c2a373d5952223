import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import type { Clock } from '../../shared/time.ts';
import { createSaveRateLimit, type SaveRateLimit } from './save-rate-limit.ts';
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts';

/** Limits of one mode: requests to Partoo, and invitations that the page may save. */
export type ModeLimits = { readonly rateLimiter: RateLimiter; readonly saveLimit: SaveRateLimit };

export type RateLimits = {
  readonly live: ModeLimits;
  readonly practice: ModeLimits;
  /** Reads the rate, in requests a minute, from this function from now on. */
  readonly follow: (perMinute: () => number) => void;
};

/**
 * Creates the rate limits of each mode. They live as long as the application, not the desk session: a compromised
 * page that closes and reopens the session does not reset them.
 */
export function createRateLimits(clock: Pick<Clock, 'elapsedMs'>): RateLimits {
  let current = (): number => DEFAULT_SETTINGS.requestsPerMinute;
  const perMinute = (): number => current();
  const limits = (): ModeLimits => ({
    rateLimiter: createRateLimiter(clock, perMinute),
    saveLimit: createSaveRateLimit(clock, perMinute),
  });
  return {
    live: limits(),
    practice: limits(),
    follow: (next) => {
      current = next;
    },
  };
}
