import type { E164 } from '../../shared/phone/e164.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { NotSentCause, Outcome, UnclearCause } from '../../shared/attempt.ts';

/** The fields of one send request. Built from the stored row, so that a repeat is the same request. */
export type SendRequest = {
  readonly businessId: string;
  readonly phone: E164;
  readonly name: string;
  /** Custom text with `@link`, already transliterated; null uses the template of the key's user. */
  readonly content: string | null;
  readonly force: 'True' | 'False';
};

/** One SMS that Partoo lists. */
export type KnownSend = {
  readonly id: string;
  /** Null: listed without a time. It may be sent any moment, so it counts as sent now; it proves nothing. */
  readonly sentAt: EpochMs | null;
  readonly by: string;
};

/** A listed SMS with a send time. */
export type DatedSend = KnownSend & { readonly sentAt: EpochMs };

/** Why a request to Partoo has no answer. Reading is harmless, so only the message to the person matters. */
export type ApiError =
  | { readonly kind: 'unreachable'; readonly cause: NotSentCause | UnclearCause }
  | { readonly kind: 'key-refused'; readonly text: string }
  | { readonly kind: 'no-access'; readonly text: string }
  | { readonly kind: 'busy'; readonly pauseMs: number }
  | { readonly kind: 'refused'; readonly status: number; readonly text: string };

/**
 * The answer to a read request. `serverTime`: Partoo's `Date` header, if there was one; it is the only trusted time.
 */
export type PartooAnswer<T> =
  | { readonly ok: true; readonly value: T; readonly serverTime: EpochMs | undefined }
  | { readonly ok: false; readonly trouble: ApiError; readonly serverTime: EpochMs | undefined };

/**
 * The answer to a search. Only a complete list proves that there was no SMS. When a part is missing, `shown` holds
 * the rest: those sends still close the resend window and serve as proof.
 */
export type SendsAnswer =
  | Extract<PartooAnswer<readonly KnownSend[]>, { readonly ok: true }>
  | (Extract<PartooAnswer<never>, { readonly ok: false }> & {
      readonly shown?: readonly KnownSend[];
    });

export type Delivery =
  'created' | 'sent' | 'delivered' | 'failed_send' | 'failed_delivery' | 'unknown';

export type PartooBusiness = { readonly id: string; readonly name: string };

/** A business in Partoo's search. `isOnGoogle` is undefined when Partoo does not say. */
export type FoundBusiness = PartooBusiness & { readonly isOnGoogle: boolean | undefined };

export type Me = { readonly id: string; readonly name: string; readonly role: string };

/** The requests to Partoo that the rest of Deskbell may make. No network or vendor error makes them throw. */
export type Partoo = {
  /** `mayStart` is asked right before the first byte; when it says no, the request is not sent. */
  readonly send: (request: SendRequest, mayStart?: () => boolean) => Promise<Outcome>;
  /**
   * Finds sends to this number (in both forms) for this business not before `after`, undated ones first, then the
   * newest.
   */
  readonly search: (query: {
    readonly businessId: string;
    readonly phone: E164;
    readonly after: EpochMs;
  }) => Promise<SendsAnswer>;
  readonly checkDelivery: (partooId: string) => Promise<PartooAnswer<Delivery>>;
  /** One page (from 1) of the businesses that the key can see: all, or those with Review Booster. */
  readonly searchBusinesses: (query: {
    readonly text: string;
    readonly page: number;
    readonly among: 'inviting' | 'all';
  }) => Promise<
    PartooAnswer<{ readonly businesses: readonly FoundBusiness[]; readonly pages: number }>
  >;
  readonly checkKey: () => Promise<PartooAnswer<Me>>;
  /**
   * Sends the probe before a flush: one GET on a fresh connection. An answer in Partoo's shape, even an error, proves
   * name, route and certificate, and that no portal is in between.
   */
  readonly checkReachable: () => Promise<PartooAnswer<'reachable'>>;
  readonly close: () => Promise<void>;
};
