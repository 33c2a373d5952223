import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { HistoryFilter } from '../../shared/history-query.ts';
import { useIpc, useEvent } from '../ipc/use-ipc.ts';
import { createPages, type HistoryView, type Pages } from './pages.ts';

/** Returns the loaded history; `more` loads the next page. Changed invitations update automatically. */
export function useHistory(filter: HistoryFilter): HistoryView & { readonly more: () => void } {
  const ipc = useIpc();
  const [view, setView] = useState<HistoryView>({ shown: null, failure: null });
  const pages = useRef<Pages>(null);
  useEffect(() => {
    const current = createPages(ipc, setView);
    pages.current = current;
    return current.stop;
  }, [ipc]);
  const search = useEffectEvent(() => pages.current?.search(filter));
  useEffect(() => search(), [ipc, filter]);
  useEvent('app.changed', () => pages.current?.search(filter));
  useEvent('invitation.changed', (changed) => pages.current?.change(changed));
  return { ...view, more: () => pages.current?.more() };
}
