import { useEffect, useEffectEvent, useState } from 'react';
import type { FormDraft } from '../../shared/form-draft.ts';
import { useIpc } from '../ipc/use-ipc.ts';
import { toDraft, type Form } from './form.ts';

/** Keeps the form draft in the main process's memory, and restores it after the page crashed. */
export function useFormDraft(form: Form, onRecalled: (kept: FormDraft) => void): void {
  const ipc = useIpc();
  const [isAsked, setAsked] = useState(false);
  const recall = useEffectEvent(onRecalled);
  useEffect(() => {
    let isCurrent = true;
    void ipc.call('formDraft.load', {}).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok && answer.value.form !== null) recall(answer.value.form);
      setAsked(true);
    });
    return () => {
      isCurrent = false;
    };
  }, [ipc]);

  const kept = useEffectEvent(() => toDraft(form));
  useEffect(() => {
    // Wait until the kept draft is read, or an empty form would replace it.
    if (isAsked) void ipc.call('formDraft.save', { form: kept() });
  }, [ipc, isAsked, form]);
}
