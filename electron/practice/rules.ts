import { DAY_MS, SECOND_MS } from '../../shared/time.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { PracticePath } from './paths.ts';
import type { PracticeBusiness } from './seed-data.ts';
import type { PracticeInvitation, PracticeState } from './state.ts';

/** The simulator's choices for behaviour that Partoo does not document or that differs between organisations. */
export type PracticeRules = {
  readonly businesses: readonly PracticeBusiness[];
  /** Which form of a number `search-invitation` matches. Partoo's page shows a national one. */
  readonly matches: 'national' | 'e164' | 'both';
  /** Whether the 10 days count for a number in the whole organisation, as the page suggests, or for each business. */
  readonly windowScope: 'organisation' | 'business';
  /** Delay until `search-invitation` shows a send. */
  readonly searchLagMs: number;
  /** How long an SMS stays CREATED before it is sent. */
  readonly createdForMs: number;
  /**
   * Since when an SMS has a time in `search-invitation` and closes the 10 days. The page says "since the last SMS was
   * sent": with `sent`, one that is CREATED or FAILED_SEND has neither.
   */
  readonly countsFrom: 'created' | 'sent';
  /** How times end: `+00:00`, or `+00` as on other pages of Partoo. */
  readonly offsets: 'long' | 'short';
  /** Whether `search-invitation` answers for a business that the key's user cannot access, or returns 403. */
  readonly foreignSearch: 'answered' | 'forbidden';
  /** The calls that the key may not make (403): a key can have fewer rights than its user. */
  readonly forbids: readonly PracticePath[];
  /** The characters that Partoo calls unicode and removes from `invite_content`: its test is not documented. */
  readonly removes: 'outside-gsm-7' | 'outside-ascii';
  /** Invitations in 30 days. */
  readonly monthlyQuota: number;
  readonly requestsPerMinute: number;
};

export const DEFAULT_RULES: Omit<PracticeRules, 'businesses'> = {
  matches: 'national',
  windowScope: 'organisation',
  searchLagMs: 0,
  createdForMs: 2 * SECOND_MS,
  countsFrom: 'created',
  offsets: 'long',
  foreignSearch: 'answered',
  forbids: [],
  removes: 'outside-gsm-7',
  monthlyQuota: Number.POSITIVE_INFINITY,
  requestsPerMinute: 300,
};

/**
 * Copied from Partoo's documentation; separate from Deskbell's rule of the same length, so that each can prove the
 * other.
 */
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
      isDated(sent, rules, now) &&
      now - sent.sentAt < COOLDOWN_MS,
  );

/** Whether an SMS has a time now, and counts for the 10 days. */
export const isDated = (sent: PracticeInvitation, rules: PracticeRules, now: EpochMs): boolean =>
  rules.countsFrom === 'created' ||
  !['CREATED', 'FAILED_SEND'].includes(deliveryOf(sent, rules, now));

/** Whether the last 30 days have used up the monthly quota. */
export const isQuotaUsedUp = (state: PracticeState, rules: PracticeRules, now: EpochMs): boolean =>
  state.invitations.filter(({ sentAt }) => now - sentAt < QUOTA_MS).length >= rules.monthlyQuota;

/**
 * The delivery state of an SMS: sent after 2 seconds or as the rules say, delivered 8 later. A number that ends in 98
 * cannot be sent to, one that ends in 99 cannot be delivered to.
 */
export const deliveryOf = (
  { phone, sentAt }: PracticeInvitation,
  { createdForMs }: Pick<PracticeRules, 'createdForMs'>,
  now: EpochMs,
): string => {
  const ageMs = now - sentAt;
  if (ageMs < createdForMs) return 'CREATED';
  if (phone.endsWith('98')) return 'FAILED_SEND';
  if (ageMs < createdForMs + 8 * SECOND_MS) return 'SENT';
  return phone.endsWith('99') ? 'FAILED_DELIVERY' : 'DELIVERED';
};

/** Writes a time like Partoo: `2019-06-06 11:57:27.274725+00:00`, or with a short offset. */
export const writeSentTime = (sentAt: EpochMs, offsets: PracticeRules['offsets']): string =>
  new Date(sentAt)
    .toISOString()
    .replace('T', ' ')
    .replace('Z', offsets === 'long' ? '000+00:00' : '000+00');

/** GSM 03.38 with its extension table; separate from Deskbell's own list, so that each can prove the other. */
const GSM_7 = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿' +
    'abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€',
);

/** Removes the characters that Partoo calls unicode from a text. */
export const withoutUnicode = (text: string, removes: PracticeRules['removes']): string =>
  [...text]
    .filter((letter) => (removes === 'outside-ascii' ? letter <= '\x7e' : GSM_7.has(letter)))
    .join('');
