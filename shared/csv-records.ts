/** One record of a CSV text, and the line that it begins on, from 1. `cells` is null when its quotes do not fit together. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] | null };

/** A quoted cell that is longer has lost its closing quote; the search for that must not swallow the whole file. */
const QUOTED_MAX = 1_000;
const SEPARATORS = [';', ',', '\t'] as const;
type Separator = (typeof SEPARATORS)[number];

/**
 * The records of a CSV text as spreadsheets write them (RFC 4180): a byte order mark, `;`, `,` or tabs, any line ends,
 * quoted cells. A broken record ends with its line, so that it spoils no other one.
 */
export function* readCsv(text: string): Generator<CsvRecord> {
  const body = text.replace(/^\uFEFF/, '');
  const separator = findSeparator(body);
  let start = 0;
  let line = 1;
  while (start < body.length) {
    const record = readRecord(body, start, separator);
    yield { line, cells: record.cells };
    line += body.slice(start, record.end).match(/\r\n|\n|\r/g)?.length ?? 0;
    start = record.end;
  }
}

/** What stands most often in the first lines. */
function findSeparator(text: string): Separator {
  const head = text.slice(0, 4_096);
  const count = (separator: string): number => head.split(separator).length;
  const [most] = SEPARATORS.toSorted((one, other) => count(other) - count(one));
  return most ?? ';';
}

type Place = { readonly cells: readonly string[] | null; readonly end: number };

function readRecord(text: string, start: number, separator: Separator): Place {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = readCell(text, at, separator);
    if (cell === null) return { cells: null, end: afterBreak(text, endOfLine(text, start)) };
    cells.push(cell.text);
    at = cell.end;
    if (text[at] !== separator) return { cells, end: afterBreak(text, at) };
    at += 1;
  }
}

type Cell = { readonly text: string; readonly end: number };

/** The cell that begins at `start`; null when its quotes do not fit together. */
function readCell(text: string, start: number, separator: Separator): Cell | null {
  if (text[start] !== '"') {
    let end = start;
    while (end < text.length && text[end] !== separator && !isBreak(text[end])) end += 1;
    return { text: text.slice(start, end), end };
  }
  const part = text.slice(start + 1, start + 1 + QUOTED_MAX);
  const quoted = /^((?:[^"]|"")*)"/.exec(part);
  if (quoted === null) return null;
  const end = start + 1 + quoted[0].length;
  const isOver = end >= text.length || text[end] === separator || isBreak(text[end]);
  return isOver ? { text: (quoted[1] ?? '').replaceAll('""', '"'), end } : null;
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
