import { getCountries } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { countrySchema, e164Schema } from '../../../shared/phone/e164.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

test('the countries are those with known number plans', () => {
  const named = PAIRS.filter((pair) => countrySchema.safeParse(pair).success);
  expect(named).toEqual(getCountries().toSorted());
});

test.each(['fr', 'FRA', '', ' FR', 'ZZ', 33, null, 'toString', '__proto__'])(
  '%j is no country',
  (value) => {
    expect(countrySchema.safeParse(value).success).toBe(false);
  },
);

test.each(['0639980012', '+0639980012', '+33 639980012', '+33', `+${'3'.repeat(16)}`])(
  '%s is no number in E.164',
  (text) => {
    expect(e164Schema.safeParse(text).success).toBe(false);
  },
);
