import {
  createContext,
  use,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { EventDetail } from '../../shared/ipc/contract.ts';
import { MINUTE_MS, type EpochMs } from '../../shared/time.ts';
import type { IpcClient } from './client.ts';
import { createQuery, type Query } from './requery.ts';

const ClientContext = createContext<IpcClient | null>(null);
export const IpcProvider = ClientContext.Provider;

/** Returns the client of the main process. */
export function useIpc(): IpcClient {
  const desk = use(ClientContext);
  if (desk === null) throw new Error('useIpc outside of IpcProvider');
  return desk;
}

/** Calls `listener` on each event for as long as the component is shown. */
export function useEvent<N extends EventName>(
  event: N,
  listener: (detail: EventDetail<N>) => void,
): void {
  const desk = useIpc();
  const latest = useEffectEvent(listener);
  useEffect(() => desk.on(event, (detail) => latest(detail)), [desk, event]);
}

/** Returns the answer of `ask`, repeated on any of the events and on `again`; null until the first answer. */
export function useQuery<A>(
  ask: (desk: IpcClient) => Promise<A>,
  changedBy: readonly EventName[],
): { readonly answer: A | null; readonly again: () => void } {
  const desk = useIpc();
  const [answer, setAnswer] = useState<A | null>(null);
  const watching = useRef<Query>(null);
  const latestAsk = useEffectEvent(() => ask(desk));
  useEffect(() => {
    const current = createQuery(
      () => latestAsk(),
      (next) => setAnswer(() => next),
    );
    watching.current = current;
    const stops = changedBy.map((event) => desk.on(event, current.again));
    return () => {
      current.stop();
      for (const stop of stops) stop();
    };
  }, [desk, changedBy]);
  const again = useCallback(() => watching.current?.again(), []);
  return { answer, again };
}

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

/** Runs `task` once after `delayMs`; a null delay, a change of `key` or unmounting cancels it. */
export function useDelay(delayMs: number | null, key: unknown, task: () => void): void {
  const latest = useEffectEvent(task);
  useEffect(() => {
    if (delayMs === null) return undefined;
    const timer = setTimeout(() => latest(), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs, key]);
}
