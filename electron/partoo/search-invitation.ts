import * as z from 'zod/mini';
import { SECOND_MS } from '../../shared/time.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { PartooAnswer, KnownSend, SendsAnswer, ApiError } from '../outbox/partoo-port.ts';
import { mapAnswer, parseAnswer } from './parse-answer.ts';
import type { SendPartooRequest } from './request.ts';
import { parseSentTime } from './dates.ts';

type Query = {
  readonly businessId: string;
  readonly phone: E164;
  readonly after: EpochMs;
};
type Sends = readonly KnownSend[];

/**
 * Searches Partoo for the SMS to this number for this business, not before `after`: undated ones first, then the
 * newest.
 *
 * Partoo does not document which form of the number matches (its page shows a national one), so both are searched.
 * Evidence is never dropped silently: one unreadable item or missing page makes the answer incomplete; `shown` then
 * holds the listed sends. Only a form whose FIRST page Partoo refuses is skipped when the other form has an answer.
 */
export const searchInvitation = async (
  perform: SendPartooRequest,
  query: Query,
): Promise<SendsAnswer> => {
  const asE164 = await searchForm(perform, query, query.phone);
  // A refusal concerns only this form; any other error would hit the next request too.
  if (!asE164.ok && asE164.trouble.kind !== 'refused') return asE164;
  // Loads the numbering plans of the world at the first search.
  const { nationalDigits } = await import('../../shared/phone/national-digits.ts');
  const national = nationalDigits(query.phone);
  if (national === undefined) return asE164;
  const asNational = await searchForm(perform, query, national);
  return together(asE164, asNational);
};

type FormAnswer =
  | Extract<SendsAnswer, { readonly ok: true }>
  | (Extract<SendsAnswer, { readonly ok: false }> & { readonly isFormRefused: boolean });

const together = (one: FormAnswer, other: FormAnswer): SendsAnswer => {
  const sends = merge([...sendsIn(one), ...sendsIn(other)]);
  if (one.ok && (other.ok || other.isFormRefused)) return { ...one, value: sends };
  if (other.ok && (one.ok || one.isFormRefused)) return { ...other, value: sends };
  // Prefer the error that makes the list incomplete over the refused form.
  const failed = [one, other].filter((answer) => !answer.ok);
  const { trouble, serverTime } =
    failed.find((answer) => !answer.isFormRefused) ?? failed[0] ?? ENDLESS;
  return { ok: false, trouble, serverTime, shown: sends };
};

const sendsIn = (answer: FormAnswer): Sends => (answer.ok ? answer.value : (answer.shown ?? []));

/** Whether Partoo refuses the request itself (its form or its subject), by status. */
const isFormRefused = (trouble: ApiError): boolean =>
  trouble.kind === 'refused' && [400, 404, 422].includes(trouble.status);

/** Merges to one entry per id; the time from one form counts when the other has none. */
const merge = (sends: Sends): Sends => {
  const byId = new Map<string, KnownSend>();
  for (const send of sends) {
    if (send.sentAt !== null || !byId.has(send.id)) byId.set(send.id, send);
  }
  const order = ({ sentAt }: KnownSend) => sentAt ?? Number.MAX_SAFE_INTEGER;
  return [...byId.values()].toSorted((a, b) => order(b) - order(a));
};

/** Ten days hold one unforced send: more pages than this cannot be an answer about one person. */
const MOST_PAGES = 10;

const ENDLESS = {
  ok: false,
  trouble: { kind: 'unreachable', cause: 'unknown-shape' },
  serverTime: undefined,
  isFormRefused: false,
} as const;

/**
 * Reads all pages of one form. Page numbers start with the number that Partoo gives the first page: its documents name
 * both 0 and 1.
 */
const searchForm = async (
  perform: SendPartooRequest,
  query: Query,
  targetPhone: string,
): Promise<FormAnswer> => {
  const sends: KnownSend[] = [];
  let listed = 0;
  let next: number | undefined;
  for (let asked = 0; asked < MOST_PAGES; asked += 1) {
    const answer = await searchPage(perform, query, targetPhone, next);
    if (!answer.ok) {
      const isFirst = asked === 0;
      return {
        ...answer,
        shown: merge(sends),
        isFormRefused: isFirst && isFormRefused(answer.trouble),
      };
    }
    const { items, page, pages, count } = answer.value;
    listed += items.length;
    sends.push(...items.filter(({ sentAt }) => sentAt === null || sentAt >= query.after));
    if (page >= pages || listed === count) return { ...answer, value: merge(sends) };
    next = page + 1;
  }
  return { ...ENDLESS, shown: merge(sends) };
};

/**
 * The specification of 2021 has `sent-time`, today's page has `sent_time`. The sender is only shown to people, so a
 * bad value there never discards the item.
 */
const itemSchema = z.object({
  id: z.union([z.string().check(z.minLength(1)), z.number()]),
  user_name: z.optional(z.unknown()),
  sent_time: z.optional(z.unknown()),
  'sent-time': z.optional(z.unknown()),
});

const pageSchema = z.object({
  page: z.nullish(z.int()),
  max_page: z.nullish(z.int()),
  count: z.nullish(z.int()),
  review_invitations: z.array(itemSchema),
});

type Page = {
  readonly items: Sends;
  readonly page: number;
  readonly pages: number;
  /** Number of sends on all pages, if Partoo gives it. */
  readonly count: number | undefined;
};

const searchPage = async (
  perform: SendPartooRequest,
  query: Query,
  targetPhone: string,
  page: number | undefined,
): Promise<PartooAnswer<Page>> => {
  const attempt = await perform({
    method: 'GET',
    path: '/review_booster/search-invitation',
    query: {
      business_id: query.businessId,
      target_phone: targetPhone,
      after: String(Math.floor(query.after / SECOND_MS)),
      ...(page === undefined ? {} : { page: String(page) }),
    },
  });
  return mapAnswer(parseAnswer(attempt, pageSchema), (found) => ({
    items: found.review_invitations.map((item) => ({
      id: String(item.id),
      by: typeof item.user_name === 'string' ? item.user_name : '',
      sentAt: sentAtOf(item.sent_time ?? item['sent-time']),
    })),
    page: found.page ?? page ?? 1,
    pages: found.max_page ?? 1,
    count: found.count ?? undefined,
  }));
};

/** Null when Partoo gives no time or an unreadable one: the SMS still counts as listed. */
const sentAtOf = (time: unknown): EpochMs | null =>
  typeof time === 'string' ? (parseSentTime(time) ?? null) : null;
