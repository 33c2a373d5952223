import { useEffect, useState } from 'react';
import type { FormDraft } from '../../shared/form-draft.ts';
import { MINUTE_MS } from '../../shared/time.ts';

/** A form that gave way and can be brought back until then, by the page's own clock in milliseconds. */
export type ClearedForm = {
  readonly why: 'left-alone' | 'cleared' | 'in-the-way' | 'taken-back';
  readonly form: FormDraft;
  readonly until: number;
};

/**
 * What the line beside the result tells of the latest form that gave way: that it was put aside just now, that it changed
 * places with another one, or, once something else was done, only that it is there.
 */
export type AsideTells = 'put' | 'exchange' | 'nothing';

/** Long enough for a customer on the telephone, and not for the next shift. */
const BROUGHT_BACK_MS = 10 * MINUTE_MS;
/** More than anybody clears in ten minutes; it bounds the memory. */
const ASIDES_MAX = 20;

/** The forms that gave way, the latest first; each form once, as it stood there last. */
export function addClearedForm(
  asides: readonly ClearedForm[],
  one: ClearedForm,
): readonly ClearedForm[] {
  return [one, ...withoutForm(asides, one.form)].slice(0, ASIDES_MAX);
}

/**
 * What is left when the latest form is brought back. The form that stood in its place goes to the end, so that bringing
 * back again and again shows each of them.
 */
export function afterBringingBack(
  [, ...others]: readonly ClearedForm[],
  inTheWay: ClearedForm | null,
): readonly ClearedForm[] {
  return inTheWay === null ? others : [...withoutForm(others, inTheWay.form), inTheWay];
}

function withoutForm(asides: readonly ClearedForm[], { token }: FormDraft): readonly ClearedForm[] {
  return asides.filter(({ form }) => form.token !== token);
}

/** Keeps the forms that gave way, and what is to be told of the latest. */
export function useClearedForms() {
  const [asides, setAsides] = useState<readonly ClearedForm[]>([]);
  const [tells, setTells] = useState<AsideTells>('nothing');
  useEffect(() => {
    if (asides.length === 0) return undefined;
    const soonest = Math.min(...asides.map(({ until }) => until));
    const timer = setTimeout(
      () => setAsides((before) => before.filter(({ until }) => until > soonest)),
      soonest - performance.now(),
    );
    return () => clearTimeout(timer);
  }, [asides]);
  const aside = (form: FormDraft, why: ClearedForm['why']): ClearedForm => ({
    why,
    form,
    until: performance.now() + BROUGHT_BACK_MS,
  });
  return {
    /** The one that can be brought back; null while there is none. */
    latest: asides[0] ?? null,
    tells,
    /** Something else was done since. */
    outdate: (): void => setTells('nothing'),
    put: (form: FormDraft, why: ClearedForm['why']): void => {
      setAsides((before) => addClearedForm(before, aside(form, why)));
      setTells('put');
    },
    /** The latest one is in the form again; `inTheWay` stood there. */
    take: (inTheWay: FormDraft | null): void => {
      const other = inTheWay === null ? null : aside(inTheWay, 'in-the-way');
      setAsides((before) => afterBringingBack(before, other));
      setTells(other === null ? 'nothing' : 'exchange');
    },
  };
}

export type ClearedForms = ReturnType<typeof useClearedForms>;
