import { useEffect, useState } from 'react';
import type { FormDraft } from '../../shared/form-draft.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { useDelay } from '../time/use-clock.ts';

/** A cleared form that can be restored until then, by the page's own clock in milliseconds. */
export type ClearedForm = {
  readonly why: 'left-alone' | 'cleared' | 'in-the-way' | 'taken-back';
  readonly form: FormDraft;
  readonly until: number;
};

/**
 * What the line beside the result says about the latest cleared form: it was just cleared, it was restored, it was
 * exchanged with another one, or, after another action, only that another one exists.
 */
export type ClearedFormMessage = 'put' | 'restored' | 'exchange' | 'nothing';

/** Long enough for a customer on the telephone, too short for the next shift. */
const RESTORABLE_MS = 10 * MINUTE_MS;
/** How long the line says that a form was restored. */
const SHOWN_MS = 8 * SECOND_MS;
/** More than anybody clears in ten minutes; limits the memory. */
const CLEARED_FORMS_MAX = 20;

/** Adds a cleared form, the latest first; each form once, with its last content. */
export function addClearedForm(
  clearedForms: readonly ClearedForm[],
  one: ClearedForm,
): readonly ClearedForm[] {
  return [one, ...withoutForm(clearedForms, one.form)].slice(0, CLEARED_FORMS_MAX);
}

/**
 * Returns the cleared forms after restoring the latest. The form in its place goes to the end, so that restoring again
 * and again shows each of them.
 */
export function afterRestoring(
  [, ...others]: readonly ClearedForm[],
  inTheWay: ClearedForm | null,
): readonly ClearedForm[] {
  return inTheWay === null ? others : [...withoutForm(others, inTheWay.form), inTheWay];
}

function withoutForm(
  clearedForms: readonly ClearedForm[],
  { token }: FormDraft,
): readonly ClearedForm[] {
  return clearedForms.filter(({ form }) => form.token !== token);
}

/** Keeps the cleared forms, and the message about the latest. */
export function useClearedForms() {
  const [clearedForms, setClearedForms] = useState<readonly ClearedForm[]>([]);
  const [message, setMessage] = useState<ClearedFormMessage>('nothing');
  useEffect(() => {
    if (clearedForms.length === 0) return undefined;
    const soonest = Math.min(...clearedForms.map(({ until }) => until));
    const timer = setTimeout(
      () => setClearedForms((before) => before.filter(({ until }) => until > soonest)),
      soonest - performance.now(),
    );
    return () => clearTimeout(timer);
  }, [clearedForms]);
  useDelay(message === 'restored' ? SHOWN_MS : null, message, () => setMessage('nothing'));
  const clearedForm = (form: FormDraft, why: ClearedForm['why']): ClearedForm => ({
    why,
    form,
    until: performance.now() + RESTORABLE_MS,
  });
  return {
    /** The form that can be restored; null without one. */
    latest: clearedForms[0] ?? null,
    message,
    /** Another action has followed. */
    outdate: (): void => setMessage('nothing'),
    put: (form: FormDraft, why: ClearedForm['why']): void => {
      setClearedForms((before) => addClearedForm(before, clearedForm(form, why)));
      setMessage('put');
    },
    /** Removes the latest, which is in the form again; `inTheWay` was there before. */
    take: (inTheWay: FormDraft | null): void => {
      const other = inTheWay === null ? null : clearedForm(inTheWay, 'in-the-way');
      setClearedForms((before) => afterRestoring(before, other));
      setMessage(other === null ? 'restored' : 'exchange');
    },
  };
}

export type ClearedForms = ReturnType<typeof useClearedForms>;
