import { HIDDEN_MARKS } from './text-direction.ts';

/**
 * One search word in each spelling under which the database can contain it: at least one must be part of the row's
 * text.
 */
export type SearchWord = readonly string[];

/** Everything typed as an apostrophe: the keyboard's, the typographic ones, standalone accents, the prime. */
const APOSTROPHES = /['\u2018\u2019\u201B\u02B9\u02BB\u02BC\u02C8\u2032\u0060\u00B4\uFF07\uFF40]/g;
const HYPHENS = /[\p{Pd}\u2043\u2212]/gu;
/** Arabic-Indic and extended Arabic-Indic digits; NFKC makes the full-width ones ASCII. */
const ARABIC_DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/g;

/** Letters without a decomposition, and their spelling on keyboards that lack them. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ĸ: 'k',
  ŋ: 'n',
  ς: 'σ',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/**
 * Scripts whose names are written with or without marks. In others a mark makes another letter: й, ポ, the vowels of
 * प्रिया.
 */
const UNMARKED = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}])\p{M}+/gu;
/** Ё is written Е as well. */
const DOTTED_YE = /\u0435\u0308/g;
/** Standalone accents, the stretching of Arabic words, and emoji variation selectors. */
const STRAY = /[\u{300}-\u{36F}]|\u{640}|[\u{FE00}-\u{FE0F}]/gu;

/**
 * Folds text for comparing and searching: ignores case, optional marks, the kind of apostrophe and hyphen, and runs of
 * spaces. Folding twice changes nothing.
 */
export function plainText(text: string): string {
  return fold(fold(text));
}

// The result of NFKC can need a second pass: a letter is folded only when its mark is gone.
function fold(text: string): string {
  return text
    .replace(APOSTROPHES, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(UNMARKED, '$1')
    .replace(DOTTED_YE, '\u0435')
    .normalize('NFC')
    .replace(STRAY, '')
    .replace(ARABIC_DIGITS, (digit) => String(digit.charCodeAt(0) % 16))
    .replace(HYPHENS, '-')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** A part of a number. */
const PIECE = /^[+(]*\d[\d().\-/]*$|^\(\d+\)$/;
const NUMBER_MARKS = /[\s().\-/]/g;

/**
 * Splits search input into words; a row must match all of them. A part of a number is one word in any spacing and
 * position: `Dupont 06 39`, `+33 (0)6 39` and `0033 639` all find +33639….
 */
export function searchWords(typed: string): readonly SearchWord[] {
  const text = plainText(typed.replace(/\s+/gu, ' ').replace(HIDDEN_MARKS, ''));
  if (text === '') return [];
  const words: SearchWord[] = [];
  let pieces: string[] = [];
  const endNumber = (): void => {
    if (pieces.length > 0) words.push(numberSpellings(pieces.join(' ')));
    pieces = [];
  };
  for (const word of text.split(' ')) {
    if (PIECE.test(word)) pieces.push(word);
    else {
      endNumber();
      words.push([word]);
    }
  }
  endNumber();
  return words;
}

/** The country codes of two digits; those of one are 1 and 7, all others have three (ITU-T E.164). */
const TWO_DIGITS = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** Returns an international number as stored: without the 0 that is dialled at home only. */
function withoutTrunkZero(number: string): string {
  const digits = number.slice(1);
  const length = /^[17]/.test(digits) ? 1 : TWO_DIGITS.test(digits) ? 2 : 3;
  // In Italy the 0 belongs to the number.
  if (digits.startsWith('39') || digits[length] !== '0') return number;
  return `+${digits.slice(0, length)}${digits.slice(length + 1)}`;
}

function numberSpellings(text: string): SearchWord {
  const digits = text.replace('(0)', '').replace(NUMBER_MARKS, '');
  // Long enough digits may begin with a country code, or be the middle of a number.
  const abroad = /^00[1-9]\d{2}/.test(digits) ? [`+${digits.slice(2)}`] : [];
  const e164 = [digits, ...abroad].filter((number) => number.startsWith('+'));
  // Search the typed text too: digits may be part of a name.
  const spellings = [digits, ...abroad, ...e164.map(withoutTrunkZero), text];
  return [...new Set(spellings)].filter((spelling) => spelling !== '' && spelling !== '+');
}

/** Returns the digits of a part of a number as they can occur in E.164: a leading 0 is dialled at home only. */
export function e164Digits(typed: string): readonly string[] {
  const digits = searchWords(typed)
    .flat()
    .map((spelling) => spelling.replaceAll(/\D/g, '').replace(/^0+/, ''));
  return [...new Set(digits)].filter((spelling) => spelling !== '');
}
