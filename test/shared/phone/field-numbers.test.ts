import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import { countrySchema, type Country } from '../../../shared/phone/e164.ts';
import { parsePhone } from '../../../shared/phone/phone.ts';

const SAMPLES = readFileSync(new URL('../../fixtures/phones.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'));

const country = (text: string | undefined): Country => countrySchema.parse(text);

const numberIn = (text: string, home: Country): string | null => {
  const reading = parsePhone(text, home);
  return reading.kind === 'complete' ? reading.e164 : null;
};

describe('[row 156] a number from a hotel', () => {
  test.each(SAMPLES)('in %s %j is %s', (home, text = '', expected = '') => {
    const number = numberIn(text, country(home));
    if (expected === 'a date is no number') expect(number).toBeNull();
    else if (expected === 'not a wrong number') {
      const digits = text.replace(/\.0$/, '');
      const code = getCountryCallingCode(country(home));
      const right =
        digits.startsWith(code) && digits.length > 11 ? `+${digits}` : `+${code}${digits}`;
      expect([null, right]).toContain(number);
    } else {
      const [right, isOptional] = expected.split(' or ');
      expect(isOptional === undefined ? [right] : [right, null]).toContain(number);
    }
  });

  test.each([
    // Wrapped by a spreadsheet
    ['FR', '’0612345678', '+33612345678'],
    ['FR', '‘06 12 34 56 78', '+33612345678'],
    ['FR', '`0612345678', '+33612345678'],
    ['FR', '´0612345678', '+33612345678'],
    ['FR', '="0612345678"', '+33612345678'],
    ['FR', '"06 12 34 56 78"', '+33612345678'],
    ['FR', "'+33612345678", '+33612345678'],
    ['DE', "'01711234567", '+491711234567'],
    ['FR', '0612345678;', '+33612345678'],
    ['FR', '0612345678,', '+33612345678'],
    // Mexico
    ['MX', '521 55 1234 5678', '+525512345678'],
    ['MX', '1 55 1234 5678', '+525512345678'],
    ['MX', '044 55 1234 5678', '+525512345678'],
    ['MX', '55 1234 5678', '+525512345678'],
    ['US', '011 52 1 55 1234 5678', '+525512345678'],
    ['ES', '00521 55 1234 5678', '+525512345678'],
    // The code of the desk's own country without its plus
    ['FR', '33612345678', '+33612345678'],
    ['DE', '491711234567', '+491711234567'],
    ['DE', '49 151 12345678', '+4915112345678'],
    ['AT', '436641234567', '+436641234567'],
    ['CH', '41791234567', '+41791234567'],
    ['IT', '393331234567', '+393331234567'],
    ['IT', '39 333 123 4567', '+393331234567'],
    ['ES', '34612345678', '+34612345678'],
    ['PT', '351912345678', '+351912345678'],
    ['LU', '352621123456', '+352621123456'],
    ['BE', '32475123456', '+32475123456'],
    ['NL', '31612345678', '+31612345678'],
    ['GB', '447400123456', '+447400123456'],
    ['PL', '48601123456', '+48601123456'],
    // Decimal tails
    ['FR', '612345678.0', '+33612345678'],
    ['FR', '33612345678.0', '+33612345678'],
    ['FR', '33612345678,00', '+33612345678'],
    ['DE', '1711234567.0', '+491711234567'],
    ['IT', '3331234567.0', '+393331234567'],
    ['ES', '612345678.00', '+34612345678'],
    ['PT', '912345678,0', '+351912345678'],
    // The zero in brackets
    ['DE', '+39 (0)347 1234567', '+393471234567'],
    ['IT', '0039 (0) 333 1234567', '+393331234567'],
    ['IT', '+39 (0)6 1234 5678', '+390612345678'],
    ['FR', '+34 (0)612 345 678', '+34612345678'],
    ['FR', '+351 (0)912 345 678', '+351912345678'],
    ['ES', '+33 (0)6 12 34 56 78', '+33612345678'],
    ['FR', '+49 (0)171 1234567', '+491711234567'],
  ])('in %s %j is %s', (home, text, expected) => {
    expect(numberIn(text, country(home))).toBe(expected);
  });

  test.each([
    ['DE', '0171 1234567 2'],
    ['DE', '0171 1234567-1'],
    ['DE', '0171/1234567/2'],
    ['AT', '06641234567-12'],
    ['AT', '0664 1234567 214'],
    ['IT', '+39 (0)331 1234567'],
  ])('in %s %j could be two numbers: asks', (home, text) => {
    expect(parsePhone(text, country(home))).toEqual({
      kind: 'impossible',
      shown: text,
      why: 'ambiguous',
    });
  });

  test.each([
    ['DE', '0171 12 34 56 78', '+4917112345678'],
    ['DE', '0151 1234 5678', '+4915112345678'],
    ['AT', '0664 123 45 67', '+436641234567'],
    ['DE', '030 123456-12', '+493012345612'],
    ['FI', '040 123 4567', '+358401234567'],
  ])('in %s %j is one number in its groups: %s', (home, text, expected) => {
    expect(numberIn(text, country(home))).toBe(expected);
  });

  test.each(['DE', 'DK'])('in %s digits after a decimal point never join the others', (home) => {
    expect(numberIn('1711234567.5', country(home))).toBeNull();
    expect(numberIn('17112345.67', country(home))).toBeNull();
  });

  const DATES = [
    '23.11.2026',
    '23. 11. 2026',
    '23.11.2026.',
    '23/11/2026',
    '11/23/2026',
    '23-11-2026',
    '23–11–2026',
    '2026-11-23',
    '2026/11/23',
    '2026.11.23',
    '1.1.2026',
    '01.01.1980',
    '23.11.26',
    '5/6/80',
    '(23.11.2026)',
    '23 11 2026',
    '２３．１１．２０２６',
    '23.11.2026 14:30',
    '2026-11-23T14:30',
    '31/12/1999',
  ];

  test.each(DATES)('%s is no number in any country', (date) => {
    expect(numberIn(date, 'FR')).toBeNull();
    for (const home of getCountries()) {
      // New Caledonia and Haiti write their numbers like this.
      const reading = parsePhone(date, home);
      const isTheirs = reading.kind === 'complete' && reading.shown === date;
      if (!isTheirs) expect(numberIn(date, home), home).toBeNull();
    }
  });

  test('with the own country code and no plus is read in every country, or asks', () => {
    // Where it is also a complete national number, nothing is chosen.
    const wrong = getCountries().filter((home) => {
      const example = getExampleNumber(home, examples)?.number ?? '';
      const number = numberIn(example.slice(1), home);
      return number !== null && number !== example;
    });
    expect(wrong).toEqual([]);
  });

  test('is never invented: its digits are in the text in order, and none is left out', () => {
    const home = fc.constantFrom<Country>(
      'FR',
      'DE',
      'AT',
      'CH',
      'IT',
      'ES',
      'PT',
      'BE',
      'LU',
      'DK',
      'GB',
      'MX',
    );
    const piece = fc.constantFrom(
      ' ',
      '.',
      '-',
      '/',
      '(0)',
      '(',
      ')',
      '+',
      '00',
      '0',
      '+39',
      '+49',
      '+521',
      '1',
      '12',
      '33',
      '171',
      '1234567',
      '06',
      '.0',
      ',',
      "'",
      '5',
      '664',
      '333',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), home, (pieces, at) => {
        const text = pieces.join('');
        const reading = parsePhone(text, at);
        if (reading.kind !== 'complete') return;
        const code = getCountryCallingCode(at);
        const all = reading.e164.slice(1);
        const national = all.startsWith(code) ? all.slice(code.length) : all;
        const typed = text.replace(/\D/g, '');
        expect(isSubsequence(national, typed), `${text} in ${at} as ${reading.e164}`).toBe(true);
        // Left out are an exit code, the own country code, trunk zeros, Mexico's 1 and the zeros of a spreadsheet.
        expect(typed.length - national.length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 3_000 },
    );
  });
});

function isSubsequence(digits: string, typed: string): boolean {
  let at = 0;
  for (const digit of typed) if (digit === digits[at]) at += 1;
  return at === digits.length;
}
