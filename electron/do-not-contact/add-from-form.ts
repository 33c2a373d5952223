import type { E164 } from '../../shared/phone/e164.ts';
import { MINUTE_MS, type Clock, type EpochMs } from '../../shared/time.ts';
import type { Store } from '../store/store.ts';

/** Far longer than the screen offers to undo the entry. */
const SLIP_MS = 10 * MINUTE_MS;

/** As many entries as the screen can still show. */
const SLIPS_MAX = 10;

export type OptOut = {
  /**
   * Adds a number after the customer's refusal. `isNew` is false when it is already listed; the first date stays.
   * `ended`: how many unsent invitations ended with it.
   */
  readonly add: (entry: { readonly phone: E164; readonly staff: string | null }) => {
    readonly since: EpochMs;
    readonly isNew: boolean;
    readonly ended: number;
  };
  /** Removes an entry that was added by mistake a moment ago; no other entry. */
  readonly undo: (entry: { readonly phone: E164; readonly since: EpochMs }) => void;
};

/** Lets the desk add numbers to the do-not-contact list. Only a manager removes them. */
export function createOptOut(parts: {
  readonly clock: Pick<Clock, 'now' | 'elapsedMs'>;
  readonly store: Pick<Store, 'findDoNotContact' | 'addDoNotContact' | 'undoAddDoNotContact'>;
  /** Called when a number is new on the list. */
  readonly onAdded: () => void;
  /** Called when an entry was withdrawn. */
  readonly onRemoved: (phone: E164) => void;
  /** Ends the unsent invitations of all numbers on the list, and counts them. */
  readonly endUnwanted: () => number;
}): OptOut {
  const { clock, store } = parts;
  let slips: readonly { readonly phone: E164; readonly since: EpochMs; readonly at: number }[] = [];
  return {
    add: ({ phone, staff }) => {
      const known = store.findDoNotContact(phone);
      if (known !== undefined) return { since: known, isNew: false, ended: parts.endUnwanted() };
      const since = clock.now();
      store.addDoNotContact({ phone, since, staff });
      const at = clock.elapsedMs();
      slips = [...slips, { phone, since, at }].slice(-SLIPS_MAX);
      parts.onAdded();
      return { since, isNew: true, ended: parts.endUnwanted() };
    },
    // SECURITY: the page knows the date of every entry; that must not let it remove the entries of a manager.
    undo: ({ phone, since }) => {
      const isSlip = slips.some(
        (slip) =>
          slip.phone === phone && slip.since === since && clock.elapsedMs() - slip.at < SLIP_MS,
      );
      if (!isSlip) return;
      store.undoAddDoNotContact({ phone, since });
      if (store.findDoNotContact(phone) === undefined) parts.onRemoved(phone);
    },
  };
}
