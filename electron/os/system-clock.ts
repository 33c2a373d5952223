import type { Clock } from '../../shared/time.ts';

/** The clock of this PC, in whole milliseconds: the log takes no others. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsedMs: () => Math.floor(performance.now()),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
