import type { Clock } from '../../shared/time.ts';
import type { PartooAnswer, Partoo } from './partoo-port.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** What a manager asks of Partoo from Settings. */
export type SettingsRequests = Pick<Partoo, 'searchBusinesses' | 'checkKey'>;

/**
 * The questions of Settings at the rate of the desk: each takes a turn of its own. Where none is left, `patience` says
 * whether the question waits for one or is answered `busy`, with the time until there is one.
 */
export function withRateLimit(
  partoo: SettingsRequests,
  parts: { readonly turns: RateLimiter; readonly clock: Pick<Clock, 'after'> },
  patience: 'wait' | 'none',
): SettingsRequests {
  const { turns, clock } = parts;
  const inTurn = async <T>(ask: () => Promise<PartooAnswer<T>>): Promise<PartooAnswer<T>> => {
    for (;;) {
      const turn = turns.take('search', 1);
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

/** The answer to a question that was not asked. */
export function busyFor(pauseMs: number): Extract<PartooAnswer<never>, { readonly ok: false }> {
  return { ok: false, trouble: { kind: 'busy', pauseMs }, serverTime: undefined };
}
