import { useEffect, useState } from 'react';
import { isReplaceable } from '../../shared/invitation-actions.ts';
import { useIpc } from '../ipc/use-ipc.ts';
import { createQuery } from '../ipc/requery.ts';
import type { Form } from './form.ts';

/**
 * Returns since when the invitation is saved that the form replaces; null when it corrects none, or one that has been
 * sent or has ended.
 */
export function useCorrection({
  correctsSince,
  replaces,
}: Pick<Form, 'correctsSince' | 'replaces'>): Form['correctsSince'] {
  const ipc = useIpc();
  const id = correctsSince === null ? null : replaces;
  const [endedId, setEndedId] = useState<string | null>(null);
  useEffect(() => {
    if (id === null) return undefined;
    const story = createQuery(
      () => ipc.call('invitation.attempts', { id }),
      (answer) => {
        // `too-late`: it was erased. Any other failure proves nothing about it.
        const hasEnded = answer.ok
          ? !isReplaceable(answer.value.invitation)
          : answer.failure.kind === 'too-late';
        setEndedId(hasEnded ? id : null);
      },
    );
    const stop = ipc.on('invitation.changed', (changed) => {
      if (changed.id === id) story.again();
    });
    return () => {
      story.stop();
      stop();
    };
  }, [ipc, id]);
  return id === null || endedId === id ? null : correctsSince;
}
