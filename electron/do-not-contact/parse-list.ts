import type { DoNotContact, LineProblem } from '../../shared/do-not-contact.ts';
import type { Country, E164 } from '../../shared/phone/e164.ts';
import { findNumbers, plainCell, type CellReading } from '../../shared/phone/numbers-in-cell.ts';
import { createRegularYield } from '../files/yield-regularly.ts';
import { describeColumns, type Column } from './detect-columns.ts';
import type { Table } from './read-table.ts';

export type ParsedList = {
  /** Each number once, in file order. */
  readonly entries: readonly DoNotContact[];
  /** How many numbers are repeated. */
  readonly doubled: number;
  /** How many numbers were skipped because they cannot receive an SMS. */
  readonly landlines: number;
  /** How many lines have no cell that could hold a number. */
  readonly without: number;
  readonly problems: readonly LineProblem[];
};

type Parts = { readonly country: Country; readonly now: number };

/** Cells read without a pause (some ten milliseconds); then the parser yields to the event loop. */
const PART_CELLS = 1_000;
const SHOWN_MAX = 60;
const STAFF_MAX = 100;

/** Returns the columns of a table that can hold numbers. */
export async function readColumns(table: Table, country: Country): Promise<readonly Column[]> {
  return describeColumns(table, country, createRegularYield(PART_CELLS));
}

/**
 * Parses a list of numbers from a table. `chosen`: the columns chosen by the user, which hold numbers in any spelling,
 * landlines too; null where the columns are clear. Nothing is dropped silently: every cell with a number counts, and a
 * line without one is a problem or counted.
 */
export async function parseList(
  table: Table,
  columns: readonly Column[],
  chosen: readonly number[] | null,
  parts: Parts,
): Promise<ParsedList> {
  const readings = new Map(
    columns.flatMap((column): readonly (readonly [number, CellReading])[] => {
      if (chosen !== null) return chosen.includes(column.at) ? [[column.at, 'any']] : [];
      const reading = readingOf(column);
      return reading === undefined ? [] : [[column.at, reading]];
    }),
  );
  const hasColumn = [...readings.values()].includes('any');
  const told = readSinceAndStaff(columns);
  const entries = new Map<E164, DoNotContact>();
  const problems: LineProblem[] = [];
  let [doubled, landlines, without] = [0, 0, 0];
  const pause = createRegularYield(PART_CELLS);
  for (const { line, cells } of table.rows) {
    await pause(cells?.length ?? 1);
    const found = cells === null ? 'broken' : readLine(cells, readings, parts.country);
    if (found === 'broken') {
      problems.push({ line, why: 'broken', text: shown(cells) });
      continue;
    }
    const { mobiles, trouble } = found;
    const taken = chosen === null ? mobiles : [...mobiles, ...found.landlines];
    if (chosen === null) landlines += found.landlines.length;
    for (const phone of taken) {
      if (entries.has(phone)) doubled += 1;
      else entries.set(phone, { phone, ...told(cells ?? [], parts.now) });
    }
    if (trouble !== undefined) problems.push({ line, why: trouble, text: shown(cells) });
    else if (taken.length + found.landlines.length > 0) continue;
    else if (hasColumn) without += 1;
    else problems.push({ line, why: 'no-number', text: shown(cells) });
  }
  return { entries: [...entries.values()], doubled, landlines, without, problems };
}

/** How to read a column that needed no question; undefined where it cannot hold numbers. */
function readingOf({ meaning, isTaken }: Column): CellReading | undefined {
  if (meaning === 'date' || meaning === 'file-number') return undefined;
  if (meaning === 'phone') return 'any';
  return meaning === 'unknown' && isTaken ? 'any' : 'announced';
}

function readLine(
  cells: readonly string[],
  readings: ReadonlyMap<number, CellReading>,
  country: Country,
) {
  const found = cells.flatMap((cell, at) => {
    const reading = readings.get(at);
    return reading === undefined ? [] : [findNumbers(cell, country, reading)];
  });
  return {
    mobiles: found.flatMap(({ mobiles }) => mobiles),
    landlines: found.flatMap((one) => one.landlines),
    trouble: found.find(({ trouble }) => trouble !== undefined)?.trouble,
  };
}

/**
 * Reads the date and the staff name only from columns whose heading says so, as in our own export. A customer's name
 * is never a colleague's, and a departure date is not the date of a refusal.
 */
function readSinceAndStaff(columns: readonly Column[]) {
  const sinceAt = columns.find(({ meaning }) => meaning === 'since')?.at;
  const staffAt = columns.find(({ meaning }) => meaning === 'staff')?.at;
  return (cells: readonly string[], now: number): Pick<DoNotContact, 'since' | 'staff'> => {
    const since = sinceAt === undefined ? undefined : readInstant(cells[sinceAt] ?? '');
    const staff = staffAt === undefined ? '' : plainCell(cells[staffAt] ?? '').slice(0, STAFF_MAX);
    return { since: Math.min(since ?? now, now), staff: staff === '' ? null : staff };
  };
}

/** Parses `2026-11-23` or `2026-11-23T10:00:00+01:00`, as exports write it. */
function readInstant(cell: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?$/.test(cell.trim())) return undefined;
  const at = Date.parse(cell.trim());
  return at > 0 ? at : undefined;
}

function shown(cells: readonly string[] | null): string {
  return (cells ?? []).join(' ').trim().slice(0, SHOWN_MAX);
}
