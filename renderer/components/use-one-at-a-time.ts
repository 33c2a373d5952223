import { useCallback, useRef } from 'react';

/**
 * Runs work once at a time for each key: a request while the first is running does nothing. For presses whose second
 * one would be refused because the first has succeeded.
 */
export function useOneAtATime(): (key: string, work: () => Promise<void>) => Promise<void> {
  const running = useRef(new Set<string>());
  return useCallback(async (key, work) => {
    if (running.current.has(key)) return;
    running.current.add(key);
    try {
      await work();
    } finally {
      running.current.delete(key);
    }
  }, []);
}
