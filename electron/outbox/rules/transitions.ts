import type { Progress, State } from '../../../shared/invitation.ts';
import type { EpochMs } from '../../../shared/time.ts';

/**
 * The allowed transitions between states. The types below derive from this table, and a database trigger refuses
 * every other step.
 */
export const NEXT = {
  held: ['held', 'waiting', 'cancelled', 'maybe_sent'],
  // Accepted: Partoo's list proves that an earlier attempt arrived.
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
  // Delivery polls still update an accepted row; it stays accepted.
  accepted: ['accepted'],
  // Only while the reason could not be searched.
  refused: ['refused', 'needs_decision'],
  maybe_sent: ['maybe_sent'],
  cancelled: ['cancelled'],
  expired: ['expired'],
} as const satisfies Record<State, readonly State[]>;

export type ProgressOf<S extends State> = Extract<Progress, { readonly state: S }>;

/** The states that a decision can enter; only a claim enters `sending`. */
type Enterable = ProgressOf<Exclude<State, 'sending'>>;

/** The states that may follow these states. */
export type Next<From extends State> = ProgressOf<Exclude<(typeof NEXT)[From][number], 'sending'>>;

/** The next progress of a row, with its consequences. */
export type Decision<To extends Enterable = Enterable> = {
  readonly progress: To;
  /** The start of the resend window, proved or possible. Null: nothing of this row can have reached the customer. */
  readonly sentAt: EpochMs | null;
  readonly partooId: string | null;
  /** When to poll for delivery first; null: no poll is possible or needed. */
  readonly deliveryDueAt: EpochMs | null;
  /** The new promised send time; omitted while the earlier one holds. */
  readonly promisedAt?: EpochMs;
};
