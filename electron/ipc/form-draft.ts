import type { KeptForm } from '../../shared/form-draft.ts';

export type KeptFormMemory = {
  /** Null forgets. */
  readonly keep: (form: KeptForm | null) => void;
  readonly recall: () => KeptForm | null;
};

/** A half-filled form that outlives its page. In memory only: it is about a customer who has agreed to nothing yet. */
export function createKeptForm(): KeptFormMemory {
  let kept: KeptForm | null = null;
  return {
    keep: (form) => {
      kept = form;
    },
    recall: () => kept,
  };
}
