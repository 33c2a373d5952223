/** An instant: milliseconds since 1970-01-01 UTC. Local time exists only on the screen and in sending hours. */
export type EpochMs = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The only time source of rules and loops, so that a test can run a whole day in a millisecond. */
export type Clock = {
  /** The wall clock. It can jump; use `elapsedMs` for intervals. */
  readonly now: () => EpochMs;
  /** Whole milliseconds since some fixed moment; never goes back. */
  readonly elapsedMs: () => number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
};
