import type { DataGap } from '../../shared/data-gap.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { Invitation, State } from '../../shared/invitation.ts';
import type { Place } from '../../shared/other-desks.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Outcome } from '../../shared/attempt.ts';
import type { SavedPause } from './partoo-pause.ts';
import type { Delivery } from './partoo-port.ts';
import type { Decision, Next } from './rules/transitions.ts';

/** A stored invitation with fields that only the outbox needs. */
export type Row = {
  readonly invitation: Invitation;
  /** The token of the form that saved it; the same token is the same decision. */
  readonly token: string;
  /** Attempts begun, counted before their first byte. */
  readonly attempts: number;
  /** Attempts without a known result at Partoo. */
  readonly unclearAttempts: number;
  /** Start of the first of them; a later send in Partoo's list can be this row's. */
  readonly unclearSince: EpochMs | null;
  readonly lastAttemptAt: EpochMs | null;
  /** The send time promised to the person; the age counts from here. */
  readonly promisedAt: EpochMs;
  /** Forced: the earlier SMS that the person saw when they chose to send again. */
  readonly seenSentAt: EpochMs | null;
  /** The business of that SMS; null when unknown. */
  readonly seenBusinessId: string | null;
  /** The start of the resend window, proved or possible. Null: nothing of this row can have reached the customer. */
  readonly sentAt: EpochMs | null;
  /**
   * True for a row from a backup or an older database: a person may have ended it since, so it is never sent
   * automatically.
   */
  readonly onlyByPerson: boolean;
};

/** The record of an attempt. Texts are Partoo's own, cleaned; never a key, a number or a name. */
export type AttemptRecord = {
  readonly endedAt: EpochMs;
  readonly outcome: Outcome;
};

/** The last SMS to a number that this PC knows. */
export type PastSend = {
  readonly sentAt: EpochMs;
  /** Null when unknown. */
  readonly businessId: string | null;
  readonly name: string;
  readonly staff: string | null;
  /** `elsewhere`: known only from Partoo or the site database. */
  readonly from: 'here' | 'elsewhere';
  /** The desk that sent it, where the site database knows it. */
  readonly place: Place | null;
  readonly proved: boolean;
};

/** A state change that applies only while the row is still in state `from`. */
export type Move = {
  readonly id: string;
  readonly from: State;
  readonly decision: Decision;
};

/** The open invitation that a new one replaces, and how it ends. */
export type Replaced = Move;

/** An accepted SMS without a final delivery state. */
export type Undelivered = {
  readonly id: string;
  readonly partooId: string;
  readonly acceptedAt: EpochMs;
  /** Number of delivery polls so far. */
  readonly checksDone: number;
};

export type Insertion =
  | { readonly kind: 'inserted'; readonly row: Row }
  /** Another process has already saved this form. */
  | { readonly kind: 'same-token'; readonly row: Row }
  /** Another unforced invitation to this number is still open. */
  | { readonly kind: 'already-open'; readonly row: Row }
  /** The invitation to replace has changed its state. */
  | { readonly kind: 'not-replaced' };

/**
 * The database of invitations as the outbox uses it. Synchronous: when a call returns, the change is on disk. A call
 * that cannot write throws; nothing is sent then.
 */
export type OutboxStore = {
  /** With `replaced`, saves both changes or neither. */
  readonly insertInvitation: (row: Row, replaced?: Replaced) => Insertion;
  readonly readRow: (id: string) => Row | undefined;
  /** The invitation saved from this form, whatever its state now. */
  readonly findByToken: (token: string) => Row | undefined;
  /** The oldest open invitation to this number, forced or not, except `exceptId`. */
  readonly findOpen: (phone: E164, exceptId: string | null) => Row | undefined;
  /** Over all rows except `exceptId`: a retried row must not block itself. */
  readonly findLastSend: (phone: E164, exceptId: string | null) => PastSend | undefined;
  /** The invitation to this number for this business that Partoo refused last. */
  readonly findRefused: (query: {
    readonly phone: E164;
    readonly businessId: string;
  }) => Row | undefined;
  /** The businesses with a proved or possible SMS after an instant, newest first. */
  readonly listBusinessesSentFor: (query: {
    readonly after: EpochMs;
    readonly limit: number;
  }) => readonly string[];
  /** Since when this PC knows every send: older ones were forgotten or lost. Undefined: all are known. */
  readonly readKnownSince: () => EpochMs | undefined;
  /** When this number was added to the do-not-contact list. */
  readonly findDoNotContact: (phone: E164) => EpochMs | undefined;
  /** Moves held invitations to `waiting`, due now, when their send time has come. */
  readonly releaseHeld: (now: EpochMs) => readonly Invitation[];
  /** The oldest due `waiting` row, to be checked again before the claim. */
  readonly peekNext: (query: {
    readonly now: EpochMs;
    readonly pausedBusinessIds: readonly string[];
    /** The invitation that a person is correcting; null without one. */
    readonly exceptId: string | null;
  }) => Row | undefined;
  /**
   * Moves a `waiting` row to `sending` and records its attempt in one durable step BEFORE the first byte is sent.
   * Until its outcome is known, it counts as sent from now. Undefined: the row is no longer `waiting`.
   */
  readonly claim: (id: string, now: EpochMs) => Row | undefined;
  /**
   * Ends the attempt of a `sending` row; an unclear one is counted in `unclearAttempts`. Undefined: the row is no
   * longer `sending`; nothing was changed.
   */
  readonly recordAttempt: (
    id: string,
    attempt: AttemptRecord,
    decision: Decision<Next<'sending'>>,
  ) => Invitation | undefined;
  /** Moves a row on without an attempt. Undefined: the row is no longer in state `from`; nothing was changed. */
  readonly recordDecision: <From extends State>(
    id: string,
    from: From,
    decision: Decision<Next<From>>,
  ) => Invitation | undefined;
  /** Like `recordDecision` for many rows in one durable step; skips rows that have changed their state. */
  readonly recordDecisions: (moves: readonly Move[]) => readonly Invitation[];
  /** Repairs times after a clock correction: rows dated after `now` are dated now, and wait no longer than intended. */
  readonly fixFutureTimes: (now: EpochMs) => readonly Invitation[];
  /** All open rows in one state, oldest first. */
  readonly listRows: (state: State) => readonly Row[];
  /** The row with this Partoo id; an answer that repeats an id belongs to that row, not to the current request. */
  readonly findByPartooId: (partooId: string) => Row | undefined;
  readonly listOpen: () => readonly Invitation[];
  readonly countOpen: () => number;
  /** Number of open rows that only a person can move on. */
  readonly countDecisions: () => number;
  /** Due time of the next held, waiting or unconfirmed row; undefined without one. */
  readonly nextDueAt: () => EpochMs | undefined;
  /** The accepted SMS that has been due for a delivery poll longest. */
  readonly peekUndelivered: (now: EpochMs) => Undelivered | undefined;
  /** Records the polled delivery state and the time of the next poll; null: no more polls. */
  readonly recordDelivery: (
    id: string,
    news: { readonly delivery: Delivery | null; readonly nextAt: EpochMs | null },
  ) => Invitation | undefined;
  /** Postpones the next poll; a poll without an answer does not count. */
  readonly postponeDelivery: (id: string, nextAt: EpochMs) => void;
  readonly nextDeliveryAt: () => EpochMs | undefined;
  /** The latest time that this PC has seen; undefined at the very first start. */
  readonly readHighestInstant: () => EpochMs | undefined;
  readonly keepHighestInstant: (at: EpochMs) => void;
  /** The last pause that Partoo asked for; undefined without one. */
  readonly readPause: () => SavedPause | undefined;
  readonly keepPause: (pause: SavedPause) => void;
  /** The last data gap of this database; undefined without one. */
  readonly readGap: () => DataGap | undefined;
  /** Ends a data gap that was dated by this PC's clock at `now`, once Partoo has confirmed the time. */
  readonly dateGap: (now: EpochMs) => void;
};
