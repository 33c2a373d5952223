import type { Clock, EpochMs } from '../../../shared/time.ts';

export type ManualClock = Clock & {
  /** Advances the time and runs what is due, in order. */
  readonly advance: (byMs: number) => void;
};

/** A clock that only a test advances. */
export const createManualClock = (start: EpochMs): ManualClock => {
  let now = start;
  let tasks: readonly { readonly at: EpochMs; readonly task: () => void }[] = [];
  return {
    now: () => now,
    elapsedMs: () => now - start,
    after: (delayMs, task) => {
      const entry = { at: now + delayMs, task };
      tasks = [...tasks, entry];
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
    advance: (byMs) => {
      const end = now + byMs;
      for (;;) {
        const [next] = tasks.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        tasks = tasks.filter((entry) => entry !== next);
        now = Math.max(now, next.at);
        next.task();
      }
      now = end;
    },
  };
};
