import * as z from 'zod/mini';
import { SECOND_MS } from '../../shared/time.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { E164 } from '../../shared/e164.ts';
import type { Answer, KnownSend, Trouble } from '../outbox/partoo-port.ts';
import { mapAnswer, readAnswer } from './answer.ts';
import type { Perform } from './request.ts';
import { parseSentTime } from './sent-time.ts';

type Query = {
  readonly businessId: string;
  readonly phone: E164;
  readonly after: EpochMs;
};
type Sends = readonly KnownSend[];

/**
 * The SMS that Partoo says went to this number for this business not before `after`, newest first.
 *
 * Which form of the number is matched is not documented (the page shows a national one), so both are asked. Evidence is
 * never dropped in silence: one item that cannot be read, or a page that cannot be had, and there is no answer at all.
 * Only a form that Partoo refuses as a request (400, 422) is passed over when the other one was answered.
 */
export const searchInvitation = async (perform: Perform, query: Query): Promise<Answer<Sends>> => {
  const asE164 = await searchForm(perform, query, query.phone);
  if (!asE164.ok && !isFormRefused(asE164.trouble)) return asE164;
  // The number plans of the world are loaded when the first question is asked.
  const { nationalDigits } = await import('./national-digits.ts');
  const national = nationalDigits(query.phone);
  if (national === undefined) return asE164;
  const asNational = await searchForm(perform, query, national);
  if (!asE164.ok) return asNational;
  if (!asNational.ok) return isFormRefused(asNational.trouble) ? asE164 : asNational;
  return mapAnswer(asNational, (sends) => merge([...asE164.value, ...sends]));
};

const isFormRefused = (trouble: Trouble): boolean =>
  trouble.kind === 'refused' && (trouble.status === 400 || trouble.status === 422);

const merge = (sends: Sends): Sends =>
  [...new Map(sends.map((send) => [send.id, send])).values()].toSorted(
    (a, b) => b.sentAt - a.sentAt,
  );

/** Ten days hold one send that was not forced: more pages than this are not an answer about one person. */
const MOST_PAGES = 10;

/** All pages of one form. Pages are counted from what Partoo says the first one is: its documents name both 0 and 1. */
const searchForm = async (
  perform: Perform,
  query: Query,
  targetPhone: string,
): Promise<Answer<Sends>> => {
  const sends: KnownSend[] = [];
  let next: number | undefined;
  for (let asked = 0; asked < MOST_PAGES; asked += 1) {
    const answer = await searchPage(perform, query, targetPhone, next);
    if (!answer.ok) return answer;
    const { items, page, pages } = answer.value;
    sends.push(...items.filter(({ sentAt }) => sentAt >= query.after));
    if (page >= pages) return mapAnswer(answer, () => merge(sends));
    next = page + 1;
  }
  return {
    ok: false,
    trouble: { kind: 'unreachable', cause: 'unreadable' },
    serverTime: undefined,
  };
};

const sentTimeSchema = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const instant = parseSentTime(text);
    if (instant !== undefined) return instant;
    context.issues.push({ code: 'custom', input: text, message: 'not a time' });
    return z.NEVER;
  }),
);

const sender = { id: z.union([z.string(), z.number()]), user_name: z.nullish(z.string()) };

/** The specification of 2021 wrote `sent-time`, the page of today `sent_time`. */
const itemSchema = z.union([
  z.object({ ...sender, sent_time: sentTimeSchema }),
  z.object({ ...sender, 'sent-time': sentTimeSchema }),
]);

const pageSchema = z.object({
  page: z.optional(z.int()),
  max_page: z.nullish(z.int()),
  review_invitations: z.array(itemSchema),
});

const searchPage = async (
  perform: Perform,
  query: Query,
  targetPhone: string,
  page: number | undefined,
): Promise<Answer<{ readonly items: Sends; readonly page: number; readonly pages: number }>> => {
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
  return mapAnswer(readAnswer(attempt, pageSchema), (found) => ({
    items: found.review_invitations.map((item) => ({
      id: String(item.id),
      by: item.user_name ?? '',
      sentAt: 'sent_time' in item ? item.sent_time : item['sent-time'],
    })),
    page: found.page ?? page ?? 1,
    pages: found.max_page ?? 1,
  }));
};
