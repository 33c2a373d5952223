import type { Clock, EpochMs } from '../../shared/time.ts';

export type FakeClock = Clock & {
  /**
   * Advances the time. Runs each timer at its instant, in order, and lets its work settle before the next one: a
   * request that a timer sends is answered before time goes on.
   */
  readonly advance: (byMs: number) => Promise<void>;
  /** Sets the system clock; timers and intervals do not change. */
  readonly jump: (byMs: number) => void;
  /** In how many milliseconds each pending timer will run, soonest first. */
  readonly timers: () => readonly number[];
};

/** A clock that only a test advances. `rest` resolves when nothing runs any more. */
export function createFakeClock(start: EpochMs, rest: () => Promise<void> = ticks): FakeClock {
  let elapsedMs = 0;
  let offsetMs = 0;
  let tasks: readonly { readonly atMs: number; readonly task: () => void }[] = [];

  const timers = () => tasks.map(({ atMs }) => atMs - elapsedMs).toSorted((a, b) => a - b);

  return {
    now: () => start + elapsedMs + offsetMs,
    elapsedMs: () => elapsedMs,
    after: (delayMs, task) => {
      const entry = { atMs: elapsedMs + Math.max(0, delayMs), task };
      tasks = [...tasks, entry];
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
    advance: async (byMs) => {
      const endMs = elapsedMs + byMs;
      await rest();
      for (;;) {
        const [next] = tasks
          .filter(({ atMs }) => atMs <= endMs)
          .toSorted((one, other) => one.atMs - other.atMs);
        if (next === undefined) break;
        tasks = tasks.filter((entry) => entry !== next);
        elapsedMs = next.atMs;
        next.task();
        await rest();
      }
      elapsedMs = endMs;
    },
    jump: (byMs) => {
      offsetMs += byMs;
    },
    timers,
  };
}

/** A few turns of the event loop: enough for promises that wait only for each other. */
export async function ticks(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** Resolves when `holds` is true, checked between turns of the event loop. Rejects after `patienceMs` of real time. */
export async function until(
  what: string,
  holds: () => boolean,
  patienceMs = 60_000,
): Promise<void> {
  const startMs = performance.now();
  while (!holds()) {
    if (performance.now() - startMs > patienceMs) throw new Error(`Timed out waiting for: ${what}`);
    await ticks();
  }
}
