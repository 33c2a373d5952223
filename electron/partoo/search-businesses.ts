import * as z from 'zod/mini';
import type { PartooAnswer, FoundBusiness, Partoo } from '../outbox/partoo-port.ts';
import { mapAnswer, parseAnswer } from './parse-answer.ts';
import type { SendPartooRequest } from './request.ts';

const schema = z.object({
  businesses: z.array(z.unknown()),
  max_page: z.nullish(z.number()),
});

/** Deskbell only needs the id of a business; all other fields are optional. */
const businessSchema = z.object({
  id: z.union([z.string().check(z.regex(/\S/)), z.int()]),
  name: z.optional(z.unknown()),
  google_location_id: z.optional(z.unknown()),
});

/**
 * Reads one page (from 1) of the businesses that match `text`; all of them when it is empty. A business without a name
 * shows its id; one without an id cannot be used and is left out.
 */
export const searchBusinesses = async (
  perform: SendPartooRequest,
  { text, page, among }: Parameters<Partoo['searchBusinesses']>[0],
): Promise<
  PartooAnswer<{ readonly businesses: readonly FoundBusiness[]; readonly pages: number }>
> => {
  const query = text.trim();
  const attempt = await perform({
    method: 'GET',
    path: '/business/search',
    query: {
      ...(query === '' ? {} : { query }),
      page: String(page),
      ...(among === 'all' ? {} : { features__in: 'review_invite' }),
    },
  });
  return mapAnswer(parseAnswer(attempt, schema), ({ businesses, max_page }) => ({
    businesses: businesses.flatMap((item) => {
      const business = businessSchema.safeParse(item);
      return business.success ? [read(business.data)] : [];
    }),
    pages: Math.max(max_page ?? 1, 1),
  }));
};

const read = (business: z.infer<typeof businessSchema>): FoundBusiness => {
  const id = String(business.id);
  const { name, google_location_id: place } = business;
  return {
    id,
    name: typeof name === 'string' && name.trim() !== '' ? name : id,
    isOnGoogle: place === undefined ? undefined : place !== null && place !== '',
  };
};
