import type { DataGap } from '../../shared/data-gap.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { Invitation, State } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Outcome } from './outcome.ts';
import type { SavedPause } from './partoo-pause.ts';
import type { Delivery } from './partoo-port.ts';
import type { Decision, Next } from './rules/transitions.ts';

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
  /** When it was to be sent, as the person was told; its age counts from here. */
  readonly promisedAt: EpochMs;
  /** Forced: the earlier SMS that the person was shown when they chose to send again. */
  readonly seenSentAt: EpochMs | null;
  /** The business of that SMS; null where it is not known. */
  readonly seenBusinessId: string | null;
  /** From when the window counts: proved or possible. Null: nothing of this row can have reached the customer. */
  readonly sentAt: EpochMs | null;
  /** It comes from a backup or an older log, and a person may have ended it since: it is never sent by itself. */
  readonly onlyByPerson: boolean;
};

/** What is kept of an attempt. Text is Partoo's own, cleaned; never a key, a number or a name. */
export type AttemptRecord = {
  readonly endedAt: EpochMs;
  readonly outcome: Outcome;
};

/** The last SMS to a number that this PC knows of. */
export type PastSend = {
  readonly sentAt: EpochMs;
  /** Null where it is not known. */
  readonly businessId: string | null;
  readonly name: string;
  readonly staff: string | null;
  /** `elsewhere`: known from Partoo alone. */
  readonly from: 'here' | 'elsewhere';
  readonly proved: boolean;
};

/** A row that moves on from the state in which it was read. */
export type Move = {
  readonly id: string;
  readonly from: State;
  readonly decision: Decision;
};

/** The open invitation that a new one takes the place of, and how it ends. */
export type Replaced = Move;

/** An accepted SMS of which it is not known what became. */
export type Undelivered = {
  readonly id: string;
  readonly partooId: string;
  readonly acceptedAt: EpochMs;
  /** How often Partoo has been asked. */
  readonly checksDone: number;
};

export type Insertion =
  | { readonly kind: 'inserted'; readonly row: Row }
  /** This form was saved before, by another process. */
  | { readonly kind: 'same-token'; readonly row: Row }
  /** Another unforced invitation to this number is still open. */
  | { readonly kind: 'already-open'; readonly row: Row }
  /** The one that it was to replace has gone on meanwhile. */
  | { readonly kind: 'not-replaced' };

/**
 * The log of invitations as the outbox uses it. Synchronous: when a verb returns, the change is on disk.
 * A verb that cannot write throws; nothing is sent then.
 */
export type OutboxStore = {
  /** With `replaced`, both happen or neither. */
  readonly insertInvitation: (row: Row, replaced?: Replaced) => Insertion;
  readonly readRow: (id: string) => Row | undefined;
  /** The invitation that this form made, whatever became of it since. */
  readonly findByToken: (token: string) => Row | undefined;
  /** The oldest open invitation to this number, forced or not, but for `exceptId`. */
  readonly findOpen: (phone: E164, exceptId: string | null) => Row | undefined;
  /** Over all rows but `exceptId`: a row that is tried again must not be stopped by itself. */
  readonly findLastSend: (phone: E164, exceptId: string | null) => PastSend | undefined;
  /** The invitation to this number for this business that Partoo refused last. */
  readonly findRefused: (query: {
    readonly phone: E164;
    readonly businessId: string;
  }) => Row | undefined;
  /** The businesses whose customers got, or may have got, an SMS after an instant; the newest first. */
  readonly listBusinessesSentFor: (query: {
    readonly after: EpochMs;
    readonly limit: number;
  }) => readonly string[];
  /** From when on every send of this PC is known: older ones were forgotten, or lost. Undefined: all are known. */
  readonly readKnownSince: () => EpochMs | undefined;
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
    decision: Decision<Next<'sending'>>,
  ) => Invitation | undefined;
  /** Moves a row on without an attempt. Undefined: it is no longer in the state `from`; nothing was changed. */
  readonly recordDecision: <From extends State>(
    id: string,
    from: From,
    decision: Decision<Next<From>>,
  ) => Invitation | undefined;
  /** As `recordDecision`, many in one durable step; those that have gone on meanwhile are left out. */
  readonly recordDecisions: (moves: readonly Move[]) => readonly Invitation[];
  /** The time was wrong: whatever is dated after `now` happened by now, and waits no longer than it was to. */
  readonly mendTimes: (now: EpochMs) => readonly Invitation[];
  /** All open rows in one state, oldest first. */
  readonly listRows: (state: State) => readonly Row[];
  /** The row that Partoo gave this id to; an answer that repeats an id is not about the row it came for. */
  readonly findByPartooId: (partooId: string) => Row | undefined;
  readonly listOpen: () => readonly Invitation[];
  readonly countOpen: () => number;
  /** Those of them that only a person can move on. */
  readonly countDecisions: () => number;
  /** When the next held, waiting or unconfirmed row wants attention; undefined when none does. */
  readonly nextDueAt: () => EpochMs | undefined;
  /** The accepted SMS that Partoo is to be asked about by now, the one that has waited longest. */
  readonly peekUndelivered: (now: EpochMs) => Undelivered | undefined;
  /** What Partoo said of it, and when it is asked again; null: never. */
  readonly recordDelivery: (
    id: string,
    news: { readonly delivery: Delivery | null; readonly nextAt: EpochMs | null },
  ) => Invitation | undefined;
  /** It is asked about later; the look that had no answer does not count. */
  readonly postponeDelivery: (id: string, nextAt: EpochMs) => void;
  readonly nextDeliveryAt: () => EpochMs | undefined;
  /** The highest instant that this PC has ever seen; undefined at the very first start. */
  readonly readHighestInstant: () => EpochMs | undefined;
  readonly keepHighestInstant: (at: EpochMs) => void;
  /** The pause that Partoo asked for last; undefined: none is known. */
  readonly readPause: () => SavedPause | undefined;
  readonly keepPause: (pause: SavedPause) => void;
  /** The last time of which this log does not know what was sent; undefined: none. */
  readonly readGap: () => DataGap | undefined;
  /** Partoo has told the time: a gap that was dated by the clock of this PC ends now. */
  readonly dateGap: (now: EpochMs) => void;
};
