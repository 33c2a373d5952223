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

/** The separator that spreadsheets expect where this locale is spoken. */
export function csvSeparator(locale: string): CsvSeparator {
  const decimal = new Intl.NumberFormat(locale)
    .formatToParts(1.5)
    .find(({ type }) => type === 'decimal');
  return decimal?.value === ',' ? ';' : ',';
}
