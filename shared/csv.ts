/** What separates the cells: a semicolon where the comma is in the numbers, as spreadsheets there expect it. */
export type CsvSeparator = ',' | ';';

/** The byte order mark by which spreadsheets know UTF-8. */
export const CSV_START = '\uFEFF';

/** What a spreadsheet takes for a formula, or could after it has cut white space. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^\s*[=+\-@]|^[\t\r\n]/;

/** One line of a CSV file (RFC 4180). No cell is ever a formula, and a phone number stays text. */
export function csvLine(cells: readonly string[], separator: CsvSeparator): string {
  return `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;
}

/** A cell without any of these needs a closer look neither for formulas nor for quotes. */
const SUSPECT = /^\s*[=+\-@]|["\t\r\n,;]/;

function csvCell(text: string, separator: CsvSeparator): string {
  if (text === '' || !SUSPECT.test(text)) return text;
  const safe = FORMULA.test(text) ? `'${text}` : text;
  const needsQuotes = safe.includes(separator) || /["\r\n]/.test(safe);
  return needsQuotes ? `"${safe.replaceAll('"', '""')}"` : safe;
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
