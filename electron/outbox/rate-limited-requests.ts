import type { Clock } from '../../shared/time.ts';
import type { Answer, Partoo } from './partoo-port.ts';
import type { Turns } from './rate-limiter.ts';

/** What a manager asks of Partoo from Settings. */
export type Questions = Pick<Partoo, 'searchBusinesses' | 'checkKey'>;

/**
 * The questions of Settings at the rate of the desk: each takes a turn of its own. Where none is left, `patience` says
 * whether the question waits for one or is answered `busy`, with the time until there is one.
 */
export function askInTurn(
  partoo: Questions,
  parts: { readonly turns: Turns; readonly clock: Pick<Clock, 'after'> },
  patience: 'wait' | 'none',
): Questions {
  const { turns, clock } = parts;
  const inTurn = async <T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> => {
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
export function busyFor(pauseMs: number): Extract<Answer<never>, { readonly ok: false }> {
  return { ok: false, trouble: { kind: 'busy', pauseMs }, serverTime: undefined };
}
