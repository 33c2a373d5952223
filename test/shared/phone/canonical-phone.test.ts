import * as fc from 'fast-check';
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import { isCanonicalPhone } from '../../../shared/phone/canonical-phone.ts';
import { e164Schema } from '../../../shared/phone/e164.ts';
import { findNumbers } from '../../../shared/phone/numbers-in-cell.ts';
import { parsePhone } from '../../../shared/phone/phone.ts';

const e164 = (text: string) => e164Schema.parse(text);
const country = fc.constantFrom(...getCountries());
const dialled = fc
  .tuple(fc.constantFrom('+', '00', '0', '1', '', '+1', '+52', '+521', '+390', '+330'), country)
  .chain(([start, code]) =>
    fc
      .tuple(fc.boolean(), fc.stringMatching(/^\d{5,14}$/))
      .map(([hasCode, digits]) => start + (hasCode ? getCountryCallingCode(code) : '') + digits),
  );

describe('[row 200] the canonical form of a number', () => {
  test.each([
    ['+330639980071', 'the zero of the national form'],
    ['+3300639980071', 'two of them'],
    ['+4901711234567', 'the zero of the national form'],
    ['+440207946000', 'a zero in a full-length number'],
    ['+4407911123456', 'the zero of the national form'],
    ['+33692123456', 'Reunion under the code of France'],
    ['+33690123456', 'Guadeloupe under the code of France'],
    ['+5214421234567', 'the 1 that Mexico gave up'],
    ['+112015550123', 'a 1 that is left out'],
    ['+111000000000', 'a 1 that is left out'],
    ['+3903331234567', 'a zero before a mobile of Italy'],
    ['+10000000', 'no number'],
    ['+999123456789', 'no country'],
  ])('%s is not canonical: %s', (text) => {
    expect(isCanonicalPhone(e164(text))).toBe(false);
  });

  test.each([
    ['+33639980071', 'a mobile'],
    ['+262692123456', 'Reunion'],
    ['+390612345678', 'a landline of Italy, which keeps its zero'],
    ['+393331234567', 'a mobile of Italy'],
    ['+524421234567', 'Mexico'],
    ['+12015550123', 'North America'],
    ['+80012345678', 'no country'],
    ['+33600000000', 'a French block that nobody has'],
  ])('%s is canonical: %s', (text) => {
    expect(isCanonicalPhone(e164(text))).toBe(true);
  });

  test('includes every example number, in any country', () => {
    for (const home of getCountries()) {
      const example = getExampleNumber(home, examples);
      if (example === undefined) throw new Error(`no example for ${home}`);
      expect(isCanonicalPhone(e164(example.number)), home).toBe(true);
    }
  });

  test('is the only result of the form and of an imported list', () => {
    fc.assert(
      fc.property(dialled, country, (text, home) => {
        const read = parsePhone(text, home);
        const numbers = findNumbers(text, home, 'any');
        for (const phone of [
          ...(read.kind === 'complete' ? [read.e164] : []),
          ...numbers.mobiles,
          ...numbers.landlines,
        ])
          expect(isCanonicalPhone(phone), `${text} in ${home}`).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});
