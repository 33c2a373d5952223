import { plainText } from '../../shared/search-terms.ts';
import type { Business } from '../../shared/settings.ts';

/** From how many businesses on a list is searched rather than looked through. */
export const MANY_BUSINESSES = 12;

/** Finds businesses by every word of what is typed, in any order, case and accents aside; by the ID too. */
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
