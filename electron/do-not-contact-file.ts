import { setImmediate } from 'node:timers/promises';
import { readCsv, type CsvRecord } from '../shared/csv-records.ts';
import type { DoNotContact, LineProblem } from '../shared/do-not-contact.ts';
import type { Country } from '../shared/e164.ts';
import { readPhone } from '../shared/phone.ts';

export type ListReading = {
  /** Each number once, in the order of the file. */
  readonly entries: readonly DoNotContact[];
  /** How many lines repeat a number. */
  readonly doubled: number;
  readonly problems: readonly LineProblem[];
};

/** So many lines tell which column holds the numbers. */
const SAMPLE = 50;
/** Lines in one go: some ten milliseconds, after which everybody else has their turn. */
const PART = 200;
const SHOWN_MAX = 60;
const STAFF_MAX = 100;

/**
 * Reads a list of numbers from a CSV text, whatever else stands in it. A number may be written in any way that one may
 * type it, with the apostrophe that keeps spreadsheets from taking it for a formula. Nothing is lost in silence: a line
 * is an entry, a repetition, a problem, empty, or the heading.
 */
export async function readList(
  text: string,
  parts: { readonly country: Country; readonly now: number },
): Promise<ListReading> {
  const records = [...readCsv(text)];
  const column = findColumn(records.slice(0, SAMPLE), parts.country);
  const entries = new Map<string, DoNotContact>();
  const problems: LineProblem[] = [];
  let doubled = 0;
  for (const [at, { line, cells }] of records.entries()) {
    if (at % PART === PART - 1) await setImmediate();
    if (cells?.every((cell) => cell.trim() === '') === true) continue;
    if (at === 0 && cells !== null && isHeading(cells)) continue;
    const found = cells === null ? 'broken' : readEntry(cells, column, parts);
    if (typeof found === 'string') problems.push({ line, why: found, text: shown(cells) });
    else if (entries.has(found.phone)) doubled += 1;
    else entries.set(found.phone, found);
  }
  return { entries: [...entries.values()], doubled, problems };
}

function readEntry(
  cells: readonly string[],
  column: number,
  { country, now }: { readonly country: Country; readonly now: number },
): DoNotContact | LineProblem['why'] {
  const typed = plain(cells[column] ?? '');
  const reading = readPhone(typed, country);
  if (reading.kind === 'empty' || !/\d/.test(typed)) return 'no-number';
  if (reading.kind !== 'complete') return reading.kind;
  const dated = cells.findIndex((cell) => readInstant(cell) !== undefined);
  const since = readInstant(cells[dated] ?? '') ?? now;
  const staff = dated < 0 ? '' : plain(cells[dated + 1] ?? '').slice(0, STAFF_MAX);
  return {
    phone: reading.e164,
    since: Math.min(since, now),
    staff: staff === '' ? null : staff,
  };
}

/** The column in which most of the numbers stand. */
function findColumn(sample: readonly CsvRecord[], country: Country): number {
  const counts: number[] = [];
  for (const { cells } of sample) {
    for (const [column, cell] of (cells ?? []).entries()) {
      const isNumber = readPhone(plain(cell), country).kind === 'complete';
      counts[column] = (counts[column] ?? 0) + (isNumber ? 1 : 0);
    }
  }
  return counts.indexOf(Math.max(...counts));
}

const isHeading = (cells: readonly string[]): boolean => cells.every((cell) => !/\d/.test(cell));

/** A cell as it was before a spreadsheet was kept from reading it as a formula: `'+33…` or `="+33…"`. */
function plain(cell: string): string {
  const text = cell.trim();
  const quoted = /^="(.*)"$/.exec(text);
  if (quoted !== null) return quoted[1] ?? '';
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

/** `2026-11-23` or `2026-11-23T10:00:00+01:00`, as exports have it. */
function readInstant(cell: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?$/.test(cell.trim())) return undefined;
  const at = Date.parse(cell.trim());
  return at > 0 ? at : undefined;
}

function shown(cells: readonly string[] | null): string {
  return (cells ?? []).join(' ').trim().slice(0, SHOWN_MAX);
}
