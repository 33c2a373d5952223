import { useEffect } from 'react';

/** Loads hidden parts while the page is idle, so that opening them needs no wait. */
export function useIdlePreload(loads: readonly (() => Promise<unknown>)[]): void {
  useEffect(() => {
    const waiting = requestIdleCallback(
      () => {
        // A part that fails to load reports that when it is shown.
        for (const load of loads) load().catch(() => undefined);
      },
      { timeout: 2_000 },
    );
    return () => cancelIdleCallback(waiting);
  }, [loads]);
}
