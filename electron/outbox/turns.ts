import { MINUTE_MS, type Clock } from '../../shared/time.ts';
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
  /** Called when `takeTurn` waits for the organisation's rate. */
  readonly onSharedWait?: (waitMs: number) => void;
};

/** How requests of the courier get their capacity: first from this desk's rate limiter, then from the organisation's. */
export type Turns = Pick<FlushParts, 'takeTurn' | 'tryTurn' | 'isStopped'> & {
  /** Ends the wait of `takeTurn`, which then finds out why. */
  readonly endTurn: () => void;
};

/** The longest wait before it is asked again: an administrator may end the organisation's pause. */
const LONGEST_WAIT_MS = MINUTE_MS;

/** Creates the turns of one courier. */
export function createTurns(parts: TurnParts): Turns {
  const { clock, rateLimiter, pause, site, isStopping } = parts;
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
  ): Promise<'go' | { readonly waitMs: number; readonly isShared: boolean }> => {
    const own = rateLimiter.take(purpose, requests);
    if (!own.taken) return { waitMs: own.waitMs, isShared: false };
    // The claim of an SMS takes its turn in the organisation's rate.
    if (site === undefined || purpose === 'send') return 'go';
    const shared = await site.takeTurns(purpose, requests);
    return shared === 'go' ? 'go' : { ...shared, isShared: true };
  };

  const isStopped = (): boolean => isStopping() || pause.leftMs() > 0;

  return {
    isStopped,
    takeTurn: async (purpose, requests) => {
      for (;;) {
        if (isStopped()) return 'stopped';
        const turn = await take(purpose, requests);
        // The site database may have answered late: `endTurn` came before there was a wait to end.
        if (isStopped()) return 'stopped';
        if (turn === 'go') return 'go';
        if (turn.isShared) parts.onSharedWait?.(turn.waitMs);
        await wait(Math.min(turn.waitMs, LONGEST_WAIT_MS));
      }
    },
    tryTurn: async (purpose, requests) => {
      const pausedForMs = pause.leftMs();
      return pausedForMs > 0 ? { waitMs: pausedForMs } : take(purpose, requests);
    },
    endTurn: () => endWait(),
  };
}
