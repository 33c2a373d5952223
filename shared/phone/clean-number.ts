/**
 * Removes characters around and between the digits of a number, and recognises non-numbers. Does not depend on a
 * country.
 */

/** Full-width ASCII, Arabic-Indic and extended Arabic-Indic digits. */
const FOREIGN_DIGITS = /[\uFF01-\uFF5E\u0660-\u0669\u06F0-\u06F9]/g;

function toAscii(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xff01) return String.fromCharCode(code - 0xfee0);
  return String(code % 16);
}

/** "tel:" and its like, with the parameters that RFC 3966 lets follow the number. */
const LINK = /^\s*(?:tel|callto|sms):([^;?]*).*$/is;

/** Spreadsheets write a text as '0612… or ="0612…"; columns add a comma or semicolon. */
const OPENING = /^\s*=?["'‘’‛`´ʼ′“”«»\s]*/;
const CLOSING = /["'‘’‛`´ʼ′“”«»,;\s]/;

/** Spaces of any width, invisible marks, dashes, dots, slashes, brackets. */
const DECORATION = /[\s\p{Cc}\p{Cf}\p{Pd}\u2212./\\()[\]·•]/gu;

/** A number that a spreadsheet treated as a quantity: 1711234567.0 */
const DECIMAL = /^(\+?\d{6,})[.,](\d{1,2})$/;

/** Returns a text without wrapping around a number, with ASCII digits and the usual dashes and spaces. */
export function stripWrapping(text: string): string {
  const plain = text
    .replace(FOREIGN_DIGITS, toAscii)
    .replace(LINK, '$1')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(OPENING, '');
  let end = plain.length;
  while (end > 0 && CLOSING.test(plain.charAt(end - 1))) end -= 1;
  return plain.slice(0, end);
}

/** Returns the digits of an unwrapped text, with its "+" and every character that is not decoration. */
export function stripDecoration(plain: string): string {
  return plain.replace(DECORATION, '');
}

/**
 * Returns an unwrapped text without a spreadsheet's decimal tail, if that is zero; undefined otherwise: the digits of
 * such a tail must never join the number.
 */
export function withoutDecimals(plain: string): string | undefined {
  const [, digits, tail = ''] = DECIMAL.exec(plain) ?? [];
  if (digits === undefined) return plain;
  return /^0+$/.test(tail) ? digits : undefined;
}

const DATE =
  /^[( ]*(?:(\d{1,2})( ?[./-] ?| )(\d{1,2})\2(\d{4}|\d{2})|(\d{4})( ?[./-] ?| )(\d{1,2})\6(\d{1,2}))[.) ]*$/;

/** Whether an unwrapped text is written as a date: 23.11.2026, 11/23/26, 2026-11-23. */
export function isDate(plain: string): boolean {
  const match = DATE.exec(plain);
  if (match === null) return false;
  const [, first = '', gap = '', second = '', year = '', isoYear = '', , month = '', day = ''] =
    match;
  if (isoYear !== '') return isYear(isoYear) && isDayAndMonth(Number(day), Number(month));
  // Two digits after a space may be any group of a number.
  if (year.length === 2 ? gap === ' ' : !isYear(year)) return false;
  return (
    isDayAndMonth(Number(first), Number(second)) || isDayAndMonth(Number(second), Number(first))
  );
}

function isYear(year: string): boolean {
  return /^(?:19|20)\d\d$/.test(year);
}

function isDayAndMonth(day: number, month: number): boolean {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/**
 * Returns the two shorter numbers that an unwrapped text may contain beside a room, a count or an extension: without
 * its last group ("0171 1234567 2", "06641234567-12") or without its first ("12 0171 1234567").
 */
export function shorterNumbers(plain: string): readonly string[] {
  const groups = [...plain.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ digits, index }));
  const [first, second] = groups;
  const last = groups.at(-1);
  const before = groups.at(-2);
  if (first === undefined || second === undefined || !last || !before) return [];
  const gap = plain.slice(before.index + before.digits.length, last.index);
  const isOwnGap = /[-/]/.test(gap) && plain.indexOf(gap) === plain.lastIndexOf(gap);
  const isTail =
    last.digits.length === 1 ||
    (last.digits.length <= 4 && before.digits.length >= 6) ||
    (last.digits.length <= 3 && before.digits.length >= 5 && isOwnGap);
  const isHead =
    /^\d{1,4}(?: |$)/.test(plain) && !plain.startsWith('0') && second.digits.startsWith('0');
  return [
    ...(isTail ? [plain.slice(0, before.index + before.digits.length)] : []),
    ...(isHead ? [plain.slice(second.index)] : []),
  ];
}
