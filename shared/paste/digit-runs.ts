import { maskNonNumbers } from './mask-non-numbers.ts';
import type { Span } from './find-name.ts';

/** A run of digit groups with only spaces and punctuation between them, as phone numbers are written. */
export type DigitRun = readonly Span[];

/** People paste a signature or a table row, not a book; later groups are ignored. */
const GROUPS_MAX = 100;

const GROUP = /[+＋]?\p{Nd}+/gu;
/** No tab and no line break: these separate the columns and rows of a pasted table. */
const GAP = /^(?:[^\S\t\r\n]|[\p{Cf}\p{Pd}\u2212./\\()[\]·•]){1,4}$/u;

/** Finds digit runs that may hold phone numbers: outside addresses, dates, times, prices, references and words. */
export function findDigitRuns(text: string): readonly DigitRun[] {
  const searched = maskNonNumbers(text);
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
