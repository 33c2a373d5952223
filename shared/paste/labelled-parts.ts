import { MASK } from './mask-non-numbers.ts';
import {
  isLabel,
  isNameLabel,
  isOtherWord,
  isParticle,
  isPersonLabel,
  isTitle,
} from './label-words.ts';

/** A piece of text between two separators that may contain a name. */
export type TextPiece = {
  /** The start offset in the text. */
  readonly start: number;
  /** The words without their labels: "Hans Müller" of "Hans Müller Handynummer". */
  readonly words: readonly string[];
  /** `name`: may be a name or a part of one. `title`: "Mme" alone. `other`: words of no name. */
  readonly kind: 'name' | 'title' | 'other';
  /** The separator before it; `line`: it begins its line. */
  readonly gap: 'comma' | 'column' | 'line' | 'other';
};

const SEPARATOR = new RegExp(
  [
    '[|;\\t,:/()<>[\\]{}"«»“”„•·=+*#&!?_@\\\\~^%§\\p{Nd}\\p{So}\\p{Sc}\\p{Sm}\\p{Extended_Pictographic}]+',
    // The characters that follow an emoji, and the mask.
    '[\\uFE0F\\u200D\\u20E3\\uFFFC]+',
    '(?:^|\\s)\\p{Pd}+(?=\\s|$)',
  ].join('|'),
  'gu',
);

/** More words are a sentence, not a name. */
const WORDS_MAX = 5;

/** Returns the pieces of one line, in order. `from` is the offset of the line in the text. */
export function piecesOf(line: string, from: number): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let start = 0;
  let before = '';
  const add = (end: number, after: string): void => {
    const written = wordsOf(line.slice(start, end));
    const words = withoutLabels(written);
    if (words.every(isSmall)) return;
    // A single word before a colon is more likely an unknown label than a name; behind a dash, a remark.
    const isLabelled = words.at(-1) !== written.at(-1);
    const isDoubtful =
      words.length === 1 && ((after.includes(':') && !isLabelled) || /\p{Pd}/u.test(before));
    // The letter O between digits is a mistyped zero.
    const isZeros = words.every((word) => /^[Oo]+$/.test(word)) && /\p{Nd}/u.test(before + after);
    const kind = (isDoubtful && hasMark(line)) || isZeros ? 'other' : kindOf(words);
    pieces.push({ start: from + start, words, kind, gap: gapOf(before) });
  };
  for (const { 0: separator, index } of line.matchAll(SEPARATOR)) {
    add(index, separator);
    before = line.slice(start, index).trim() === '' ? before + separator : separator;
    start = index + separator.length;
  }
  add(line.length, '');
  return pieces;
}

/** "P", "ou": neither a name nor worth reporting as skipped. */
function isSmall(word: string): boolean {
  return (
    !/\p{Lo}/u.test(word) && (/^\P{L}*\p{L}\P{L}*$/u.test(word) || /^\p{Ll}{1,3}$/u.test(word))
  );
}

function hasMark(line: string): boolean {
  return line.includes(MASK);
}

/** The value behind a label. `isPerson`: the label is that of a full name, not of a part of one. */
export type LabelledValue = { readonly value: string; readonly isPerson: boolean };

/** Returns "Dupont" of "Nom du client : Dupont"; undefined when the line has no such label. */
export function labelledValue(line: string): LabelledValue | undefined {
  const colon = line.search(/[:：=]/);
  const label = (colon === -1 ? line : line.slice(0, colon)).trim();
  if (label.length > 40 || !isNameLabel(label)) return undefined;
  return { value: colon === -1 ? '' : line.slice(colon + 1), isPerson: isPersonLabel(label) };
}

/** A label has at most four words: "Nome e cognome cliente". */
const LABEL_WORDS_MAX = 4;

/** Splits a text into parts that each begin with their label: "Nombre: Ana", "Apellidos: López". */
export function labelledParts(text: string): readonly string[] {
  const starts = [...text.matchAll(/[:：=]/g)]
    .map(({ index }) => labelStart(text.slice(0, index)))
    .filter((start) => start !== undefined && start > 0);
  return [0, ...starts].map((start, at) => text.slice(start, starts[at]));
}

/** Returns the offset of the label at the end of a text. */
function labelStart(before: string): number | undefined {
  const words = [...before.matchAll(/[^\s:：=,]+/g)].slice(-LABEL_WORDS_MAX);
  const [last] = words.slice(-1);
  const named = words.find(({ index }) => isNameLabel(before.slice(index).trim()));
  return (named ?? (last !== undefined && isOtherWord(last[0]) ? last : undefined))?.index;
}

/** Returns the words of a text if all of them may be a name. */
export function nameIn(value: string): string | undefined {
  const words = wordsOf(value.replace(/[,;]/g, ' ').replaceAll(MASK, ' '));
  return kindOf(words) === 'name' ? words.join(' ') : undefined;
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{M}]/u.test(word));
}

/** Removes labels around a name, and keeps particles inside. A particle at an end belongs to the label beside it. */
function withoutLabels(words: readonly string[]): readonly string[] {
  let start = 0;
  let end = words.length;
  const at = (place: number): string => words[place] ?? '';
  while (end > start && isLabel(at(end - 1)) && !isTitle(at(end - 1))) end -= 1;
  if (end < words.length) while (end > start && isParticle(at(end - 1))) end -= 1;
  while (end > start && isLabel(at(start)) && !isWrittenAsName(at(start))) start += 1;
  if (start > 0) while (start < end && isLowerParticle(at(start))) start += 1;
  return words.slice(start, end);
}

/** "La", "De", "Di" begin a surname if they are capitalised. */
function isWrittenAsName(word: string): boolean {
  return isTitle(word) || isParticle(word);
}

function isLowerParticle(word: string): boolean {
  return isParticle(word) && word === word.toLowerCase();
}

const NAME_WORD = /^[\p{L}\p{M}][\p{L}\p{M}'’.‑-]*$/u;

function kindOf(words: readonly string[]): TextPiece['kind'] {
  if (words.length === 0 || words.length > WORDS_MAX) return 'other';
  if (words.every(isTitle)) return 'title';
  const isPossible = words.every(
    (word) => NAME_WORD.test(word) && (isParticle(word) || isTitle(word) || isNamed(word)),
  );
  return isPossible && words.some(isWholeName) ? 'name' : 'other';
}

/** Whether a word may be a name: capitalised (d’Arc) or in a script without capitals, and in no list of other words. */
function isNamed(word: string): boolean {
  return !/^\p{Ll}(?!['’]\p{Lu})/u.test(word) && !isOtherWord(word);
}

/** Whether a name is more than an initial. One character is a name in scripts where it is a word (李). */
function isWholeName(word: string): boolean {
  if (isTitle(word) || isParticle(word) || !isNamed(word)) return false;
  return /\p{Lo}/u.test(word) || (word.match(/\p{L}/gu) ?? []).length >= 2;
}

function gapOf(separators: string): TextPiece['gap'] {
  if (separators.trim() === '' && !separators.includes('\t')) return 'line';
  // A quoted cell of a CSV file, and the slash of travel agents: DUPONT/MARIE MRS.
  if (/^(?:[;|\t]+|"[,;\t]"|\/)$/.test(separators)) return 'column';
  return /^,$/.test(separators.trim()) ? 'comma' : 'other';
}
