import { setImmediate } from 'node:timers/promises';

/** Lets everybody else have their turn each time that so much work is done; what is asked for says how much it was. */
export function createRegularYield(work: number): (done: number) => Promise<void> {
  let sum = 0;
  return async (done) => {
    sum += done;
    if (sum < work) return;
    sum = 0;
    await setImmediate();
  };
}
