import type { E164 } from '../../shared/phone.ts';
import type { Invitation, Progress, State } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Outcome } from './outcome.ts';

/** A stored invitation with what only the outbox needs to know of it. */
export type Row = {
  readonly invitation: Invitation;
  /** The form that made it; the same token is the same decision. */
  readonly token: string;
  /** Attempts begun, counted before their first byte. */
  readonly attempts: number;
  /** Attempts of which it is not known whether Partoo carried them out. */
  readonly unclearAttempts: number;
  /** When the first of them began; a send that Partoo shows from then on can be ours. */
  readonly unclearSince: EpochMs | null;
  readonly lastAttemptAt: EpochMs | null;
  /** Forced: the earlier SMS that the person was shown when they chose to send again. */
  readonly seenSentAt: EpochMs | null;
  /** From when the window counts: proved or possible. Null: nothing of this row can have reached the customer. */
  readonly sentAt: EpochMs | null;
};

/** What `decide` makes of an attempt: the next state and what follows from it. */
export type Decision = {
  readonly progress: Progress;
  readonly sentAt: EpochMs | null;
  readonly partooId: string | null;
};

/** What is kept of an attempt. Text is Partoo's own, cleaned; never a key, a number or a name. */
export type AttemptRecord = {
  readonly endedAt: EpochMs;
  readonly outcome: Outcome;
};

/** The last SMS to a number that this PC knows of. */
export type PastSend = {
  readonly sentAt: EpochMs;
  readonly name: string;
  readonly staff: string | null;
  readonly proved: boolean;
};

export type Insertion =
  | { readonly kind: 'inserted'; readonly row: Row }
  /** This form was saved before, by another process. */
  | { readonly kind: 'same-token'; readonly row: Row }
  /** Another unforced invitation to this number is still open. */
  | { readonly kind: 'already-open'; readonly row: Row };

/**
 * The log of invitations as the outbox uses it. Synchronous: when a verb returns, the change is on disk.
 * A verb that cannot write throws; nothing is sent then.
 */
export type OutboxStore = {
  readonly insertInvitation: (row: Row) => Insertion;
  readonly readRow: (id: string) => Row | undefined;
  /** The invitation that this form made, whatever became of it since. */
  readonly findByToken: (token: string) => Row | undefined;
  /** The oldest open invitation to this number, forced or not. */
  readonly findOpen: (phone: E164) => Row | undefined;
  /** Over all rows but `exceptId`: a row that is tried again must not be stopped by itself. */
  readonly findLastSend: (phone: E164, exceptId: string | null) => PastSend | undefined;
  /** When a person asked that this number never be invited. */
  readonly findDoNotContact: (phone: E164) => EpochMs | undefined;
  /** Held invitations whose time has come become `waiting`, due now. */
  readonly releaseHeld: (now: EpochMs) => readonly Invitation[];
  /** The oldest due `waiting` row, to be looked at once more before it is claimed. */
  readonly peekNext: (query: {
    readonly now: EpochMs;
    readonly pausedBusinessIds: readonly string[];
  }) => Row | undefined;
  /**
   * A `waiting` row becomes `sending` and its attempt is recorded, in one durable step BEFORE the first byte leaves.
   * Until its outcome is known it counts as sent from now. Undefined: the row is no longer `waiting`.
   */
  readonly claim: (id: string, now: EpochMs) => Row | undefined;
  /** Ends the attempt of a `sending` row; an unclear one is counted in `unclearAttempts`. Undefined: the row is no longer `sending`; nothing was changed. */
  readonly recordAttempt: (
    id: string,
    attempt: AttemptRecord,
    decision: Decision,
  ) => Invitation | undefined;
  /** Moves a row on without an attempt, only from one of the `from` states. */
  readonly recordDecision: (
    id: string,
    from: readonly State[],
    decision: Decision,
  ) => Invitation | undefined;
  /** All open rows in one state, oldest first. */
  readonly listRows: (state: State) => readonly Row[];
  /** The row that Partoo gave this id to; an answer that repeats an id is not about the row it came for. */
  readonly findByPartooId: (partooId: string) => Row | undefined;
  readonly listOpen: () => readonly Invitation[];
  readonly countOpen: () => number;
  /** When the next held, waiting or unconfirmed row wants attention; undefined when none does. */
  readonly nextDueAt: () => EpochMs | undefined;
};
