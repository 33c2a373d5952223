import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Prefill } from '../../shared/system-settings.ts';
import { useIpc, useEvent } from '../ipc/use-ipc.ts';

export type Customer = Extract<Prefill, { readonly kind: 'customer' }>;

/** What is said about the latest handover. `filled` holds for the form of that token. */
export type PrefillOffer =
  | { readonly kind: 'filled'; readonly from: Customer['from']; readonly token: string }
  | { readonly kind: 'offered'; readonly customer: Customer }
  | { readonly kind: 'refused' };

export type PrefillForm = {
  /** Whether the number can be read already. */
  readonly isReady: boolean;
  readonly isEmpty: boolean;
  /** Fills the form, which is emptied first, and returns its token. */
  readonly fill: (customer: Customer) => string;
  /** Somebody wants the form: the cursor goes where typing begins. */
  readonly attend: () => void;
};

export type PrefillState = ReturnType<typeof usePrefill>;

/** An Enter that was meant for the screen before must not send what has just appeared. */
const LOOK_FIRST_MS = 1_000;

/**
 * What a booking system or the hot-key hands to the form. An empty form is filled and never sent; where something is
 * typed it stays, and the customer is offered.
 */
export function usePrefill(form: PrefillForm) {
  const desk = useIpc();
  const [arrived, setArrived] = useState<Prefill | null>(null);
  const [note, setNote] = useState<PrefillOffer | null>(null);
  // Of the page's own clock: that of the PC may be set back meanwhile.
  const filledAt = useRef(Number.NEGATIVE_INFINITY);

  const take = useCallback(async () => {
    const taken = await desk.call('handover.take', {});
    if (taken.ok && taken.value !== null) setArrived(taken.value);
  }, [desk]);
  useEvent('handover.arrived', () => {
    // Whoever is typing goes on where they are.
    if (form.isEmpty) form.attend();
    void take();
  });
  useEffect(() => void take(), [take]);

  const fill = (customer: Customer): void => {
    filledAt.current = performance.now();
    setNote({ kind: 'filled', from: customer.from, token: form.fill(customer) });
  };
  const receive = useEffectEvent((handover: Prefill) => {
    setArrived(null);
    if (handover.kind === 'refused') setNote({ kind: 'refused' });
    else if (form.isEmpty) fill(handover);
    else setNote({ kind: 'offered', customer: handover });
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
    /** False for a moment after the form was filled by something else than fingers. */
    maySend: (): boolean => performance.now() - filledAt.current > LOOK_FIRST_MS,
  };
}
