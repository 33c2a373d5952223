import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { HistoryFilter } from '../../shared/history-query.ts';
import { useIpc, useEvent } from '../ipc/use-ipc.ts';
import { createHistoryLoader, type HistoryView, type HistoryLoader } from './load-history.ts';

/** Returns the loaded history; `more` loads the next page. Changed invitations update automatically. */
export function useHistory(filter: HistoryFilter): HistoryView & { readonly more: () => void } {
  const ipc = useIpc();
  const [view, setView] = useState<HistoryView>({ shown: null, failure: null });
  const loader = useRef<HistoryLoader>(null);
  useEffect(() => {
    const current = createHistoryLoader(ipc, setView);
    loader.current = current;
    return current.stop;
  }, [ipc]);
  const search = useEffectEvent(() => loader.current?.search(filter));
  useEffect(() => search(), [ipc, filter]);
  useEvent('app.changed', () => loader.current?.search(filter));
  useEvent('invitation.changed', (changed) => loader.current?.change(changed));
  return { ...view, more: () => loader.current?.more() };
}
