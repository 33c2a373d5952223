import { setImmediate } from 'node:timers/promises';

/** Creates a function that yields to the event loop after each `work` units; its argument says how many were done. */
export function createRegularYield(work: number): (done: number) => Promise<void> {
  let sum = 0;
  return async (done) => {
    sum += done;
    if (sum < work) return;
    sum = 0;
    await setImmediate();
  };
}
