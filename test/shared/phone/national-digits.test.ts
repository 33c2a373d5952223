import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, test } from 'vitest';
import { nationalDigits } from '../../../shared/phone/national-digits.ts';
import { e164Schema } from '../../../shared/phone/e164.ts';
import { parsePhone } from '../../../shared/phone/phone.ts';

const national = (phone: string) => nationalDigits(e164Schema.parse(phone));

test.each([
  ['+33639980004', '0639980004'],
  ['+262692123456', '0692123456'],
  ['+15550100999', '5550100999'],
  ['+447700900123', '07700900123'],
  ['+262699999999', '0699999999'],
  ['+590700000000', '0700000000'],
  ['+79990000000', '89990000000'],
  ['+4759999999', '59999999'],
  ['+358999999999', '0999999999'],
  ['+61499999999', '0499999999'],
  ['+390669812345', '0669812345'],
  ['+393331234567', '3331234567'],
])('[row 139] %s is dialled as %s nationally', (phone, digits) => {
  expect(national(phone)).toBe(digits);
});

test('[row 139] every complete number with a country code has a national form', () => {
  const codes = getCountries().flatMap((country) => {
    const example = getExampleNumber(country, examples);
    return example === undefined ? [] : [example];
  });
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.nat(9_999_999_999), ({ number }, digits) => {
      // Keeps the code and the length of a real number, so that most of these are possible.
      const code = number.slice(0, 5);
      const phone =
        code +
        String(digits)
          .padStart(10, '0')
          .slice(0, number.length - code.length);
      const reading = parsePhone(phone, 'FR');
      fc.pre(reading.kind === 'complete');
      if (reading.kind === 'complete') expect(nationalDigits(reading.e164)).toMatch(/^\d+$/);
    }),
  );
});

test.each(['+80012345678', '+88213123456'])('%s belongs to no country', (phone) => {
  expect(national(phone)).toBeUndefined();
});
