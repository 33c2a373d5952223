import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import type { Clock } from '../../shared/time.ts';
import { createSaveRateLimit, type SaveRateLimit } from './save-rate-limit.ts';
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts';

/** Limits of one mode: requests to Partoo, and invitations that the page may save. */
export type ModeLimits = { readonly rateLimiter: RateLimiter; readonly saveLimit: SaveRateLimit };

type Rates = { readonly requests: () => number; readonly saves: () => number };

export type RateLimits = {
  readonly live: ModeLimits;
  readonly practice: ModeLimits;
  /** Reads the rates from these functions from now on: the requests to Partoo, and the invitations saved, both a minute. */
  readonly follow: (rates: Rates) => void;
};

/**
 * Creates the rate limits of each mode. They live as long as the application, not the desk session: a compromised
 * page that closes and reopens the session does not reset them.
 */
export function createRateLimits(clock: Pick<Clock, 'elapsedMs'>): RateLimits {
  const usual = (): number => DEFAULT_SETTINGS.requestsPerMinute;
  let rates: Rates = { requests: usual, saves: usual };
  const limits = (): ModeLimits => ({
    rateLimiter: createRateLimiter(clock, () => rates.requests()),
    saveLimit: createSaveRateLimit(clock, () => rates.saves()),
  });
  return {
    live: limits(),
    practice: limits(),
    follow: (next) => {
      rates = next;
    },
  };
}
