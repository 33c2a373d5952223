import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Prefill } from '../../shared/prefill.ts';
import { useIpc, useEvent } from '../ipc/use-ipc.ts';

export type Customer = Extract<Prefill, { readonly kind: 'customer' }>;

/** The message about the latest prefill. `filled` belongs to the form with that token. */
export type PrefillOffer =
  | { readonly kind: 'filled'; readonly from: Customer['from']; readonly token: string }
  | { readonly kind: 'offered'; readonly customer: Customer }
  | { readonly kind: 'refused' };

export type PrefillForm = {
  /** Whether the number can be parsed already. */
  readonly isReady: boolean;
  readonly isEmpty: boolean;
  /** Fills the form after clearing it, and returns its token. */
  readonly fill: (customer: Customer) => string;
  /** The form was requested: moves the cursor to the next field to fill in. */
  readonly attend: () => void;
};

export type PrefillState = ReturnType<typeof usePrefill>;

/** An Enter meant for the previous screen must not send a form that has just appeared. */
const LOOK_FIRST_MS = 1_000;

/**
 * Handles prefills from a booking system or the hot-key. Fills an empty form and never sends it; a form with content
 * stays, and the prefill is offered.
 */
export function usePrefill(form: PrefillForm) {
  const ipc = useIpc();
  const [arrived, setArrived] = useState<Prefill | null>(null);
  const [note, setNote] = useState<PrefillOffer | null>(null);
  // By the page's own clock, because the PC's may be set back.
  const filledAt = useRef(Number.NEGATIVE_INFINITY);

  const take = useCallback(async () => {
    const taken = await ipc.call('prefill.take', {});
    if (taken.ok && taken.value !== null) setArrived(taken.value);
  }, [ipc]);
  useEvent('prefill.arrived', () => {
    // Do not interrupt typing.
    if (form.isEmpty) form.attend();
    void take();
  });
  useEffect(() => void take(), [take]);

  const fill = (customer: Customer): void => {
    filledAt.current = performance.now();
    setNote({ kind: 'filled', from: customer.from, token: form.fill(customer) });
  };
  const receive = useEffectEvent((prefill: Prefill) => {
    setArrived(null);
    if (prefill.kind === 'refused') setNote({ kind: 'refused' });
    else if (form.isEmpty) fill(prefill);
    else setNote({ kind: 'offered', customer: prefill });
  });
  useEffect(() => {
    if (arrived !== null && form.isReady) receive(arrived);
  }, [arrived, form.isReady]);

  return {
    note,
    accept: (customer: Customer): void => {
      fill(customer);
      form.attend();
    },
    dismiss: (): void => {
      setNote(null);
      form.attend();
    },
    /** False for a moment after a prefill. */
    maySend: (): boolean => performance.now() - filledAt.current > LOOK_FIRST_MS,
  };
}
