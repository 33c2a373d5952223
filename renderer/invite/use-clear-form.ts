import { toDraft, type Edit, type Form } from './form.ts';
import type { ClearedForms } from './use-cleared-form-list.ts';
import { newToken } from './use-form-state.ts';
import { useIdle } from './use-idle.ts';

type Parts = {
  readonly form: Form;
  readonly edit: (edit: Edit) => void;
  readonly clearedForms: ClearedForms;
};

/** Clears the form and keeps the cleared form for restoring; automatically after a time without use. */
export function useClearForm({ form, edit, clearedForms }: Parts) {
  const kept = toDraft(form);
  const putAside = (why: 'left-alone' | 'cleared'): void => {
    edit({ kind: 'cleared', token: newToken() });
    if (kept !== null) clearedForms.put(kept, why);
  };
  useIdle(kept !== null, () => putAside('left-alone'));
  return putAside;
}
