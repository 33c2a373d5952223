import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { HistoryFilter, HistoryPlace } from '../../shared/history.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { AnyFailure } from '../desk.ts';
import { useDesk, useOn } from '../hooks.ts';
import { joinPages, mergeChange, replaceChanged } from './merge.ts';

const PAGE_SIZE = 50;

/** The part of the history that is loaded. */
type Shown = {
  readonly filter: HistoryFilter;
  readonly invitations: readonly Invitation[];
  /** Where more can be found; null at the end. */
  readonly next: HistoryPlace | null;
};

/** The history as far as it is loaded; `more` adds the next part. Changes find their place by themselves. */
export function useHistory(filter: HistoryFilter): {
  readonly shown: Shown | null;
  readonly failure: AnyFailure | null;
  readonly more: () => void;
} {
  const desk = useDesk();
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<AnyFailure | null>(null);
  // An answer to an older question is thrown away.
  const question = useRef(0);
  const isLoading = useRef(false);

  const ask = async (before: HistoryPlace | null, take: (page: Shown) => void): Promise<void> => {
    const asked = before === null ? ++question.current : question.current;
    isLoading.current = true;
    const answer = await desk.call('history.list', { filter, before, limit: PAGE_SIZE });
    if (asked !== question.current) return;
    isLoading.current = false;
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) take({ ...answer.value, filter });
  };
  const load = (): Promise<void> => ask(null, setShown);
  const more = async (): Promise<void> => {
    if (isLoading.current || shown === null || shown.next === null) return;
    await ask(shown.next, ({ invitations, next }) =>
      setShown(
        (now) => now && { ...now, next, invitations: joinPages(now.invitations, invitations) },
      ),
    );
  };
  const refresh = async (): Promise<void> => {
    if (isLoading.current) return;
    const { filter: asked } = shown ?? {};
    const answer = await desk.call('history.list', { filter, before: null, limit: PAGE_SIZE });
    if (!answer.ok || asked !== filter) return;
    const { invitations } = answer.value;
    setShown((now) => now && { ...now, invitations: joinPages(invitations, now.invitations) });
  };

  const loadAnew = useEffectEvent(load);
  useEffect(() => void loadAnew(), [filter]);
  useOn('desk.changed', () => void load());
  useOn('invitation.changed', (changed) => {
    const isKnown = shown?.invitations.some(({ id }) => id === changed.id) === true;
    const isAll =
      filter.text === '' && Object.values(filter).every((part) => part === null || part === '');
    if (!isAll && !isKnown) return void refresh();
    setShown((now) => {
      if (now === null) return null;
      const { invitations, next } = now;
      const merged = isAll
        ? mergeChange(invitations, changed, next !== null)
        : replaceChanged(invitations, changed);
      return { ...now, invitations: merged };
    });
  });
  return { shown, failure, more: () => void more() };
}
