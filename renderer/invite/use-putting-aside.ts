import { keptOf, type Edit, type Form } from './form.ts';
import type { Result } from './result-words.ts';
import { newToken } from './use-filling.ts';
import { useLeftAlone } from './use-left-alone.ts';
import { wayBackFrom } from './use-result.ts';

type Parts = {
  readonly form: Form;
  readonly edit: (edit: Edit) => void;
  readonly result: Result | null;
  readonly setResult: (result: Result | null) => void;
};

/** Empties the form and offers what stood in it; by itself when the form is left alone with something in it. */
export function usePuttingAside({ form, edit, result, setResult }: Parts) {
  const kept = keptOf(form);
  const putAside = (why: 'left-alone' | 'cleared'): void => {
    edit({ kind: 'cleared', token: newToken() });
    // What can still be taken back from a customer weighs more than what was not sent.
    if (kept !== null && wayBackFrom(result) !== 'undo') {
      setResult({ kind: 'put-aside', why, form: kept });
    }
  };
  useLeftAlone(kept !== null, () => putAside('left-alone'));
  return putAside;
}
