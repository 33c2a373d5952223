import * as z from 'zod/mini';
import type { Answer, FoundBusiness, Partoo } from '../outbox/partoo-port.ts';
import { mapAnswer, readAnswer } from './answer.ts';
import type { Perform } from './request.ts';

const schema = z.object({
  businesses: z.array(
    z.object({
      id: z.string(),
      name: z.nullish(z.string()),
      google_location_id: z.nullish(z.string()),
    }),
  ),
  max_page: z.nullish(z.number()),
});

/**
 * One page (from 1) of the businesses that match `text`; all of them when it is empty. A business without a name is
 * shown by its id.
 */
export const searchBusinesses = async (
  perform: Perform,
  { text, page, among }: Parameters<Partoo['searchBusinesses']>[0],
): Promise<Answer<{ readonly businesses: readonly FoundBusiness[]; readonly pages: number }>> => {
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
  return mapAnswer(readAnswer(attempt, schema), ({ businesses, max_page }) => ({
    businesses: businesses.map(({ id, name, google_location_id: place }) => ({
      id,
      name: name || id,
      isOnGoogle: place === undefined ? undefined : place !== null && place !== '',
    })),
    pages: Math.max(max_page ?? 1, 1),
  }));
};
