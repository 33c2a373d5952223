import { getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Country, E164 } from './e164.ts';

export { readPhone, type PhoneReading } from './read-phone.ts';
export { readPasted, splitPasted, type Pasted, type PastedNumber } from './split-pasted.ts';

/**
 * A stored number for the screen: as one dials it at home, with its country code abroad. `readPhone` reads it
 * back to the same number.
 */
export function showPhone(phone: E164, defaultCountry: Country): string {
  const number = parsePhoneNumberFromString(phone);
  if (number === undefined) return phone;
  const isHome = number.countryCallingCode === getCountryCallingCode(defaultCountry);
  return isHome ? number.formatNational() : number.formatInternational();
}

/**
 * A stored number for lists that others can see: country code and last two digits stay
 * (+33 • •• •• •• 04).
 */
export function maskPhone(phone: E164): string {
  const number = parsePhoneNumberFromString(phone);
  const prefix = number === undefined ? '+' : `+${number.countryCallingCode}`;
  const rest = (number?.formatInternational() ?? phone).slice(prefix.length);
  return prefix + rest.replace(/\d(?=(?:\D*\d){2})/g, '•');
}
