import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainText, searchWords } from '../../shared/search-words.ts';

describe('what somebody searches for', () => {
  test.each([
    ['', []],
    ['   ', []],
    ['06 39', [['0639']]],
    ['06.39.98', [['063998']]],
    ['+33 (0)6 39', [['+33639']]],
    ['0033 639', [['0033639', '+33639']]],
    ['0012', [['0012']]],
    ['00331', [['00331', '+331']]],
    ['00', [['00']]],
    ['(0)6', [['(0)6']]],
    ['Élodie  MÜLLER', [['elodie'], ['muller']]],
    ['Marie 06-39', [['marie'], ['0639']]],
    ['a"b', [['a"b']]],
    ['\0', []],
    ['Ma\u200Brie\u202E\tDupont', [['marie'], ['dupont']]],
  ])('%j is looked for as %j', (typed, words) => {
    expect(searchWords(typed)).toEqual(words);
  });

  test('is never a word without a letter, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        for (const word of searchWords(typed)) expect(word.every(Boolean)).toBe(true);
      }),
    );
  });
});

test('plain text stays as it is when it is made plain again', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(plainText(plainText(text))).toBe(plainText(text));
    }),
  );
});
