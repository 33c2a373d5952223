import { createContext, use, useCallback, useEffect, useEffectEvent, useState } from 'react';
import { MINUTE_MS, type EpochMs } from '../../shared/time.ts';

/** Milliseconds to add to this PC's clock to get the desk's time. */
const ClockContext = createContext(0);
export const ClockProvider = ClockContext.Provider;

/** Returns the desk's time in epoch milliseconds: this PC's, corrected by Partoo's where they differ. */
export function useClock(): () => EpochMs {
  const correctionMs = use(ClockContext);
  return useCallback(() => Date.now() + correctionMs, [correctionMs]);
}

/** Returns the desk's time in epoch milliseconds, at most `everyMs` old. */
export function useNow(everyMs: number): EpochMs {
  const clock = useClock();
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const look = (): void => setNow(clock());
    // Apply a new clock correction at once.
    const first = setTimeout(look);
    const timer = setInterval(look, everyMs);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [clock, everyMs]);
  return now;
}

/** Calls `onSet` within half a minute after the clock of this PC was set, or the PC has slept. */
export function useClockSet(onSet: () => void): void {
  const latest = useEffectEvent(onSet);
  useEffect(() => {
    const offset = (): number => Date.now() - performance.now();
    let before = offset();
    const timer = setInterval(() => {
      const now = offset();
      if (Math.abs(now - before) > MINUTE_MS) latest();
      before = now;
    }, MINUTE_MS / 2);
    return () => clearInterval(timer);
  }, []);
}

/** Runs `task` once after `delayMs`; a null delay, a change of `key` or unmounting cancels it. */
export function useDelay(delayMs: number | null, key: unknown, task: () => void): void {
  const latest = useEffectEvent(task);
  useEffect(() => {
    if (delayMs === null) return undefined;
    const timer = setTimeout(() => latest(), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs, key]);
}

/** Runs `task` every `everyMs` while the window is visible. */
export function useRepeat(everyMs: number, task: () => void): void {
  const latest = useEffectEvent(task);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') latest();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
