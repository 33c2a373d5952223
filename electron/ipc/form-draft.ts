import type { FormDraft } from '../../shared/form-draft.ts';

export type KeptFormMemory = {
  /** Null deletes the draft. */
  readonly keep: (form: FormDraft | null) => void;
  readonly recall: () => FormDraft | null;
};

/**
 * Creates the memory for a form draft that outlives its page. In memory only: its customer has not agreed to anything
 * yet.
 */
export function createFormDraft(): KeptFormMemory {
  let kept: FormDraft | null = null;
  return {
    keep: (form) => {
      kept = form;
    },
    recall: () => kept,
  };
}
