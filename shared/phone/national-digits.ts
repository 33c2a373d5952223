import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { E164 } from './e164.ts';

/**
 * Returns a number as dialled in its own country, digits only: `+33639980004` is `0639980004`. The country code alone
 * decides the form: countries that share one dial the same way, so an unassigned block has a national form too.
 * Undefined for codes without a country (+800 and the like).
 */
export const nationalDigits = (phone: E164): string | undefined => {
  const number = parsePhoneNumberFromString(phone);
  if (number === undefined || number.isNonGeographic()) return undefined;
  return number.formatNational().replace(/\D/g, '');
};
