import type { CorrectedClock } from './corrected-clock.ts';
import type { FlushParts, Trial } from './flush-parts.ts';
import { createRecentAnswer } from './recent-answer.ts';
import { backoffMs, LONGEST_PROBE_MS, LONGEST_RETRY_MS } from './rules/backoff.ts';

/** Creates the failure counters, one for each trial, and the memory of the last answer that spares a probe. */
export function createFailureBackoff(
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
      // A poll counts as answered even when Partoo answers it with an error.
      if (trial !== 'poll') recentAnswer.note();
      failures = { ...failures, [trial]: 0 };
    },
  };
}
