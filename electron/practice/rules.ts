import { DAY_MS, SECOND_MS } from '../../shared/time.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { PracticeBusiness } from './seeds.ts';
import type { PracticeInvitation, PracticeState } from './state.ts';

/** What Partoo does not document, or what differs between organisations: how this simulator decides it. */
export type PracticeRules = {
  readonly businesses: readonly PracticeBusiness[];
  /** Which form of a number `search-invitation` finds. The vendor's page shows a national one. */
  readonly matches: 'national' | 'e164' | 'both';
  /** Whether the 10 days count for a number everywhere, as the page reads, or for each business. */
  readonly windowScope: 'organisation' | 'business';
  /** How long after a send `search-invitation` begins to show it. */
  readonly searchLagMs: number;
  /** Invitations in 30 days. */
  readonly monthlyQuota: number;
  readonly requestsPerMinute: number;
};

export const DEFAULT_RULES: Omit<PracticeRules, 'businesses'> = {
  matches: 'national',
  windowScope: 'organisation',
  searchLagMs: 0,
  monthlyQuota: Number.POSITIVE_INFINITY,
  requestsPerMinute: 300,
};

/** The vendor's own words; kept apart from Deskbell's rule of the same length, so that each can prove the other. */
const COOLDOWN_MS = 10 * DAY_MS;
const QUOTA_MS = 30 * DAY_MS;

/** Whether an unforced SMS to `phone` would come less than 10 days after the last one. */
export const isCoolingDown = (
  state: PracticeState,
  rules: PracticeRules,
  { phone, businessId }: { readonly phone: string; readonly businessId: string },
  now: EpochMs,
): boolean =>
  state.invitations.some(
    (sent) =>
      sent.phone === phone &&
      (rules.windowScope === 'organisation' || sent.businessId === businessId) &&
      now - sent.sentAt < COOLDOWN_MS,
  );

export const isQuotaUsedUp = (state: PracticeState, rules: PracticeRules, now: EpochMs): boolean =>
  state.invitations.filter(({ sentAt }) => now - sentAt < QUOTA_MS).length >= rules.monthlyQuota;

/**
 * How far an SMS has come: sent after 2 seconds, delivered after 10. A number that ends in 98 cannot be sent to, one
 * that ends in 99 cannot be delivered to.
 */
export const deliveryOf = ({ phone, sentAt }: PracticeInvitation, now: EpochMs): string => {
  const ageMs = now - sentAt;
  if (ageMs < 2 * SECOND_MS) return 'CREATED';
  if (phone.endsWith('98')) return 'FAILED_SEND';
  if (ageMs < 10 * SECOND_MS) return 'SENT';
  return phone.endsWith('99') ? 'FAILED_DELIVERY' : 'DELIVERED';
};

/** `2019-06-06 11:57:27.274725+00:00`, as Partoo writes it. */
export const writeSentTime = (sentAt: EpochMs): string =>
  new Date(sentAt).toISOString().replace('T', ' ').replace('Z', '000+00:00');
