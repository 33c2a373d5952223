import { MINUTE_MS, type Clock } from '../../shared/time.ts';

/**
 * The purpose of a request. Sends and the probe before them have priority over searches that decide about a row, and those over polls.
 */
export type Purpose = 'send' | 'probe' | 'search' | 'poll';

/** The part of a minute's requests that each purpose may use; the rest is reserved for higher priorities. */
const SHARE = { send: 1, probe: 1, search: 3 / 4, poll: 1 / 2 } as const satisfies Record<
  Purpose,
  number
>;

export type RateLimiter = {
  /** Takes capacity for these requests if there is enough; otherwise returns the milliseconds until there is. */
  readonly take: (
    purpose: Purpose,
    requests: number,
  ) => { readonly taken: true } | { readonly taken: false; readonly waitMs: number };
};

/**
 * Creates the rate limiter. Partoo allows 300 requests a minute for the whole organisation; this desk uses only its
 * share. No 60 seconds ever hold more than `perMinute` requests, unless a single search needs more. A burst may use
 * the whole minute at once.
 */
export function createRateLimiter(
  clock: Pick<Clock, 'elapsedMs'>,
  perMinute: () => number,
): RateLimiter {
  /** The times of the requests of the last minute, oldest first. */
  let taken: readonly number[] = [];
  return {
    take: (purpose, requests) => {
      const now = clock.elapsedMs();
      taken = taken.filter((at) => now - at < MINUTE_MS);
      // A share smaller than one call's requests would never let that call through.
      const most = Math.max(requests, Math.floor(perMinute() * SHARE[purpose]));
      const freedBy = taken.at(requests - 1 - most);
      if (taken.length + requests > most && freedBy !== undefined) {
        return { taken: false, waitMs: freedBy + MINUTE_MS - now };
      }
      taken = [...taken, ...Array.from({ length: requests }, () => now)];
      return { taken: true };
    },
  };
}
