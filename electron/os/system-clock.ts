import type { Clock } from '../../shared/time.ts';

/** The clock of this PC, in whole milliseconds: the database accepts no fractions. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsedMs: () => Math.floor(performance.now()),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
