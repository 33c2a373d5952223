import type { E164 } from '../../shared/phone/e164.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { NotSentCause, Outcome, UnclearCause } from './outcome.ts';

/** The bytes of one decision. Built once from the stored row, so that a repeat is the same request. */
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

/** A listed SMS with the time at which it was sent. */
export type DatedSend = KnownSend & { readonly sentAt: EpochMs };

/** Why a question to Partoo has no answer. Reading is harmless, so all that counts is what to tell the person. */
export type ApiError =
  | { readonly kind: 'unreachable'; readonly cause: NotSentCause | UnclearCause }
  | { readonly kind: 'key-refused'; readonly text: string }
  | { readonly kind: 'no-access'; readonly text: string }
  | { readonly kind: 'busy'; readonly pauseMs: number }
  | { readonly kind: 'refused'; readonly status: number; readonly text: string };

/** A read answer. `serverTime` is Partoo's `Date` header, when there was one: the only honest clock. */
export type PartooAnswer<T> =
  | { readonly ok: true; readonly value: T; readonly serverTime: EpochMs | undefined }
  | { readonly ok: false; readonly trouble: ApiError; readonly serverTime: EpochMs | undefined };

/**
 * The answer to a search. Only a complete list shows that there was no SMS. When a part of it could not be had, `shown`
 * holds what the other parts list: those sends close the window and prove what they prove.
 */
export type SendsAnswer =
  | Extract<PartooAnswer<readonly KnownSend[]>, { readonly ok: true }>
  | (Extract<PartooAnswer<never>, { readonly ok: false }> & {
      readonly shown?: readonly KnownSend[];
    });

export type Delivery =
  'created' | 'sent' | 'delivered' | 'failed_send' | 'failed_delivery' | 'unknown';

export type PartooBusiness = { readonly id: string; readonly name: string };

/** A business as Partoo's search shows it. `isOnGoogle` is undefined where Partoo does not say. */
export type FoundBusiness = PartooBusiness & { readonly isOnGoogle: boolean | undefined };

export type Me = { readonly id: string; readonly name: string; readonly role: string };

/** What the rest of Deskbell may ask of Partoo. Nothing here throws for anything a network or a vendor can do. */
export type Partoo = {
  readonly send: (request: SendRequest) => Promise<Outcome>;
  /** Sends to this number for this business not before `after`, undated ones first, then the newest; in both phone forms. */
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
   * The gate before a flush: one GET on a fresh connection that answered in Partoo's shape, be it with an error.
   * It proves name, route, certificate and that no portal is in between.
   */
  readonly checkReachable: () => Promise<PartooAnswer<'reachable'>>;
  readonly close: () => Promise<void>;
};
