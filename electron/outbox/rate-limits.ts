import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import type { Clock } from '../../shared/time.ts';
import { createSaveRateLimit, type SaveRateLimit } from './save-rate-limit.ts';
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts';

/** What a desk may ask of its vendor, and what its page may have saved, in a time. */
export type ModeLimits = { readonly turns: RateLimiter; readonly brake: SaveRateLimit };

export type RateLimits = {
  readonly live: ModeLimits;
  readonly practice: ModeLimits;
  /** From now on the rate is what this says: requests a minute. */
  readonly follow: (perMinute: () => number) => void;
};

/**
 * The rate limits of each mode. They belong to the run of the application and not to a desk: a desk that is closed and
 * opened again, by a page that was taken over too, goes on with what has been used up.
 */
export function createRateLimits(clock: Pick<Clock, 'elapsedMs'>): RateLimits {
  let current = (): number => DEFAULT_SETTINGS.requestsPerMinute;
  const perMinute = (): number => current();
  const limits = (): ModeLimits => ({
    turns: createRateLimiter(clock, perMinute),
    brake: createSaveRateLimit(clock, perMinute),
  });
  return {
    live: limits(),
    practice: limits(),
    follow: (next) => {
      current = next;
    },
  };
}
