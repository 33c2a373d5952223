import { useEffect } from 'react';

/** Loads what is not shown yet when the page has nothing else to do, so that opening it does not wait. */
export function useIdlePreload(loads: readonly (() => Promise<unknown>)[]): void {
  useEffect(() => {
    const waiting = requestIdleCallback(
      () => {
        // A part that cannot be loaded says so when it is shown.
        for (const load of loads) load().catch(() => undefined);
      },
      { timeout: 2_000 },
    );
    return () => cancelIdleCallback(waiting);
  }, [loads]);
}
