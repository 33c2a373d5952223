import { cleanName } from '../customer-name.ts';
import type { Country } from '../phone/e164.ts';
import { parsePastedText, type Pasted } from './pasted-text.ts';

/**
 * What a text without a phone number means that is pasted as a name: null when it is the name as it stands. Otherwise it is
 * read by the rules of a whole pasted customer, and what is left out is to be said. A single word or a spelling that those
 * rules doubt stays: somebody pasted it as a name.
 */
export function readPastedName(text: string, defaultCountry: Country): Pasted | null {
  const pasted = parsePastedText(text, defaultCountry);
  if (pasted.phone !== '' || pasted.name === cleanName(text)) return null;
  const holdsMore = pasted.name !== '' || pasted.namesLeftOut.length > 0 || /\p{Nd}/u.test(text);
  return holdsMore ? { ...pasted, isNameLeftOut: true } : null;
}
