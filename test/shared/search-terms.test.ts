import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { e164Digits, plainText, searchWords } from '../../shared/search-terms.ts';

describe('a search text', () => {
  test.each([
    ['', []],
    ['   ', []],
    ['06 39', [['0639', '06 39']]],
    ['06.39.98', [['063998', '06.39.98']]],
    ['06‑39', [['0639', '06-39']]],
    ['０６３９', [['0639']]],
    ['+33 (0)6 39', [['+33639', '+33 (0)6 39']]],
    ['+33 06 39', [['+330639', '+33639', '+33 06 39']]],
    ['+330639', [['+330639', '+33639']]],
    ['+39 06 39', [['+390639', '+39 06 39']]],
    ['0033 639', [['0033639', '+33639', '0033 639']]],
    ['Dupont 06 39 98', [['dupont'], ['063998', '06 39 98']]],
    ['06 39 98 Dupont', [['063998', '06 39 98'], ['dupont']]],
    ['0012', [['0012']]],
    ['00331', [['00331', '+331']]],
    ['00', [['00']]],
    ['(0)6', [['6', '(0)6']]],
    ['Élodie  MÜLLER', [['elodie'], ['muller']]],
    ['Marie 06-39', [['marie'], ['0639', '06-39']]],
    ['a"b', [['a"b']]],
    ['\0', []],
    ['Ma\u200Brie\u202E\tDupont', [['marie'], ['dupont']]],
  ])('%j is searched as %j [row 154]', (typed, words) => {
    expect(searchWords(typed)).toEqual(words);
  });

  test('is never a word without a letter, for any input', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        for (const word of searchWords(typed)) expect(word.every(Boolean)).toBe(true);
      }),
    );
  });
});

test.each([
  ['Елкина', 'Ёлкина'],
  ['احمد', 'أحمد'],
  ['ΠΑΠΑΣ', 'Παπάς'],
  ['שלום', 'שָׁלוֹם'],
  ["O'Brien", 'O’Brien'],
  ['obrien', "O'Brien"],
  ['Jean-Pierre', 'Jean‑Pierre'],
  ['Strauss', 'Strauß'],
  ['Soren', 'Søren'],
  ['Lukasz', 'Łukasz'],
  ['Lecoeur', 'Lecœur'],
  ['Isik', 'Işık'],
  ['ISTANBUL', 'İstanbul'],
  ['dang', 'Đặng'],
  ['oeuvrard', 'Œuvrard'],
  ['Ｍａｒｉｅ', 'marie'],
])('%s and %s are the same name [row 154]', (typed, stored) => {
  expect(plainText(typed)).toBe(plainText(stored));
});

test.each([
  ['Иовчев', 'Йовчев'],
  ['ホール', 'ポール'],
  ['परय', 'प्रिया'],
])('%s and %s are two names: the mark makes another letter [row 154]', (one, other) => {
  expect(plainText(one)).not.toBe(plainText(other));
});

test.each([
  ['+33 (0)6 39 98', '3363998'],
  ['06 39 98', '63998'],
  ['0033 6 39 98', '3363998'],
  ['+33 06 39 98', '3363998'],
])('part of a number typed as %s is %s in E.164 [row 154]', (typed, digits) => {
  expect(e164Digits(typed)).toContain(digits);
});

test('folding a folded text changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plainText(plainText(text))).toBe(plainText(text));
    }),
  );
});
