import { AsYouType } from 'libphonenumber-js/max';
import type { E164 } from './e164.ts';
import { frenchLine, withOverseasCode } from './french-numbers.ts';

// Separate from e164.ts, because this needs the number plans of the world: load it to check a number.

/**
 * Whether a number in E.164 form has the one spelling that Deskbell's lists and database use. The same phone has other
 * strings of that form: with the trunk prefix kept (+33 0 6…), the 1 that Mexico gave up, or the code of France before
 * a number of Reunion. No list would match such a string.
 */
export function isCanonicalPhone(phone: E164): boolean {
  // Behind some country codes a 1 is dropped as a trunk prefix; repeatedly, if there are several.
  const formatter = new AsYouType();
  formatter.input(phone);
  const number = formatter.getNumber();
  if (number?.number !== phone || !number.isPossible()) return false;
  if (withOverseasCode(phone) !== phone) return false;
  // In an unassigned range, a leading 0 is a second trunk prefix: no national number starts with one.
  const isKnown = number.isValid() || frenchLine(phone) !== undefined;
  return isKnown || !number.nationalNumber.startsWith('0');
}
