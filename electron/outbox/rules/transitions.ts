import type { Progress, State } from '../../../shared/invitation.ts';
import type { EpochMs } from '../../../shared/time.ts';

/**
 * The life of an invitation: from which state it may go into which. The types below are read off this table, and the
 * database refuses every other step by a trigger.
 */
export const NEXT = {
  held: ['held', 'waiting', 'cancelled', 'maybe_sent'],
  // Accepted: Partoo's list shows that an earlier attempt has arrived.
  waiting: ['held', 'waiting', 'sending', 'needs_decision', 'accepted', 'maybe_sent', 'cancelled'],
  sending: ['waiting', 'unconfirmed', 'needs_decision', 'accepted', 'refused', 'maybe_sent'],
  unconfirmed: ['waiting', 'unconfirmed', 'needs_decision', 'accepted', 'maybe_sent'],
  needs_decision: [
    'unconfirmed',
    'needs_decision',
    'accepted',
    'maybe_sent',
    'cancelled',
    'expired',
  ],
  // What became of an accepted one is still learned; it stays accepted.
  accepted: ['accepted'],
  // Only while Partoo could not be asked why.
  refused: ['refused', 'needs_decision'],
  maybe_sent: ['maybe_sent'],
  cancelled: ['cancelled'],
  expired: ['expired'],
} as const satisfies Record<State, readonly State[]>;

export type ProgressOf<S extends State> = Extract<Progress, { readonly state: S }>;

/** What a decision can lead to: `sending` is begun by a claim alone. */
type Enterable = ProgressOf<Exclude<State, 'sending'>>;

/** What may follow one of these states. */
export type Next<From extends State> = ProgressOf<Exclude<(typeof NEXT)[From][number], 'sending'>>;

/** What becomes of a row: the next progress and what follows from it. */
export type Decision<To extends Enterable = Enterable> = {
  readonly progress: To;
  /** From when the window counts: proved or possible. Null: nothing of this row can have reached the customer. */
  readonly sentAt: EpochMs | null;
  readonly partooId: string | null;
  /** When Partoo is asked for the first time what became of the SMS; null: it cannot be asked, or need not. */
  readonly deliveryDueAt: EpochMs | null;
  /** When it is to be sent from now on; left out while the person's last word on that holds. */
  readonly promisedAt?: EpochMs;
};
