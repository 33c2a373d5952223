import type { E164 } from '../../shared/phone/e164.ts';
import { MINUTE_MS, type Clock, type EpochMs } from '../../shared/time.ts';
import type { Store } from '../store/store.ts';

/** Far longer than a slip of the finger can be taken back on the screen. */
const SLIP_MS = 10 * MINUTE_MS;

/** What a person can still have before their eyes. */
const SLIPS_MAX = 10;

export type OptOut = {
  /** The customer said no. `isNew` is false when that was known; the first time that it was said stays. */
  readonly add: (entry: { readonly phone: E164; readonly staff: string | null }) => {
    readonly since: EpochMs;
    readonly isNew: boolean;
  };
  /** Takes back what was added by a slip of the finger just now; nothing else can be. */
  readonly undo: (entry: { readonly phone: E164; readonly since: EpochMs }) => void;
};

/** How the desk puts a number on the list of those who want no SMS. Only a manager takes one off it. */
export function createOptOut(parts: {
  readonly clock: Pick<Clock, 'now' | 'elapsedMs'>;
  readonly store: Pick<Store, 'findDoNotContact' | 'addDoNotContact' | 'undoAddDoNotContact'>;
  /** Somebody is new on the list. */
  readonly onAdded: () => void;
}): OptOut {
  const { clock, store } = parts;
  let slips: readonly { readonly phone: E164; readonly since: EpochMs; readonly at: number }[] = [];
  return {
    add: ({ phone, staff }) => {
      const known = store.findDoNotContact(phone);
      if (known !== undefined) return { since: known, isNew: false };
      const since = clock.now();
      store.addDoNotContact({ phone, since, staff });
      const at = clock.elapsedMs();
      slips = [...slips, { phone, since, at }].slice(-SLIPS_MAX);
      parts.onAdded();
      return { since, isNew: true };
    },
    // SECURITY: the page learns of every entry since when it stands; what a manager keeps is not undone with that.
    undo: ({ phone, since }) => {
      const isSlip = slips.some(
        (slip) =>
          slip.phone === phone && slip.since === since && clock.elapsedMs() - slip.at < SLIP_MS,
      );
      if (isSlip) store.undoAddDoNotContact({ phone, since });
    },
  };
}
