import type { Clock } from '../../shared/time.ts';
import type { FlushParts } from './flush-parts.ts';
import type { PartooPause } from './partoo-pause.ts';
import type { Purpose, RateLimiter } from './rate-limiter.ts';
import type { SitePort } from './site-port.ts';

export type TurnParts = {
  readonly clock: Pick<Clock, 'after'>;
  readonly rateLimiter: RateLimiter;
  readonly pause: Pick<PartooPause, 'leftMs'>;
  readonly site?: Pick<SitePort, 'takeTurns'>;
  readonly isStopping: () => boolean;
};

/** How requests of the courier get their capacity: first from this desk's rate limiter, then from the organisation's. */
export type Turns = Pick<FlushParts, 'takeTurn' | 'tryTurn'> & {
  /** Ends the wait of `takeTurn`, which then finds out why. */
  readonly endTurn: () => void;
};

/** Creates the turns of one courier. */
export function createTurns({ clock, rateLimiter, pause, site, isStopping }: TurnParts): Turns {
  let endWait = () => {};
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      endWait = () => {
        cancel();
        resolve();
      };
    });
  const take = async (
    purpose: Purpose,
    requests: number,
  ): Promise<'go' | { readonly waitMs: number }> => {
    const turn = rateLimiter.take(purpose, requests);
    if (!turn.taken) return turn;
    // The claim of an SMS takes its turn in the organisation's rate.
    return site === undefined || purpose === 'send' ? 'go' : site.takeTurns(purpose, requests);
  };

  return {
    takeTurn: async (purpose, requests) => {
      for (;;) {
        if (isStopping() || pause.leftMs() > 0) return 'stopped';
        const turn = await take(purpose, requests);
        if (turn === 'go') return 'go';
        await wait(turn.waitMs);
      }
    },
    tryTurn: async (purpose, requests) => {
      const pausedForMs = pause.leftMs();
      return pausedForMs > 0 ? { waitMs: pausedForMs } : take(purpose, requests);
    },
    endTurn: () => endWait(),
  };
}
