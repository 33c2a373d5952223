import { describe, expect, test } from 'vitest';
import { cleanName, isNameTooLong } from '../../../shared/customer-name.ts';
import { ownDirection } from '../../../shared/text-direction.ts';
import { parsePhone, splitPasted } from '../../../shared/phone/phone.ts';
import { plainText, searchWords } from '../../../shared/search-terms.ts';

const MEGABYTE = 1_000_000;
/** Each takes some milliseconds; quadratic time would take minutes. */
const ENOUGH_MS = 5_000;

const HUGE: readonly (readonly [string, string])[] = [
  ['digits', '6'.repeat(MEGABYTE)],
  ['letters', 'a'.repeat(MEGABYTE)],
  ['spaces', `${' '.repeat(MEGABYTE)}x`],
  ['punctuation', `${','.repeat(MEGABYTE)}x`],
  ['line ends', `${'\r\n'.repeat(MEGABYTE / 2)}x`],
  ['marks on one letter', `e${'\u0301'.repeat(MEGABYTE)}`],
  ['joined emoji', '👨‍'.repeat(MEGABYTE / 3)],
  ['invisible characters', `${'\u202E'.repeat(MEGABYTE)}x`],
  ['almost addresses', `${'a@'.repeat(MEGABYTE / 2)} `],
  ['almost numbers', '06 39 '.repeat(MEGABYTE / 6)],
];

describe.each(HUGE)('[row 81] a megabyte of %s', (_name, text) => {
  test.each([
    ['a name', () => cleanName(text)],
    ['the length of a name', () => isNameTooLong(text)],
    ['a number', () => parsePhone(text, 'FR')],
    ['a pasted card', () => splitPasted(text, 'FR')],
    ['a search', () => searchWords(text)],
    ['a compared text', () => plainText(text)],
    ['a part of a sentence', () => ownDirection(text)],
  ])('is read as %s without a delay', (_as, read) => {
    const startMs = performance.now();
    read();
    expect(performance.now() - startMs).toBeLessThan(ENOUGH_MS);
  });
});
