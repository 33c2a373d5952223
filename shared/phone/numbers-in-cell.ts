import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Country, E164 } from './e164.ts';
import { parsePhone, type ParsedPhone } from './phone.ts';

/**
 * How cells are read. `announced`: only digits with a leading plus or 0 are a number. `any`: bare digits are one too,
 * because the column holds numbers.
 */
export type CellReading = 'announced' | 'any';

export type NumbersInCell = {
  /** Numbers that can receive an SMS. */
  readonly mobiles: readonly E164[];
  readonly landlines: readonly E164[];
  /** The problem of a cell that should hold a number; undefined when it is fine. */
  readonly trouble: CellTrouble | undefined;
};
/** `rounded`: a spreadsheet has cut off digits. `ambiguous`: it could be two numbers. */
export type CellTrouble = 'no-number' | 'incomplete' | 'impossible' | 'rounded' | 'ambiguous';

const NOTHING: NumbersInCell = { mobiles: [], landlines: [], trouble: undefined };

/** Fewer digits are a room, an extension, a year. */
const DIGITS_MIN = 6;
/** A longer cell is a note; a number is at its beginning, or it is about something else. */
const CELL_MAX = 1_000;

const ROUNDED = /^\d[.,]?\d*E\+?\d+$/i;
/** The decimals that a spreadsheet adds to a number it treated as an amount. */
const DECIMAL_TAIL = /^([+\d]\d{5,})[.,]0+$/;
/** Separators of numbers in one cell; not a bare slash: `0171/1234567` is one number. */
const BETWEEN = /:::|[;,|\n\r\t]|\s\/\s|\s{2,}/;
/** A run of digits with the characters written between them. */
const RUN = /(?:\+\s*|\(\s*\+?\s*)?\d(?:[\d\s()./\u00A0\u202F]|[\p{Pd}\u2212](?=\s?[\d(]))*\d/gu;
const DATE =
  /(?<![\d./-])(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}([./-])\d{1,2}\2\d{1,2})(?![./-]?\d)/g;
const TIME = /(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)/g;

/** Returns a cell without the protection against formulas: `'+33…` or `="+33…"`. */
export function plainCell(cell: string): string {
  const text = cell.trim();
  const quoted = /^="(.*)"$/.exec(text);
  if (quoted !== null) return quoted[1] ?? '';
  return /^['’][=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\d(]/.test(text) ? text.slice(1) : text;
}

/** Whether a cell has enough digits for a number. */
export function mayHoldNumber(cell: string): boolean {
  return (cell.slice(0, CELL_MAX).match(/\p{Nd}/gu)?.length ?? 0) >= DIGITS_MIN;
}

/**
 * Finds the phone numbers in one cell. Never adds, drops or moves a digit; dates and times are never numbers, and a
 * decimal tail and an extension are not part of one.
 */
export function findNumbers(cell: string, country: Country, reading: CellReading): NumbersInCell {
  const text = plainCell(cell.slice(0, CELL_MAX));
  if (!/[\p{L}\p{Nd}]/u.test(text)) return NOTHING;
  const expected = (trouble: CellTrouble): NumbersInCell =>
    reading === 'any' ? { ...NOTHING, trouble } : NOTHING;
  if (ROUNDED.test(text.replaceAll(' ', ''))) return expected('rounded');
  const undated = text.replace(DATE, '|').replace(TIME, '|').trim();
  const whole = readRun(undated.replace(DECIMAL_TAIL, '$1'), country, reading);
  if (typeof whole !== 'string') return whole;
  const runs = undated
    .split(BETWEEN)
    .flatMap((piece) => piece.trim().replace(DECIMAL_TAIL, '$1').match(RUN) ?? [])
    .filter(mayHoldNumber);
  if (runs.length === 0)
    return expected(mayHoldNumber(undated) || /\p{Nd}/u.test(undated) ? 'incomplete' : 'no-number');
  const found = runs.flatMap((run) => readParts(run, country, reading));
  const numbers = found.filter((one) => typeof one !== 'string');
  const trouble = found.find((one) => typeof one === 'string');
  return {
    mobiles: numbers.flatMap(({ mobiles }) => mobiles),
    landlines: numbers.flatMap(({ landlines }) => landlines),
    trouble: reading === 'any' ? trouble : undefined,
  };
}

/** Reads a run as one number, or as several separated by slashes. */
function readParts(
  run: string,
  country: Country,
  reading: CellReading,
): readonly (NumbersInCell | CellTrouble)[] {
  const whole = readRun(run, country, reading);
  if (typeof whole !== 'string') return [whole];
  const parts = run.split('/').map((part) => readRun(part, country, reading));
  return parts.every((part) => typeof part !== 'string') ? parts : [whole];
}

function readRun(run: string, country: Country, reading: CellReading): NumbersInCell | CellTrouble {
  const digits = run.replaceAll(/[^+\p{Nd}]/gu, '');
  const isAnnounced = /^[+0]/.test(digits);
  if (!isAnnounced && reading === 'announced') return 'no-number';
  const national = parsePhone(run, country);
  if (isAnnounced) return toNumbers(national);
  // Spreadsheets drop the plus, so both readings of bare digits are tried.
  const abroad = parsePhone(`+${digits}`, country);
  const isHome = canReceive(national);
  const isAbroad = canReceive(abroad);
  if (isHome && isAbroad && abroad.country !== country) return 'ambiguous';
  if (isAbroad) return toNumbers(abroad);
  return toNumbers(national);
}

type Complete = Extract<ParsedPhone, { readonly kind: 'complete' }>;

/** Whether a reading is certainly a mobile number: an uncertain one of bare digits is a file number. */
function canReceive(reading: ParsedPhone): reading is Complete {
  if (reading.kind !== 'complete') return false;
  if (reading.line === 'mobile') return true;
  // In North America the number does not tell. An unassigned range is rejected.
  return parsePhoneNumberFromString(reading.e164)?.getType() === 'FIXED_LINE_OR_MOBILE';
}

function toNumbers(reading: ParsedPhone): NumbersInCell | CellTrouble {
  if (reading.kind === 'empty') return 'no-number';
  if (reading.kind !== 'complete') return reading.kind;
  const isMobile = reading.line === 'mobile' || reading.line === 'either';
  return {
    mobiles: isMobile ? [reading.e164] : [],
    landlines: isMobile ? [] : [reading.e164],
    trouble: undefined,
  };
}
