/**
 * One record of a CSV text, and the line on which it begins, from 1. `cells` is null when its quotes do not match, or
 * when it is too long.
 */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] | null };

/** A longer quoted cell has lost its closing quote; searching for that must not consume the whole file. */
const QUOTED_MAX = 1_000;
/** A list on one line has some thousand cells; reading a longer one would block all other work. */
const CELLS_MAX = 20_000;
const SEPARATORS = [';', '\t', ',', '|'] as const;

/** The line in which a file names its separator for Excel. */
const SAID = /^"?sep=(.)"?[ \t]*(?:\r\n|\n|\r|$)/i;

/**
 * Generates the records of a CSV text as spreadsheets write them (RFC 4180): a byte order mark, `;`, `,`, `|` or tabs,
 * any line ends, quoted cells, spaces before a quote, text behind one. A broken record ends with its line, so that it
 * does not affect other ones.
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

/** Enough text to detect the separator. */
const HEAD = 4_096;

/** Returns the separator that occurs equally often in each of the first lines; else the most frequent one. */
function findSeparator(text: string): string {
  const head = text.slice(0, HEAD).replaceAll(/"[^"]*"/g, '');
  const lines = head.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  // The last line may be cut off.
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

/** Reads the cell that begins at `start`; null when its quote is never closed. */
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
  // The quote belongs to the text: "Le Lys" Hotel.
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
