import type { DeskReport, OtherDeskList, SiteStatus } from '../../shared/other-desks.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { Verdict } from '../../shared/verdict.ts';

/** What became of taking over an invitation of another desk. */
export type TakenOver =
  | { readonly kind: 'taken-over'; readonly invitation: Invitation }
  /** The verdict on the number forbids it here. */
  | { readonly kind: 'not-allowed'; readonly verdict: Verdict }
  /** It has ended, or another desk has taken it over. */
  | { readonly kind: 'too-late' }
  | {
      readonly kind: 'refused';
      readonly why: 'awake' | 'in-doubt' | 'unreadable' | 'unavailable' | 'consent';
    };

/** The other desks of the organisation, as the page sees them. */
export type OtherDesks = {
  readonly status: () => SiteStatus;
  /** The invitations that wait at the other desks of this site. */
  readonly listOpen: () => Promise<OtherDeskList>;
  /** Makes an invitation of a silent desk of this site one of this desk. */
  readonly takeOver: (id: string) => Promise<TakenOver>;
  /** Undefined when the site database cannot be asked now. */
  readonly readReport: () => Promise<DeskReport | undefined>;
};

/** A desk that shares nothing. */
export const ALONE: OtherDesks = {
  status: () => ({ kind: 'alone' }),
  listOpen: async () => ({ kind: 'unavailable' }),
  takeOver: async () => ({ kind: 'refused', why: 'unavailable' }),
  readReport: async () => undefined,
};
