import type { DoNotContact, LineProblem } from '../../shared/do-not-contact.ts';
import type { Country, E164 } from '../../shared/phone/e164.ts';
import { findNumbers, plainCell, type CellReading } from '../../shared/phone/numbers-in-cell.ts';
import { createRegularYield } from '../files/yield-regularly.ts';
import { describeColumns, type Column } from './detect-columns.ts';
import type { Table } from './read-table.ts';

export type ParsedList = {
  /** Each number once, in the order of the file. */
  readonly entries: readonly DoNotContact[];
  /** How often a number is repeated. */
  readonly doubled: number;
  /** How many numbers were left out because no SMS reaches them. */
  readonly landlines: number;
  /** How many lines have nothing where a number could stand. */
  readonly without: number;
  readonly problems: readonly LineProblem[];
};

type Parts = { readonly country: Country; readonly now: number };

/** Cells that are read without a pause: some ten milliseconds, then the reading yields to the event loop. */
const PART_CELLS = 1_000;
const SHOWN_MAX = 60;
const STAFF_MAX = 100;

/** The columns of a table, of which the numbers can be taken. */
export async function readColumns(table: Table, country: Country): Promise<readonly Column[]> {
  return describeColumns(table, country, createRegularYield(PART_CELLS));
}

/**
 * Reads a list of numbers from a table. `chosen`: the columns that a person has chosen, which hold numbers however they
 * are written, landlines too; null where it is plain. Nothing is lost in silence: every cell that holds a number counts,
 * and a line without one is a problem or counted.
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

/** How a column is read where nobody had to be asked; undefined where no number can stand in it. */
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
 * Since when, and who was told: only from columns that say so, as those of our own export. The name of a customer is
 * never that of a colleague, and the date of a departure says nothing about a "no".
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

/** `2026-11-23` or `2026-11-23T10:00:00+01:00`, as exports have it. */
function readInstant(cell: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?$/.test(cell.trim())) return undefined;
  const at = Date.parse(cell.trim());
  return at > 0 ? at : undefined;
}

function shown(cells: readonly string[] | null): string {
  return (cells ?? []).join(' ').trim().slice(0, SHOWN_MAX);
}
