import type { CorrectedClock } from './corrected-clock.ts';
import type { FlushParts, Trial } from './flush-parts.ts';
import { createRecentAnswer } from './recent-answer.ts';
import { backoffMs, LONGEST_PROBE_MS, LONGEST_RETRY_MS } from './rules/backoff.ts';

/** Creates the failure counters, one for each trial, and the memory of the last answer outside the queue, which
 * spares a probe. */
export function createConsecutiveFailures(
  clock: CorrectedClock,
  random: () => number,
): Pick<FlushParts, 'failed' | 'succeeded' | 'hasRecentAnswer'> {
  const recentAnswer = createRecentAnswer(clock);
  let failures: Readonly<Record<Trial, number>> = {
    probe: 0,
    send: 0,
    search: 0,
    poll: 0,
    outside: 0,
  };
  return {
    hasRecentAnswer: recentAnswer.isFresh,
    failed: (trial) => {
      recentAnswer.forget();
      failures = { ...failures, [trial]: failures[trial] + 1 };
      const isProbe = trial === 'probe' || trial === 'outside';
      const longestMs = isProbe ? LONGEST_PROBE_MS : LONGEST_RETRY_MS;
      return backoffMs(failures[trial], longestMs, random());
    },
    succeeded: (trial) => {
      // Only the check while typing stands for a probe: it precedes one invitation by seconds. After a flush, the network
      // of the next one is unknown, and a portal that answers the send would leave it in doubt.
      if (trial === 'outside') recentAnswer.note();
      failures = { ...failures, [trial]: 0 };
    },
  };
}
