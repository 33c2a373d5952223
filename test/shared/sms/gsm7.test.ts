import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countSeptets, countSmsParts, isGsm7, transliterate } from '../../../shared/sms/gsm7.ts';

/** The two tables of 3GPP TS 23.038, by code point, so that a look-alike in the source would be noticed. */
const BASIC = [
  0x40,
  0xa3,
  0x24,
  0xa5,
  0xe8,
  0xe9,
  0xf9,
  0xec,
  0xf2,
  0xc7,
  0x0a,
  0xd8,
  0xf8,
  0x0d,
  0xc5,
  0xe5,
  0x394,
  0x5f,
  0x3a6,
  0x393,
  0x39b,
  0x3a9,
  0x3a0,
  0x3a8,
  0x3a3,
  0x398,
  0x39e,
  0xc6,
  0xe6,
  0xdf,
  0xc9,
  0x20,
  0x21,
  0x22,
  0x23,
  0xa4,
  0x25,
  0x26,
  0x27,
  0x28,
  0x29,
  0x2a,
  0x2b,
  0x2c,
  0x2d,
  0x2e,
  0x2f,
  ...Array.from({ length: 10 }, (_, i) => 0x30 + i),
  0x3a,
  0x3b,
  0x3c,
  0x3d,
  0x3e,
  0x3f,
  0xa1,
  ...Array.from({ length: 26 }, (_, i) => 0x41 + i),
  0xc4,
  0xd6,
  0xd1,
  0xdc,
  0xa7,
  0xbf,
  ...Array.from({ length: 26 }, (_, i) => 0x61 + i),
  0xe4,
  0xf6,
  0xf1,
  0xfc,
  0xe0,
];
const EXTENSION = [0x0c, 0x5e, 0x7b, 0x7d, 0x5c, 0x5b, 0x7e, 0x5d, 0x7c, 0x20ac];

describe('the alphabet', () => {
  test('has 127 characters of one septet and ten of two, and no other', () => {
    expect(new Set(BASIC).size).toBe(127);
    const inAlphabet = Array.from({ length: 0x11_0000 }, (_, code) => code).filter((code) =>
      isGsm7(String.fromCodePoint(code)),
    );
    expect(new Set(inAlphabet)).toEqual(new Set([...BASIC, ...EXTENSION]));
    for (const code of BASIC) expect(countSeptets(String.fromCodePoint(code))).toBe(1);
    for (const code of EXTENSION) expect(countSeptets(String.fromCodePoint(code))).toBe(2);
  });

  test.each(['`', 'ç', 'ê', 'œ', 'À', 'È', '’', '…', '«', '–', '°', '\u00A0', '\t', '😀'])(
    'does not contain %j',
    (character) => {
      expect(isGsm7(character)).toBe(false);
    },
  );
});

describe('countSmsParts', () => {
  test.each([
    ['nothing', '', 0],
    ['one character', 'a', 1],
    ['160 septets', 'a'.repeat(160), 1],
    ['161 septets', 'a'.repeat(161), 2],
    ['80 euros', '€'.repeat(80), 1],
    ['81 euros', '€'.repeat(81), 2],
    ['306 septets', 'a'.repeat(306), 2],
    ['307 septets', 'a'.repeat(307), 3],
    ['306 septets, a euro on the seam', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['305 septets, a euro on the seam', `${'a'.repeat(152)}€${'a'.repeat(151)}`, 2],
    ['306 septets, a euro before the seam', `${'a'.repeat(151)}€${'a'.repeat(153)}`, 2],
  ])('%s', (_, text, parts) => {
    expect(countSmsParts(text)).toBe(parts);
  });

  test('needs at least the septets divided by 153, and wastes no part', () => {
    const unit = fc.constantFrom('a', '€', 'é', '{');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 161, maxLength: 500 }), (some) => {
        const septets = countSeptets(some);
        expect(countSmsParts(some)).toBeGreaterThanOrEqual(Math.ceil(septets / 153));
        expect(countSmsParts(some)).toBeLessThanOrEqual(Math.ceil(septets / 152));
      }),
    );
  });
});

describe('transliterate', () => {
  test.each([
    ['é', 'é'],
    ['Ç', 'Ç'],
    ['€', '€'],
    ['ç', 'c'],
    ['ê', 'e'],
    ['ë', 'e'],
    ['î', 'i'],
    ['ô', 'o'],
    ['û', 'u'],
    ['À', 'A'],
    ['È', 'E'],
    ['á', 'a'],
    ['ã', 'a'],
    ['ő', 'o'],
    ['ș', 's'],
    ['ž', 'z'],
    ['ệ', 'e'],
    ['ł', 'l'],
    ['Đ', 'D'],
    ['ı', 'i'],
    ['þ', 'th'],
    ['œ', 'oe'],
    ['Œ', 'OE'],
    ['ẞ', 'SS'],
    ['ﬁ', 'fi'],
    ['’', "'"],
    ['‘', "'"],
    ['`', "'"],
    ['´', "'"],
    ['“', '"'],
    ['«', '"'],
    ['»', '"'],
    ['…', '...'],
    ['–', '-'],
    ['—', '-'],
    ['‑', '-'],
    ['−', '-'],
    ['•', '-'],
    ['°', 'o'],
    ['№', 'No'],
    ['½', '1/2'],
    ['²', '2'],
    ['×', 'x'],
    ['™', 'TM'],
    ['℃', 'oC'],
    ['µ', 'u'],
    ['\u00A0', ' '],
    ['\u202F', ' '],
    ['\u2009', ' '],
    ['\t', ' '],
    ['Ａ', 'A'],
    // Decomposed, as macOS provides file names.
    ['e\u0301', 'é'],
    ['c\u0327', 'c'],
    ['A\u0300', 'A'],
    // A letter is not lost with its combining mark.
    ['a\u200D', 'a'],
    ['x\uFE0F', 'x'],
    ['1\uFE0F\u20E3', '1'],
    ['\u{111C2}@', '@'],
    ['㈠', ''],
    ['😀', ''],
    ['👨‍👩‍👧', ''],
    ['🇫🇷', ''],
    ['李', ''],
    ['Ж', ''],
    ['ع', ''],
    ['\u200B', ''],
    ['\u0000', ''],
  ])('%j becomes %j', (typed, sent) => {
    expect(transliterate(typed)).toBe(sent);
  });

  test('returns only the alphabet, and leaves it unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), (cluster) => {
        const sent = transliterate(cluster);
        expect(isGsm7(sent)).toBe(true);
        expect(transliterate(sent)).toBe(sent);
        if (isGsm7(cluster)) expect(sent).toBe(cluster);
      }),
      { numRuns: 1_000 },
    );
  });
});
