import type { HistoryFilter, HistoryPlace } from '../../shared/history-query.ts';
import type { Invitation } from '../../shared/invitation.ts';
import { SECOND_MS } from '../../shared/time.ts';
import type { AnyFailure, IpcClient } from '../ipc/client.ts';
import { joinPages, mergeChange, replaceChanged } from './merge-changes.ts';

const PAGE_SIZE = 50;

/** The pauses after failures in a row; the last one for all further ones. */
const RETRY_MS = [1, 2, 4, 8, 16, 30].map((seconds) => seconds * SECOND_MS);

/** The part of the history that is loaded. */
export type Shown = {
  /** What it was asked with. */
  readonly filter: HistoryFilter;
  readonly invitations: readonly Invitation[];
  /** Where more can be found; null at the end. */
  readonly next: HistoryPlace | null;
};

export type HistoryView = {
  /** Null before the first answer, and after a search that failed. */
  readonly shown: Shown | null;
  /** Why the last question had no answer; it is asked again by itself. */
  readonly failure: AnyFailure | null;
};

/** The history on its way to the screen. */
export type Pages = {
  /** Begins at the newest invitation; answers to earlier questions are dropped from now on. */
  readonly search: (filter: HistoryFilter) => void;
  /** Asks for the next part, unless one is on its way, a failure is waited out, or there is none. */
  readonly more: () => void;
  /** Puts an invitation that has changed in its place. */
  readonly change: (changed: Invitation) => void;
  readonly stop: () => void;
};

/**
 * Loads the history part by part and tells each new view. One question is on its way at a time; one that fails is asked
 * again after 1, 2, 4 … 30 seconds. What is told always belongs to one search: a late answer never joins another's rows.
 */
export function createPages(desk: IpcClient, tell: (view: HistoryView) => void): Pages {
  let view: HistoryView = { shown: null, failure: null };
  let filter: HistoryFilter | null = null;
  /** Which search is the newest. */
  let search = 0;
  let isAsking = false;
  /** Something has changed while a question was on its way. */
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
    const answer = await desk.call('history.list', { filter, before, limit: PAGE_SIZE });
    if (asked.search !== search) return;
    isAsking = false;
    if (!answer.ok) {
      const pauseMs = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
      failures += 1;
      retry = setTimeout(() => void ask(before, take), pauseMs);
      // The rows of another search do not stay under this one.
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
    // What is on its way may have been read before the change; a failed question is asked again first.
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
