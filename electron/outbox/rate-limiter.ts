import { MINUTE_MS, type Clock } from '../../shared/time.ts';

/** What a request is for. Sends come before searches that decide about a row, and those before what is nice to know. */
export type Purpose = 'send' | 'search' | 'poll';

/** The part of a minute's turns that a purpose may use up: what it leaves is for those that come before it. */
const SHARE = { send: 1, search: 3 / 4, poll: 1 / 2 } as const satisfies Record<Purpose, number>;

export type RateLimiter = {
  /** Takes these requests if there are so many turns; else tells after how many milliseconds there will be. */
  readonly take: (
    purpose: Purpose,
    requests: number,
  ) => { readonly taken: true } | { readonly taken: false; readonly waitMs: number };
};

/**
 * Partoo allows 300 requests a minute for the whole organisation; this desk takes no more than its share. No 60
 * seconds ever hold more than `perMinute` turns, unless a single question needs more; a quiet minute can be used up at
 * once.
 */
export function createRateLimiter(
  clock: Pick<Clock, 'elapsedMs'>,
  perMinute: () => number,
): RateLimiter {
  /** When each turn of the last minute was taken, oldest first. */
  let taken: readonly number[] = [];
  return {
    take: (purpose, requests) => {
      const now = clock.elapsedMs();
      taken = taken.filter((at) => now - at < MINUTE_MS);
      // A share that is smaller than the question would never let it through.
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
