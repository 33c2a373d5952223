/** Runs work, or returns `busy` at once while earlier work of the same instance runs. Rejects as the work does. */
export type OneAtATime = <T>(busy: T, work: () => Promise<T>) => Promise<T>;

/** Creates an instance; each one lets a single work run at a time. */
export function createOneAtATime(): OneAtATime {
  let isRunning = false;
  return async (busy, work) => {
    if (isRunning) return busy;
    isRunning = true;
    try {
      return await work();
    } finally {
      isRunning = false;
    }
  };
}
