import type { HistoryFilter, HistoryPlace } from '../../shared/history-query.ts';
import type { Invitation } from '../../shared/invitation.ts';
import { SECOND_MS } from '../../shared/time.ts';
import type { AnyFailure, IpcClient } from '../ipc/client.ts';
import { joinPages, mergeChange, replaceChanged } from './merge-changes.ts';

const PAGE_SIZE = 50;

/** The pauses after consecutive failures; the last one repeats. */
const RETRY_MS = [1, 2, 4, 8, 16, 30].map((seconds) => seconds * SECOND_MS);

/** The loaded part of the history. */
export type Shown = {
  /** The filter of its query. */
  readonly filter: HistoryFilter;
  readonly invitations: readonly Invitation[];
  /** Where the next page starts; null at the end. */
  readonly next: HistoryPlace | null;
};

export type HistoryView = {
  /** Null before the first answer, and after a failed search. */
  readonly shown: Shown | null;
  /** Why the last query failed; it is retried automatically. */
  readonly failure: AnyFailure | null;
};

/** Loads the history page by page. */
export type HistoryLoader = {
  /** Starts again at the newest invitation; drops answers to earlier queries. */
  readonly search: (filter: HistoryFilter) => void;
  /** Loads the next page, unless a query is in flight, a retry is pending, or the end is reached. */
  readonly more: () => void;
  /** Updates an invitation that has changed. */
  readonly change: (changed: Invitation) => void;
  readonly stop: () => void;
};

/**
 * Loads the history page by page and calls `tell` with each new view. One query is in flight at a time; a failed one
 * is retried after 1, 2, 4 … 30 seconds. A view always belongs to one search: a late answer never joins another one's
 * rows.
 */
export function createHistoryLoader(
  ipc: IpcClient,
  tell: (view: HistoryView) => void,
): HistoryLoader {
  let view: HistoryView = { shown: null, failure: null };
  let filter: HistoryFilter | null = null;
  /** The number of the latest search. */
  let search = 0;
  let isAsking = false;
  /** Whether something changed while a query was in flight. */
  let isOutdated = false;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const set = (next: HistoryView): void => {
    view = next;
    tell(view);
  };
  const ask = async (before: HistoryPlace | null, take: (page: Shown) => Shown): Promise<void> => {
    if (filter === null) return;
    const asked = { filter, search };
    clearTimeout(retry);
    retry = undefined;
    isAsking = true;
    const answer = await ipc.call('history.list', { filter, before, limit: PAGE_SIZE });
    if (asked.search !== search) return;
    isAsking = false;
    if (!answer.ok) {
      const pauseMs = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
      failures += 1;
      retry = setTimeout(() => void ask(before, take), pauseMs);
      // Do not keep the rows of another search.
      return set({
        shown: view.shown?.filter === asked.filter ? view.shown : null,
        failure: answer.failure,
      });
    }
    failures = 0;
    set({ shown: take({ ...answer.value, filter: asked.filter }), failure: null });
    if (isOutdated) refresh();
    return undefined;
  };
  const refresh = (): void => {
    // An answer in flight may have been read before the change; a failed query is retried first.
    isOutdated = isAsking || retry !== undefined;
    if (isOutdated) return;
    void ask(null, (page) =>
      view.shown === null
        ? page
        : {
            ...view.shown,
            invitations: joinPages(page.invitations, view.shown.invitations),
          },
    );
  };

  return {
    search: (wanted) => {
      filter = wanted;
      search += 1;
      failures = 0;
      isOutdated = false;
      void ask(null, (page) => page);
    },
    more: () => {
      const { shown } = view;
      if (isAsking || retry !== undefined || shown === null || shown.next === null) return;
      void ask(shown.next, (page) => ({
        ...page,
        invitations: joinPages(view.shown?.invitations ?? [], page.invitations),
      }));
    },
    change: (changed) => {
      const { shown } = view;
      if (shown === null) return refresh();
      const isKnown = shown.invitations.some(({ id }) => id === changed.id);
      const isAll = leavesNothingOut(shown.filter);
      if (isAsking || (!isAll && !isKnown)) refresh();
      if (!isAll && !isKnown) return undefined;
      const invitations = isAll
        ? mergeChange(shown.invitations, changed, shown.next !== null)
        : replaceChanged(shown.invitations, changed);
      return set({ ...view, shown: { ...shown, invitations } });
    },
    stop: () => {
      search += 1;
      clearTimeout(retry);
    },
  };
}

function leavesNothingOut(filter: HistoryFilter): boolean {
  return Object.values(filter).every((part) => part === null || part === '');
}
