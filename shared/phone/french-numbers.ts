import type { CountryCode } from 'libphonenumber-js/max';

/**
 * France and its overseas territories share one national numbering plan (ARCEP, decision 2018-0881): people
 * dial the same ten digits from Paris and from Saint-Denis, but the country codes differ.
 */
const FRENCH_TERRITORIES: readonly CountryCode[] = ['FR', 'RE', 'YT', 'GP', 'BL', 'MF', 'GF', 'MQ'];

/** Whether a number typed in this country without country code follows the French national plan. */
export function sharesFrenchPlan(country: CountryCode): boolean {
  return FRENCH_TERRITORIES.includes(country);
}

/**
 * The blocks of the national plan that belong to an overseas code, without the leading 0. Whole blocks rather than the
 * ranges in libphonenumber: its pattern for metropolitan France is loose (it includes 0596 and 0269), and a block
 * opened after the release must not become a metropolitan number. A test compares the two. 0639 belongs to Mayotte
 * except 06 39 98, which is reserved for films and stays metropolitan.
 */
const OVERSEAS: readonly { readonly code: string; readonly blocks: RegExp }[] = [
  { code: '262', blocks: /^(?:26(?:[239]|8[89])|639(?!98)|69[23]|709(?:2|3[5-9]))/ },
  { code: '590', blocks: /^(?:590|5987|69[01]|7090)/ },
  { code: '594', blocks: /^(?:594|5988|694|7093[0-4])/ },
  { code: '596', blocks: /^(?:596|5989|69[67]|7091)/ },
];

const METROPOLITAN = /^\+33([1-9]\d{8})$/;
const FRENCH = /^\+(?:33|262|590|594|596)([1-9])\d{8}$/;

/**
 * Replaces +33 by the right country code for a number of an overseas block (+33 692… becomes +262 692…); returns any
 * other number unchanged. No metropolitan number lies in these blocks, so a "+33" in front of one is a mistake that
 * can be corrected.
 */
export function withOverseasCode(e164: string): string {
  const national = METROPOLITAN.exec(e164)?.[1];
  if (national === undefined) return e164;
  const territory = OVERSEAS.find(({ blocks }) => blocks.test(national));
  return territory === undefined ? e164 : `+${territory.code}${national}`;
}

/**
 * Returns the line type by the first digit, which the French plan fixes for every block, assigned or not: 1–5 and 9
 * (boxes) are landlines, 6 and 7 mobiles, 8 special. `undefined` for a number that is not French.
 */
export function frenchLine(e164: string): 'mobile' | 'landline' | 'special' | undefined {
  const first = FRENCH.exec(e164)?.[1];
  if (first === undefined) return undefined;
  if (first === '8') return 'special';
  return first === '6' || first === '7' ? 'mobile' : 'landline';
}
