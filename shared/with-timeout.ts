import type { Clock } from './time.ts';

/**
 * Returns the result of `work`, or `late` when there is none after `afterMs`. Rejects as `work` does; a result or an
 * error that comes later is ignored.
 */
export async function withTimeout<T, L>(
  work: Promise<T>,
  timeout: { readonly clock: Pick<Clock, 'after'>; readonly afterMs: number; readonly late: L },
): Promise<T | L> {
  let cancel = () => {};
  const late = new Promise<L>((resolve) => {
    cancel = timeout.clock.after(timeout.afterMs, () => resolve(timeout.late));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
