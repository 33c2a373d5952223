import { SECOND_MS } from '../../shared/time.ts';
import { isTrusted, type CorrectedClock } from './corrected-clock.ts';

/** How long an answer of Partoo stands for a probe: longer than the default undo time. */
const FRESH_MS = 30 * SECOND_MS;

/** Remembers Partoo's last answer to a check while typing, so that the invitation that follows costs no probe. */
export type RecentAnswer = {
  /** Partoo has just answered. */
  readonly note: () => void;
  /** A request has just failed: the next flush probes. */
  readonly forget: () => void;
  /**
   * Whether the last answer is at most 30 seconds old by both clocks, and the time is known since then. The wall clock
   * counts too: timers stop while a PC sleeps, and it may wake up in another network.
   */
  readonly isFresh: () => boolean;
};

/** Creates the memory of the last answer; at the start there is none. */
export function createRecentAnswer(clock: CorrectedClock): RecentAnswer {
  let last: { readonly at: number; readonly elapsedMs: number; readonly jumps: number } | undefined;
  return {
    note: () => {
      last = { at: clock.now(), elapsedMs: clock.elapsedMs(), jumps: clock.jumps() };
    },
    forget: () => {
      last = undefined;
    },
    isFresh: () => {
      if (last === undefined || last.jumps !== clock.jumps()) return false;
      const judgement = clock.judge();
      if (judgement.kind === 'unproved' || !isTrusted(judgement)) return false;
      const ageMs = Math.max(clock.elapsedMs() - last.elapsedMs, Math.abs(clock.now() - last.at));
      return ageMs <= FRESH_MS;
    },
  };
}
