import { readPhone, showPhone } from '../../shared/phone.ts';
import type { E164 } from '../../shared/e164.ts';

/**
 * A number as it is dialled in its own country, digits only: `+33639980004` is `0639980004`. Undefined when it belongs
 * to no country.
 */
export const nationalDigits = (phone: E164): string | undefined => {
  // The country only matters to numbers without a code.
  const reading = readPhone(phone, 'FR');
  if (reading.kind !== 'complete' || reading.country === undefined) return undefined;
  return showPhone(phone, reading.country).replace(/\D/g, '');
};
