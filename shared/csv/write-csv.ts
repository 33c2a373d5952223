/** The separator of the cells: a semicolon in regions with a decimal comma, as spreadsheets there expect it. */
export type CsvSeparator = ',' | ';';

/** The byte order mark, by which spreadsheets recognise UTF-8. */
export const CSV_START = '\uFEFF';

/**
 * The places where a spreadsheet could find a formula: the beginning of a cell, and behind each character that ends a
 * cell or a line for a reader with another separator. Readers drop quotes and white space between, and read full-width
 * signs like their ASCII ones. https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULAS = /(?<=^|[,;\t\r\n])(?=[\s\p{Cc}"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu;
const STARTS_APART = /^[\t\r\n]/;

/**
 * Writes one line of a CSV file (RFC 4180). No cell is ever a formula, whatever separator the reader uses: an
 * apostrophe precedes each possible one, as spreadsheets write it themselves, so a phone number stays text. Our own
 * import removes the apostrophe (`plainCell`).
 */
export function csvLine(cells: readonly string[], separator: CsvSeparator): string {
  return `${cells.map(csvCell).join(separator)}\r\n`;
}

/** A cell without any of these needs no check for formulas and quotes. */
const SUSPECT = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|["\t\r\n,;]/u;
/** Quoted for every separator, so that each of them finds the same cells. */
const NEEDS_QUOTES = /["\t\r\n,;]/;

function csvCell(text: string): string {
  if (text === '' || !SUSPECT.test(text)) return text;
  const guarded = text.replaceAll(FORMULAS, "'");
  const safe = STARTS_APART.test(guarded) ? `'${guarded}` : guarded;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Switzerland and Liechtenstein have a decimal point, but a semicolon in lists. */
const SEMICOLON = /-(?:CH|LI)$/;

/**
 * Returns the separator that spreadsheets expect on a PC with this regional format (BCP 47); a comma for an invalid
 * one.
 */
export function csvSeparator(regionalFormat: string): CsvSeparator {
  if (SEMICOLON.test(regionalFormat)) return ';';
  const decimal = numberFormat(regionalFormat)
    ?.formatToParts(1.5)
    .find(({ type }) => type === 'decimal');
  return decimal?.value === ',' ? ';' : ',';
}

/** The number format of that region. An English system in France ("en-FR") uses the French one. */
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
