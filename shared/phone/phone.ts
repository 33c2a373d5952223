import { getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Country, E164 } from './e164.ts';
import { nationalDigits } from './national-digits.ts';
import { parsePhone } from './parse-phone.ts';
import { stripDecoration, stripWrapping, withoutDecimals } from './clean-number.ts';

export { parsePhone, type ParsedPhone } from './parse-phone.ts';
export {
  parsePastedText,
  splitPasted,
  type Pasted,
  type PastedNumber,
} from '../paste/pasted-text.ts';
export { readPastedName } from '../paste/pasted-name.ts';

/**
 * Formats a stored number for the screen: as dialled at home, with its country code abroad. `parsePhone` reads it back
 * to the same number.
 */
export function formatPhone(phone: E164, defaultCountry: Country): string {
  const number = parsePhoneNumberFromString(phone);
  if (number === undefined) return phone;
  const isHome = number.countryCallingCode === getCountryCallingCode(defaultCountry);
  return isHome ? number.formatNational() : number.formatInternational();
}

/** Masks a stored number for lists that others can see: country code and last two digits stay (+33 • •• •• •• 04). */
export function maskPhone(phone: E164): string {
  const number = parsePhoneNumberFromString(phone);
  const prefix = number === undefined ? '+' : `+${number.countryCallingCode}`;
  const rest = (number?.formatInternational() ?? phone).slice(prefix.length);
  return prefix + rest.replace(/\d(?=(?:\D*\d){2})/g, '•');
}

/** A number in another format than it was typed. */
export type OtherWriting = {
  /** With its country code: +33 6 12 34 56 78. */
  readonly international: string;
  /** As `formatPhone` writes it; `parsePhone` reads it as the same number. */
  readonly tidy: string;
};

/**
 * Returns the number that a typed text was read as, if it was not written plainly: without its 0 at home (612345678),
 * with an extra 0 (+33 (0)6…), with an exit code (0033…), as a link (tel:…), or with a country code that was not
 * typed. Null for a number written as dialled at home or with "+" and its country code, and for incomplete numbers.
 * Never throws.
 */
export function otherWriting(text: string, defaultCountry: Country): OtherWriting | null {
  const reading = parsePhone(text, defaultCountry);
  if (reading.kind !== 'complete') return null;
  const { e164 } = reading;
  const written = stripDecoration(withoutDecimals(stripWrapping(text)) ?? '');
  const number = parsePhoneNumberFromString(e164);
  const isHome = number?.countryCallingCode === getCountryCallingCode(defaultCountry);
  if (number === undefined) return null;
  const isPlain = written === e164 || (isHome && written === nationalDigits(e164));
  if (isPlain && !/\p{L}/u.test(text)) return null;
  return { international: number.formatInternational(), tidy: formatPhone(e164, defaultCountry) };
}
