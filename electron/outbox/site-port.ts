import type { Place } from '../../shared/other-desks.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { EpochMs } from '../../shared/time.ts';

/** The question to the site database right before an SMS: may this desk send it now? */
export type ClaimRequest = {
  readonly invitationId: string;
  readonly phone: E164;
  readonly businessId: string;
  readonly staff: string | null;
  readonly queuedAt: EpochMs;
  /** The corrected time of this desk: resend windows count in Partoo's time. */
  readonly now: EpochMs;
  /** Forced: the earlier SMS that the person saw; null when not forced. */
  readonly forced: { readonly seenSentAt: EpochMs | null } | null;
  /** Whether Partoo's own list has just been searched for this number. */
  readonly hasSearched: boolean;
};

/** The answer of the site database. Only `granted` allows the SMS; the claim then lasts until it is settled. */
export type ClaimAnswer =
  | { readonly kind: 'granted' }
  /** The site database may have forgotten a send: search Partoo's list, then claim again. */
  | { readonly kind: 'search-first' }
  /** Another desk is sending to this number now. */
  | { readonly kind: 'busy'; readonly place: Place }
  /** Another desk has sent, or may have sent, to this number in the resend window. */
  | { readonly kind: 'window'; readonly sentAt: EpochMs; readonly place: Place }
  /** The customer is on the organisation's do-not-contact list. */
  | { readonly kind: 'do-not-contact'; readonly since: EpochMs }
  /** Another desk has taken this invitation over. */
  | { readonly kind: 'taken-over'; readonly place: Place }
  /** The customer's data was erased at another desk after the invitation was saved. */
  | { readonly kind: 'erased' }
  /** The organisation's requests of this minute are used up. */
  | { readonly kind: 'rate-limited'; readonly waitMs: number }
  /** This desk's time and the server's differ by more than a day. */
  | { readonly kind: 'clock-wrong' }
  /** The site database refuses a value of this invitation, and would refuse it again. */
  | { readonly kind: 'not-accepted' }
  | { readonly kind: 'no-answer' };

/** What the other desks know about a number. */
export type NumberAtDesks = {
  readonly sent: {
    readonly sentAt: EpochMs;
    readonly proved: boolean;
    readonly staff: string | null;
    readonly place: Place;
  } | null;
  readonly doNotContact: { readonly since: EpochMs; readonly place: Place } | null;
  readonly waits: {
    readonly since: EpochMs;
    readonly place: Place;
    /** When its desk was last seen, if it is silent. */
    readonly silentSince: EpochMs | null;
  } | null;
};

/** The look-up of numbers at the site database, for verdicts. */
export type DeskLookup = {
  /** A recent answer about this number; undefined without one. */
  readonly recall: (phone: E164) => NumberAtDesks | undefined;
  /** Looks numbers up, sixteen at most, unless there is a recent answer. */
  readonly look: (phones: readonly E164[]) => Promise<'known' | 'unavailable'>;
  /** Whether the site database lacks nothing that the organisation knows, so that Partoo need not be searched while typing. */
  readonly isWhole: () => boolean;
};

/** The site database as the outbox uses it. No network or database error makes these throw. */
export type SitePort = {
  /**
   * Claims the right to send one SMS, idempotent by invitation. Records durably on this PC, before the request, that a
   * claim may exist, so that it is settled later whatever happens.
   */
  readonly claim: (request: ClaimRequest) => Promise<ClaimAnswer>;
  /**
   * `apart`: the site database has not been reached for 30 seconds. Then Partoo is searched before every SMS, or
   * nothing is sent where the organisation prefers to wait.
   */
  readonly status: () => 'connected' | 'apart' | 'apart-and-waiting';
  /**
   * Resolves to those of Partoo's ids whose SMS belong to other invitations of the organisation, or may do so. The first of the rest is
   * reserved for this invitation, so that no other desk takes it for its own.
   */
  readonly attributeSms: (
    invitationId: string,
    partooIds: readonly string[],
  ) => Promise<readonly string[] | 'no-answer'>;
  /**
   * Takes capacity in the rate of the organisation, beside this desk's own. The SMS itself takes it with its claim. While the site database
   * does not answer, this desk's own share is enough.
   */
  readonly takeTurns: (
    purpose: 'probe' | 'search' | 'poll',
    requests: number,
  ) => Promise<'go' | { readonly waitMs: number }>;
  /** Partoo asked for a pause: its limit covers the organisation, so every desk keeps it. */
  readonly pauseAll: (forMs: number) => void;
  /**
   * Whether the customer may have said no at another desk, as far as this PC knows without asking: many numbers share a hint.
   */
  readonly mayBeRefused: (phone: E164) => boolean;
  /** Settles claims soon: an attempt has ended, or a granted SMS is not sent after all. */
  readonly settleSoon: () => void;
  /** The customer said no at another desk: adds the number to this PC's list too. */
  readonly onDoNotContact: (phone: E164, since: EpochMs) => void;
};
