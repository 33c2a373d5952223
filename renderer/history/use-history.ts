import { useEffect, useEffectEvent, useState } from 'react';
import type { Output } from '../../shared/ipc/contract.ts';
import type { AnyFailure } from '../desk.ts';
import { useDesk, useOn } from '../hooks.ts';
import { joinPages, mergeChange } from './merge.ts';

const PAGE_SIZE = 50;

type Shown = Output<'history.list'>;

/** The history as far as it is shown; `more` adds the next part. Changes find their place by themselves. */
export function useHistory(): {
  readonly shown: Shown | null;
  readonly failure: AnyFailure | null;
  readonly more: () => Promise<void>;
} {
  const desk = useDesk();
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<AnyFailure | null>(null);

  const load = async (after: Shown | null): Promise<void> => {
    const before = after?.next ?? null;
    const answer = await desk.call('history.list', { before, limit: PAGE_SIZE });
    if (!answer.ok) return setFailure(answer.failure);
    const { invitations, next } = answer.value;
    setFailure(null);
    setShown((now) =>
      after === null
        ? answer.value
        : { invitations: joinPages(now?.invitations ?? [], invitations), next },
    );
  };
  const loadFirst = useEffectEvent(() => load(null));
  useEffect(() => void loadFirst(), []);
  useOn('desk.changed', () => void load(null));
  useOn('invitation.changed', (changed) => {
    setShown(
      (now) =>
        now && { ...now, invitations: mergeChange(now.invitations, changed, now.next !== null) },
    );
  });
  return { shown, failure, more: () => load(shown) };
}
