import { cleanName } from '../customer-name.ts';
import type { Country } from '../phone/e164.ts';
import { parsePastedText, type Pasted } from './pasted-text.ts';

/**
 * Reads a text without a phone number that is pasted as a name: null when it is the name as written. Otherwise applies
 * the rules for a pasted customer, and reports skipped words. Keeps a single word or a spelling that those rules
 * doubt: the user pasted it as a name.
 */
export function readPastedName(text: string, defaultCountry: Country): Pasted | null {
  const pasted = parsePastedText(text, defaultCountry);
  if (pasted.phone !== '' || pasted.name === cleanName(text)) return null;
  const holdsMore = pasted.name !== '' || pasted.namesLeftOut.length > 0 || /\p{Nd}/u.test(text);
  return holdsMore ? { ...pasted, isNameLeftOut: true } : null;
}
