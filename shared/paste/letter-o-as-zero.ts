import type { Country } from '../phone/e164.ts';
import { parsePhone } from '../phone/parse-phone.ts';

/** Groups of digits and letters O, two characters or more each, except the one behind "+33". */
const GROUPS =
  /(?<![\p{L}\p{Nd}+])\+?(?:[\dOo]{2,})(?:[ \u00A0\u202F./-]{1,2}[\dOo]+)*(?![\p{L}\p{Nd}])/gu;
const LETTERS_ALONE = /(?<![\dOo])[Oo]+(?![\dOo])/g;

/**
 * Replaces each letter O in a phone number by a zero: O6 39 98 OO 19. Only where that gives a whole number, and where
 * the digits without the letters are not one: then the letters may be a name. The length stays.
 */
export function withZeros(text: string, country: Country): string {
  const isWhole = (written: string): boolean => parsePhone(written, country).kind === 'complete';
  return text.replace(GROUPS, (written) => {
    if (!/[Oo]/.test(written) || !/^(?:\+|[0Oo])/.test(written)) return written;
    const zeros = written.replace(/[Oo]/g, '0');
    return isWhole(zeros) && !isWhole(written.replace(LETTERS_ALONE, '')) ? zeros : written;
  });
}

/** Whether a text is digits and the letter O: more likely a mistyped number than a name. */
export function isDigitsAndO(text: string): boolean {
  return /\p{Nd}/u.test(text) && /[Oo]/.test(text) && !/\p{L}/u.test(text.replace(/[Oo]/g, ''));
}
