import type { Clock } from '../../shared/time.ts';
import type { PartooAnswer, Partoo } from './partoo-port.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** The requests to Partoo that Settings makes. */
export type SettingsRequests = Pick<Partoo, 'searchBusinesses' | 'checkKey'>;

/**
 * Puts the requests of Settings under the rate limiter, one unit each. At the limit, `patience` decides whether a
 * request waits or returns `busy` with the time until the next one is allowed.
 */
export function withRateLimit(
  partoo: SettingsRequests,
  parts: { readonly rateLimiter: RateLimiter; readonly clock: Pick<Clock, 'after'> },
  patience: 'wait' | 'none',
): SettingsRequests {
  const { rateLimiter, clock } = parts;
  const inTurn = async <T>(ask: () => Promise<PartooAnswer<T>>): Promise<PartooAnswer<T>> => {
    for (;;) {
      const turn = rateLimiter.take('search', 1);
      if (turn.taken) return ask();
      if (patience === 'none') return busyFor(turn.waitMs);
      await new Promise<void>((resolve) => void clock.after(turn.waitMs, resolve));
    }
  };
  return {
    searchBusinesses: (query) => inTurn(() => partoo.searchBusinesses(query)),
    checkKey: () => inTurn(() => partoo.checkKey()),
  };
}

/** The answer to a request that was not sent. */
export function busyFor(pauseMs: number): Extract<PartooAnswer<never>, { readonly ok: false }> {
  return { ok: false, trouble: { kind: 'busy', pauseMs }, serverTime: undefined };
}
