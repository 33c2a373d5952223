import { HIDDEN_MARKS } from './direction.ts';

/**
 * One word that somebody searches for, in each spelling under which it can stand in the log: at least one of them must
 * be a part of the row's text.
 */
export type SearchWord = readonly string[];

const NUMBER = /^[+\d][\d\s().\-/]*$/;
const NUMBER_MARKS = /[\s().\-/]/g;

/** Text as it is compared: case, accents and runs of spaces aside. */
export function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}

/**
 * What somebody has typed into the search, word by word; all of them are wanted. A part of a number is one word however
 * it is spaced: `06 39`, `+33 (0)6 39` and `0033 639` all find +33639….
 */
export function searchWords(typed: string): readonly SearchWord[] {
  const text = plainText(typed.replace(/\s+/gu, ' ').replace(HIDDEN_MARKS, ''));
  if (text === '') return [];
  if (NUMBER.test(text)) return [numberSpellings(text)];
  return text.split(' ').map((word) => (NUMBER.test(word) ? numberSpellings(word) : [word]));
}

function numberSpellings(text: string): SearchWord {
  const digits = text.replace('(0)', '').replace(NUMBER_MARKS, '');
  // Long enough it can be the code of a country; it can also be the middle of a number.
  return /^00[1-9]\d{2}/.test(digits) ? [digits, `+${digits.slice(2)}`] : [digits];
}
