import { useCallback, useEffect, useState } from 'react';
import type { DoNotContact, ListPage, ListPlace } from '../../../shared/do-not-contact.ts';
import type { AnyFailure } from '../../ipc/client.ts';
import { useIpc } from '../../ipc/use-ipc.ts';
import { useSettings } from '../settings-context.tsx';

export type NumberListState = {
  /** The matches found so far; null before the first answer. */
  readonly entries: readonly DoNotContact[] | null;
  readonly found: number;
  /** The number of entries on the list, regardless of the search. */
  readonly total: number;
  /** The number of entries that only other desks have. */
  readonly elsewhere: number;
  readonly hasMore: boolean;
  readonly text: string;
  readonly failure: AnyFailure | null;
  readonly search: (text: string) => void;
  readonly more: () => void;
  readonly again: () => void;
};

/** Provides the do-not-contact list, page by page. */
export function useNumberList(): NumberListState {
  const ipc = useIpc();
  const isLocked = useSettings().pin.kind === 'locked';
  const [text, search] = useState('');
  const [turn, setTurn] = useState(0);
  const [page, setPage] = useState<ListPage | null>(null);
  const [total, setTotal] = useState(0);
  const [failure, setFailure] = useState<AnyFailure | null>(null);
  const again = useCallback(() => setTurn((before) => before + 1), []);

  useEffect(() => {
    if (isLocked) return undefined;
    let isOld = false;
    const ask = async (): Promise<void> => {
      const answer = await ipc.call('doNotContact.list', { text, before: null });
      if (isOld) return;
      setFailure(answer.ok ? null : answer.failure);
      if (!answer.ok) return;
      setPage(answer.value);
      if (text === '') setTotal(answer.value.count);
    };
    void ask();
    return () => {
      isOld = true;
    };
  }, [ipc, isLocked, text, turn]);

  const readOn = async (before: ListPlace, shown: ListPage): Promise<void> => {
    const answer = await ipc.call('doNotContact.list', { text, before });
    if (!answer.ok) return setFailure(answer.failure);
    // Another search may have started: drop this answer then.
    setPage((now) =>
      now === shown
        ? { ...answer.value, entries: [...shown.entries, ...answer.value.entries] }
        : now,
    );
  };
  return {
    entries: page?.entries ?? null,
    found: page?.count ?? 0,
    total,
    elsewhere: page?.elsewhere ?? 0,
    hasMore: page !== null && page.next !== null,
    text,
    failure,
    search,
    more: () => {
      if (page !== null && page.next !== null) void readOn(page.next, page);
    },
    again,
  };
}
