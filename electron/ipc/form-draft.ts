import type { FormDraft } from '../../shared/form-draft.ts';

export type KeptFormMemory = {
  /** Null forgets. */
  readonly keep: (form: FormDraft | null) => void;
  readonly recall: () => FormDraft | null;
};

/** A half-filled form that outlives its page. In memory only: it is about a customer who has agreed to nothing yet. */
export function createFormDraft(): KeptFormMemory {
  let kept: FormDraft | null = null;
  return {
    keep: (form) => {
      kept = form;
    },
    recall: () => kept,
  };
}
