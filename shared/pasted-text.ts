import { cleanName } from './customer-name.ts';

/** A stretch of a text, `end` exclusive. */
export type Span = { readonly start: number; readonly end: number };

/** A row of digit groups with nothing but spaces and punctuation between them, as phone numbers are written. */
export type DigitRun = readonly Span[];

/** People paste a signature or a table row, not a book; the rest is not looked at. */
const GROUPS_MAX = 100;

const EMAIL = /[^\s<>(),;:|"]{1,64}@[^\s<>(),;:|"]{1,255}/g;
const WEB_ADDRESS = /\b(?:https?:\/\/|www\.)\S+/gi;
const DATE = /(?<![\d./-])\d{1,2}([./-])\d{1,2}\1\d{4}(?![./-]?\d)|(?<!\d)\d{4}-\d\d-\d\d(?!-?\d)/g;

const GROUP = /[+＋]?\p{Nd}+/gu;
/** No tab and no line break: they part the columns and rows of a pasted table. */
const GAP = /^(?:[^\S\t\r\n]|[\p{Cf}\p{Pd}\u2212./\\()[\]·•]){1,4}$/u;

/** Finds what may hold phone numbers: runs of digits outside e-mail addresses, web addresses, dates and words. */
export function findDigitRuns(text: string): readonly DigitRun[] {
  const searched = [EMAIL, WEB_ADDRESS, DATE].reduce(
    (rest, other) => rest.replace(other, (found) => 'x'.repeat(found.length)),
    text,
  );
  const runs: Span[][] = [];
  for (const match of searched.matchAll(GROUP)) {
    const span = { start: match.index, end: match.index + match[0].length };
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before && GAP.test(searched.slice(before.end, span.start))) {
      run.push(span);
    } else {
      if (runs.length === GROUPS_MAX) break;
      runs.push([span]);
    }
  }
  return runs
    .filter((run) => run.length <= GROUPS_MAX)
    .filter(([first]) => first && !/\p{L}/u.test(searched.charAt(first.start - 1)));
}

/** Takes the place of what is cut out of a text; no name contains it. */
const CUT = '|';
const SEPARATOR = /[|;\t]/;
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;

/**
 * The name that goes with the number at `chosen`: what else stands on its line or, when it stands alone, the
 * lines above it without digits, or else those below. `numbers` are all spans that hold phone numbers.
 */
export function nameBeside(text: string, numbers: readonly Span[], chosen: Span): string {
  const lines = cutOut(text, numbers).split(LINE_BREAK).map(namePart);
  const at = text.slice(0, chosen.start).split(LINE_BREAK).length - 1;
  const own = lines[at] ?? '';
  if (hasLetter(own)) return cleanName(own);
  const above = nearest(lines.slice(0, at).toReversed()).toReversed();
  const name = above.length > 0 ? above : nearest(lines.slice(at + 1));
  return cleanName(name.join(' '));
}

function nearest(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line !== '');
  if (first === -1) return [];
  const end = lines.findIndex(
    (line, i) => i >= first && (!hasLetter(line) || /\p{Nd}/u.test(line)),
  );
  return lines.slice(first, end === -1 ? undefined : end);
}

function cutOut(text: string, spans: readonly Span[]): string {
  const pieces = spans.map((span, i) => text.slice(i === 0 ? 0 : spans[i - 1]?.end, span.start));
  const last = text.slice(spans.at(-1)?.end ?? 0);
  return [...pieces, last].join(CUT).replace(EMAIL, CUT).replace(WEB_ADDRESS, CUT);
}

/** What forms and signatures write in front of a number or an address. */
const LABEL =
  /(?<!\p{L})(?:t[ée]l(?:[ée]phone)?|tel[ée]fono|telefone?|telem[óo]vel|phone|mobile?|m[óo]vil|portable|cellulare|cell|handy|gsm|e-?mail|courriel)\.? ?:?$/iu;
const NAME_LABEL = /^(?:nom|name|nombre|nome|client|customer|cliente|kunde) ?: ?/i;

/** One line without what was cut out of it, and without the punctuation that this leaves at its ends. */
function namePart(line: string): string {
  const parts = line.split(SEPARATOR).map((part) => trimPunctuation(part.replace(/\s+/g, ' ')));
  return parts
    .map((part, i) => (i < parts.length - 1 ? trimPunctuation(part.replace(LABEL, '')) : part))
    .filter((part) => part !== '')
    .join(' ')
    .replace(NAME_LABEL, '');
}

function trimPunctuation(text: string): string {
  return text.replace(/^[ ,:/·•"«»<>()[\]\p{Pd}]+|[ ,:/·•"«»<>()[\]\p{Pd}]+$/gu, '');
}

function hasLetter(text: string): boolean {
  return /\p{L}/u.test(text);
}
