import { plainText, searchWords, type SearchWord } from '../../../shared/search-terms.ts';

type Searched = {
  readonly phone: string;
  readonly name: string;
  readonly staff: string | null;
};

/** The plan of a text search: the part for the index, and the part for a row-by-row check. */
export type Search = {
  /** The query for the index; undefined when no word is long enough for it. */
  readonly match: string | undefined;
  /** Long numbers, which the index searches by their end only; the matching rows must contain the whole number. */
  readonly wholes: readonly SearchWord[];
  readonly hasShortWords: boolean;
  /** Whether a row contains the words that are too short for the index. */
  readonly holds: (row: Searched) => boolean;
};

/** The index knows only groups of three characters. */
const TRIGRAM = 3;

/**
 * The beginnings of numbers are much the same in every database: most rows contain their trigrams, and the index would
 * read them all. The last four digits of a number leave one row in ten thousand.
 */
const NUMBER_END = 4;
const LONG_NUMBER = new RegExp(`^(?:[^\\d\\p{L}]*\\d){${NUMBER_END + 3},}[^\\d\\p{L}]*$`, 'u');

/** Plans the search for a typed text; undefined for an empty one. */
export function planSearch(typed: string): Search | undefined {
  const words = searchWords(typed);
  if (words.length === 0) return undefined;
  const long = words.filter(isLong);
  const short = words.filter((word) => !isLong(word));
  return {
    match: long.length === 0 ? undefined : long.map(endOf).map(toMatch).join(' AND '),
    wholes: long.filter(isLongNumber),
    hasShortWords: short.length > 0,
    holds: (row) => {
      if (short.length === 0) return true;
      const text = textOf(row);
      return short.every((word) => word.some((spelling) => text.includes(spelling)));
    },
  };
}

function isLong(word: SearchWord): boolean {
  return word.every((spelling) => [...spelling].length >= TRIGRAM);
}

function isLongNumber(word: SearchWord): boolean {
  return word.every((spelling) => LONG_NUMBER.test(spelling));
}

function endOf(word: SearchWord): SearchWord {
  if (!isLongNumber(word)) return word;
  return [...new Set(word.map((spelling) => spelling.slice(-NUMBER_END)))];
}

function toMatch(word: SearchWord): string {
  return `(${word.map((spelling) => `"${spelling.replaceAll('"', '""')}"`).join(' OR ')})`;
}

/** Texts that the tokenizer of the index (`remove_diacritics 1`) folds like `plainText`. */
const FOLDED_BY_INDEX = /^[\n -&(-_a-~À-ÅÇ-ÏÑ-ÖÙ-Ýà-åç-ïñ-öù-ýÿ]*$/;

/**
 * The name and the colleague of an invitation as the index needs them; null when its tokenizer folds them the same,
 * which saves most desks a second copy of every name.
 */
export function foldedText({ name, staff }: Omit<Searched, 'phone'>): string | null {
  const text = `${name}\n${staff ?? ''}`;
  return FOLDED_BY_INDEX.test(text) ? null : `${plainText(name)}\n${plainText(staff ?? '')}`;
}

/** The text as the index knows it, as far as one or two characters can show. */
function textOf({ phone, name, staff }: Searched): string {
  return `${phone}\n${plainText(name)}\n${plainText(staff ?? '')}`;
}
