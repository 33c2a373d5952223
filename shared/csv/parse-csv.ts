/** One record of a CSV text, and the line that it begins on, from 1. `cells` is null when its quotes do not fit together, or when it is endless. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] | null };

/** A quoted cell that is longer has lost its closing quote; the search for that must not swallow the whole file. */
const QUOTED_MAX = 1_000;
/** A list in one line has some thousand cells; reading one that is longer would stop everything else. */
const CELLS_MAX = 20_000;
const SEPARATORS = [';', '\t', ',', '|'] as const;

/** The line with which a file says its separator to Excel. */
const SAID = /^"?sep=(.)"?[ \t]*(?:\r\n|\n|\r|$)/i;

/**
 * The records of a CSV text as spreadsheets write them (RFC 4180): a byte order mark, `;`, `,`, `|` or tabs, any line
 * ends, quoted cells, spaces before a quote, text behind one. A broken record ends with its line, so that it spoils no
 * other one.
 */
export function* readCsv(text: string): Generator<CsvRecord> {
  const body = text.replace(/^\uFEFF/, '');
  const said = SAID.exec(body);
  const separator = said?.[1] ?? findSeparator(body);
  let start = said?.[0].length ?? 0;
  let line = said === null ? 1 : 2;
  while (start < body.length) {
    const record = readRecord(body, start, separator);
    yield { line, cells: record.cells };
    line += body.slice(start, record.end).match(/\r\n|\n|\r/g)?.length ?? 0;
    start = record.end;
  }
}

/** So much of a text tells its separator. */
const HEAD = 4_096;

/** What stands equally often in each of the first lines; else what stands most often in them. */
function findSeparator(text: string): string {
  const head = text.slice(0, HEAD).replaceAll(/"[^"]*"/g, '');
  const lines = head.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  // The last one may be cut off.
  const whole = text.length > HEAD && lines.length > 1 ? lines.slice(0, -1) : lines;
  const rank = (separator: string): number => {
    const counts = whole.map((line) => line.split(separator).length - 1);
    const [first = 0] = counts;
    const isRegular = first > 0 && counts.every((count) => count === first);
    return counts.reduce((sum, count) => sum + count, 0) + (isRegular ? HEAD : 0);
  };
  const [most] = SEPARATORS.toSorted((one, other) => rank(other) - rank(one));
  return most ?? ';';
}

type Place = { readonly cells: readonly string[] | null; readonly end: number };

function readRecord(text: string, start: number, separator: string): Place {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = readCell(text, at, separator);
    if (cell === null || cells.length === CELLS_MAX)
      return { cells: null, end: afterBreak(text, endOfLine(text, start)) };
    cells.push(cell.text);
    at = cell.end;
    if (text[at] !== separator) return { cells, end: afterBreak(text, at) };
    at += 1;
  }
}

type Cell = { readonly text: string; readonly end: number };

/** The cell that begins at `start`; null when its quote is never closed. */
function readCell(text: string, start: number, separator: string): Cell | null {
  const quote = /^[ \u00A0]*"/.exec(text.slice(start, start + SPACES_MAX));
  if (quote === null) {
    const end = endOfCell(text, start, separator);
    return { text: text.slice(start, end), end };
  }
  const opened = start + quote[0].length;
  const quoted = /^((?:[^"]|"")*)"/.exec(text.slice(opened, opened + QUOTED_MAX));
  if (quoted === null) return null;
  const closed = opened + quoted[0].length;
  const end = endOfCell(text, closed, separator);
  const isWhole = text.slice(closed, end).trim() === '';
  // A quote that begins a text: "Le Lys" Hotel.
  return { text: isWhole ? (quoted[1] ?? '').replaceAll('""', '"') : text.slice(start, end), end };
}

/** Some programs write spaces before a quote. */
const SPACES_MAX = 10;

function endOfCell(text: string, start: number, separator: string): number {
  let end = start;
  while (end < text.length && text[end] !== separator && !isBreak(text[end])) end += 1;
  return end;
}

const isBreak = (letter: string | undefined): boolean => letter === '\n' || letter === '\r';

function endOfLine(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isBreak(text[end])) end += 1;
  return end;
}

function afterBreak(text: string, at: number): number {
  return text.startsWith('\r\n', at) ? at + 2 : Math.min(at + 1, text.length);
}
