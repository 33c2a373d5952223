import { useEffect, useEffectEvent, useState } from 'react';
import type { KeptForm } from '../../shared/form-draft.ts';
import { useDesk } from '../ipc/use-ipc.ts';
import { keptOf, type Form } from './form.ts';

/**
 * Has the main process keep what is filled in, in its memory, and gets back what a page that went away had left there.
 */
export function useKeptForm(form: Form, onRecalled: (kept: KeptForm) => void): void {
  const desk = useDesk();
  const [isAsked, setAsked] = useState(false);
  const recall = useEffectEvent(onRecalled);
  useEffect(() => {
    let isCurrent = true;
    void desk.call('form.recall', {}).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok && answer.value.form !== null) recall(answer.value.form);
      setAsked(true);
    });
    return () => {
      isCurrent = false;
    };
  }, [desk]);

  const kept = useEffectEvent(() => keptOf(form));
  useEffect(() => {
    // Not before it is known what was kept, or an empty form would take its place.
    if (isAsked) void desk.call('form.keep', { form: kept() });
  }, [desk, isAsked, form]);
}
