/** What separates the cells: a semicolon where the comma is in the numbers, as spreadsheets there expect it. */
export type CsvSeparator = ',' | ';';

/** The byte order mark by which spreadsheets know UTF-8. */
export const CSV_START = '\uFEFF';

/**
 * Where a spreadsheet could find a formula: at the beginning of a cell, and behind whatever ends a cell or a line for one
 * that expects another separator. Quotes and white space between are cut or taken for quoting; the full-width forms are
 * read like their ASCII ones. https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULAS = /(?<=^|[,;\t\r\n])(?=[\s\p{Cc}"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu;
const STARTS_APART = /^[\t\r\n]/;

/**
 * One line of a CSV file (RFC 4180). With whatever separator it is opened no cell is ever a formula: an apostrophe stands
 * before what could be one, as spreadsheets write it themselves, and so a phone number stays text. Our own import takes the
 * apostrophe off again (`plainCell`).
 */
export function csvLine(cells: readonly string[], separator: CsvSeparator): string {
  return `${cells.map(csvCell).join(separator)}\r\n`;
}

/** A cell without any of these needs a closer look neither for formulas nor for quotes. */
const SUSPECT = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|["\t\r\n,;]/u;
/** Quoted whatever the separator is, so that the same cells are found by both. */
const NEEDS_QUOTES = /["\t\r\n,;]/;

function csvCell(text: string): string {
  if (text === '' || !SUSPECT.test(text)) return text;
  const guarded = text.replaceAll(FORMULAS, "'");
  const safe = STARTS_APART.test(guarded) ? `'${guarded}` : guarded;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Switzerland and Liechtenstein have a point in numbers, and a semicolon in lists all the same. */
const SEMICOLON = /-(?:CH|LI)$/;

/** The separator that spreadsheets expect on a PC with this regional format (BCP 47); a comma where it is none. */
export function csvSeparator(regionalFormat: string): CsvSeparator {
  if (SEMICOLON.test(regionalFormat)) return ';';
  const decimal = numberFormat(regionalFormat)
    ?.formatToParts(1.5)
    .find(({ type }) => type === 'decimal');
  return decimal?.value === ',' ? ';' : ',';
}

/** How numbers are written there. An English system in France ("en-FR") writes them as the French do. */
function numberFormat(regionalFormat: string): Intl.NumberFormat | undefined {
  try {
    const format = new Intl.NumberFormat(regionalFormat);
    const { region } = new Intl.Locale(regionalFormat);
    if (region === undefined || format.resolvedOptions().locale.endsWith(region)) return format;
    return new Intl.NumberFormat(new Intl.Locale(`und-${region}`).maximize());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}
