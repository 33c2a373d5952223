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
import type { IpcClient } from './client.ts';
import { createQuery, type Query } from './requery.ts';

const ClientContext = createContext<IpcClient | null>(null);
export const IpcProvider = ClientContext.Provider;

/** Returns the client of the main process. */
export function useIpc(): IpcClient {
  const ipc = use(ClientContext);
  if (ipc === null) throw new Error('useIpc outside of IpcProvider');
  return ipc;
}

/** Calls `listener` on each event for as long as the component is shown. */
export function useEvent<N extends EventName>(
  event: N,
  listener: (detail: EventDetail<N>) => void,
): void {
  const ipc = useIpc();
  const latest = useEffectEvent(listener);
  useEffect(() => ipc.on(event, (detail) => latest(detail)), [ipc, event]);
}

/** Returns the answer of `ask`, repeated on any of the events and on `again`; null until the first answer. */
export function useQuery<A>(
  ask: (ipc: IpcClient) => Promise<A>,
  changedBy: readonly EventName[],
): { readonly answer: A | null; readonly again: () => void } {
  const ipc = useIpc();
  const [answer, setAnswer] = useState<A | null>(null);
  const watching = useRef<Query>(null);
  const latestAsk = useEffectEvent(() => ask(ipc));
  useEffect(() => {
    const current = createQuery(
      () => latestAsk(),
      (next) => setAnswer(() => next),
    );
    watching.current = current;
    const stops = changedBy.map((event) => ipc.on(event, current.again));
    return () => {
      current.stop();
      for (const stop of stops) stop();
    };
  }, [ipc, changedBy]);
  const again = useCallback(() => watching.current?.again(), []);
  return { answer, again };
}
