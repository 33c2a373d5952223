import { readCsv, type CsvRecord } from '../../shared/csv/parse-csv.ts';
import { createRegularYield } from '../files/yield-regularly.ts';

/** The table in a file. */
export type Table = {
  /** The heading line; null where the first line looks like the others. */
  readonly heading: readonly string[] | null;
  /** The non-empty lines below it. `cells` is null where a line cannot be read. */
  readonly rows: readonly CsvRecord[];
};

/** A heading may contain a count ("Phone 1 - Value"), but no phone number. */
const HEADING_DIGITS_MAX = 3;
/** A list written on one line: its cells are not columns. */
const LIST_LINES_MAX = 3;
const LIST_CELLS_MIN = 20;
/** A wider line is reported as broken. */
const COLUMNS_MAX = 1_000;
/** The beginning of a cell is enough to recognise its content. */
const CELL_START = 1_000;
/** Cells split in some ten milliseconds. */
const PART_CELLS = 20_000;

/**
 * Reads a table from the bytes of a text file, in any encoding, separator and quoting that spreadsheets and booking
 * systems write. Yields to the event loop between parts. Undefined for anything but text, such as a workbook. No
 * library is used: a phone number is written in ASCII in every encoding, so telling Windows-1252 from its relatives
 * would change no number, and the available parsers refuse or mangle cells with a quote in their middle, which these
 * systems write.
 */
export async function readTable(bytes: Uint8Array): Promise<Table | undefined> {
  const text = decode(bytes);
  if (text === undefined) return undefined;
  const pause = createRegularYield(PART_CELLS);
  const records: CsvRecord[] = [];
  for (const record of readCsv(text)) {
    if (!isBlank(record.cells)) records.push(record);
    await pause(record.cells?.length ?? PART_CELLS);
  }
  const [first, ...others] = records;
  const heading = first !== undefined && isHeading(first.cells) ? first.cells : null;
  return { heading, rows: asList(heading === null ? records : others) };
}

const isBlank = (cells: readonly string[] | null): boolean =>
  cells?.every((cell) => !/\S/.test(cell)) ?? false;

const digitsIn = (text: string): number => text.slice(0, CELL_START).match(/\p{Nd}/gu)?.length ?? 0;

function isHeading(cells: readonly string[] | null): boolean {
  return (
    cells !== null &&
    cells.length <= COLUMNS_MAX &&
    cells.some((cell) => /\p{L}/u.test(cell.slice(0, CELL_START))) &&
    cells.every((cell) => digitsIn(cell) <= HEADING_DIGITS_MAX)
  );
}

function asList(rows: readonly CsvRecord[]): readonly CsvRecord[] {
  const isList = rows.length <= LIST_LINES_MAX;
  if (!isList || !rows.some(({ cells }) => (cells?.length ?? 0) >= LIST_CELLS_MIN))
    return rows.map(({ line, cells }) => ({
      line,
      cells: (cells?.length ?? 0) > COLUMNS_MAX ? null : cells,
    }));
  return rows.flatMap(
    ({ line, cells }): readonly CsvRecord[] =>
      cells?.map((cell) => ({ line, cells: [cell] })) ?? [{ line, cells }],
  );
}

/** Enough bytes to detect the encoding of a file. */
const SAMPLE_BYTES = 4_096;

/**
 * Decodes UTF-16 with its byte order mark or, as database tools write it without one, by the zero in every second
 * byte; UTF-8 where the bytes are valid; else the Windows-1252 of older spreadsheets.
 * https://encoding.spec.whatwg.org/#names-and-labels
 */
function decode(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 1].map((at) => sample.filter((byte, i) => i % 2 === at && byte === 0).length);
  const [even = 0, odd = 0] = zeros;
  const many = sample.length / 4;
  if (odd > many && even === 0) return new TextDecoder('utf-16le').decode(bytes);
  if (even > many && odd === 0) return new TextDecoder('utf-16be').decode(bytes);
  if (even + odd > 0) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
