import type { BusinessStatus } from '../../shared/key-test.ts';
import type { PartooAnswer, FoundBusiness, Partoo, ApiError } from '../outbox/partoo-port.ts';
import type { Business } from '../../shared/settings.ts';

/** Pages of the whole list that are searched first: enough for nearly every customer. */
const PAGES = 3;
/** Businesses that are then searched by name: this limits the requests of one test. */
const BY_NAME = 5;

export type BusinessCheck =
  | { readonly kind: 'checked'; readonly businesses: readonly BusinessStatus[] }
  | { readonly kind: 'trouble'; readonly trouble: ApiError };

/**
 * Checks whether invitations can be sent for each business: searches Partoo's list of those with Review Booster, then
 * the list of all businesses that the key can see. Businesses not searched in time are `unchecked`.
 */
export async function checkBusinesses(
  partoo: Pick<Partoo, 'searchBusinesses'>,
  businesses: readonly Business[],
): Promise<BusinessCheck> {
  const seen = new Map<string, FoundBusiness>();
  const look = async (query: Parameters<Partoo['searchBusinesses']>[0]) => {
    const answer: PartooAnswer<{
      readonly businesses: readonly FoundBusiness[];
      readonly pages: number;
    }> = await partoo.searchBusinesses(query);
    if (answer.ok && query.among === 'inviting') {
      for (const one of answer.value.businesses) seen.set(one.id, one);
    }
    return answer;
  };
  const missing = () => businesses.filter(({ id }) => !seen.has(id));

  let pages = PAGES;
  for (let page = 1; page <= pages && missing().length > 0; page += 1) {
    const answer = await look({ text: '', page, among: 'inviting' });
    if (!answer.ok) return { kind: 'trouble', trouble: answer.trouble };
    pages = Math.min(pages, answer.value.pages);
  }
  const elsewhere = new Map<string, BusinessStatus['standing']>();
  for (const { id, name } of missing().slice(0, BY_NAME)) {
    await look({ text: name, page: 1, among: 'inviting' });
    if (seen.has(id)) continue;
    const all = await look({ text: name, page: 1, among: 'all' });
    if (!all.ok) return { kind: 'trouble', trouble: all.trouble };
    const isThere = all.value.businesses.some((one) => one.id === id);
    elsewhere.set(id, isThere ? 'no-review-booster' : 'not-seen');
  }
  const standingOf = (id: string): BusinessStatus['standing'] => {
    const found = seen.get(id);
    if (found === undefined) return elsewhere.get(id) ?? 'unchecked';
    return found.isOnGoogle === false ? 'no-google' : 'ready';
  };
  return {
    kind: 'checked',
    businesses: businesses.map(({ id, name }) => ({ id, name, standing: standingOf(id) })),
  };
}
