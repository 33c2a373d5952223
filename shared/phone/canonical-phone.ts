import { AsYouType } from 'libphonenumber-js/max';
import type { E164 } from './e164.ts';
import { frenchLine, withOverseasCode } from './french-numbers.ts';

// Apart from e164.ts, because this needs the number plans of the world: load it when a number has to be checked.

/**
 * Whether a number in E.164 form is spelled as every list and log of Deskbell spells it. The same phone has other strings
 * of that form: with the trunk prefix kept (+33 0 6…), the 1 that Mexico gave up, or the code of France before a number
 * of Reunion. Such a string would be found on no list.
 */
export function isCanonicalPhone(phone: E164): boolean {
  // Behind some country codes a 1 is left out as a trunk prefix; again and again, if there are several.
  const formatter = new AsYouType();
  formatter.input(phone);
  const number = formatter.getNumber();
  if (number?.number !== phone || !number.isPossible()) return false;
  if (withOverseasCode(phone) !== phone) return false;
  // Where no number is assigned, a 0 in front is a second trunk prefix: no national number starts with one.
  const isKnown = number.isValid() || frenchLine(phone) !== undefined;
  return isKnown || !number.nationalNumber.startsWith('0');
}
