import { plainText } from '../../shared/search-terms.ts';
import type { Business } from '../../shared/settings.ts';

/** Lists of this length or more get a search. */
export const MANY_BUSINESSES = 12;

/** Creates a search for businesses by ID and by all typed words, in any order, ignoring case and accents. */
export function createBusinessSearch(
  businesses: readonly Business[],
): (typed: string) => readonly Business[] {
  const entries = businesses.map((business) => ({
    business,
    text: plainText(`${business.name} ${business.id}`),
  }));
  return (typed) => {
    const words = plainText(typed).split(' ');
    return entries
      .filter(({ text }) => words.every((word) => text.includes(word)))
      .map(({ business }) => business);
  };
}
