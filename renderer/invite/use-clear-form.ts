import { keptOf, type Edit, type Form } from './form.ts';
import type { Asides } from './use-cleared-forms.ts';
import { newToken } from './use-form-state.ts';
import { useLeftAlone } from './use-idle.ts';

type Parts = {
  readonly form: Form;
  readonly edit: (edit: Edit) => void;
  readonly asides: Asides;
};

/** Empties the form and offers what stood in it; by itself when the form is left alone with something in it. */
export function usePuttingAside({ form, edit, asides }: Parts) {
  const kept = keptOf(form);
  const putAside = (why: 'left-alone' | 'cleared'): void => {
    edit({ kind: 'cleared', token: newToken() });
    if (kept !== null) asides.put(kept, why);
  };
  useLeftAlone(kept !== null, () => putAside('left-alone'));
  return putAside;
}
