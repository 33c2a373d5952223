import {
  AsYouType,
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import { cleanName } from './customer-name.ts';
import { e164Schema, type Country, type E164 } from './e164.ts';
import { frenchLine, sharesFrenchPlan, withOverseasCode } from './french-numbers.ts';
import { type DigitRun, findDigitRuns, nameBeside, type Span } from './pasted-text.ts';

/**
 * What a typed text is as a phone number. `shown` is the text formatted as one types; reading it again gives
 * the same number.
 */
export type PhoneReading =
  | { readonly kind: 'empty' }
  /** May still become a number by typing on. */
  | { readonly kind: 'incomplete'; readonly shown: string }
  | {
      readonly kind: 'impossible';
      readonly shown: string;
      readonly why: 'too-long' | 'not-a-number' | 'unknown-range' | 'unknown-country';
    }
  | {
      readonly kind: 'complete';
      readonly e164: E164;
      readonly shown: string;
      /** `undefined` when the number belongs to no country (+800…), or to one of several that share its code. */
      readonly country: Country | undefined;
      /** `special`: toll-free, premium and the like. `either`: the number does not tell. */
      readonly line: 'mobile' | 'landline' | 'special' | 'either';
    };

/** More digits than any number, prefix and mistake: not worth formatting. */
const DIGITS_MAX = 30;

/** "+" and 15 digits. */
const E164_MAX = 16;

/**
 * Reads what somebody typed or pasted as one phone number, never throws and never invents a digit.
 *
 * The length is checked strictly, the range is not: libphonenumber knows the ranges that were assigned when it
 * was released, and a desk that was not updated for a year must not turn a guest away. A number of full length
 * in a range it does not know is therefore complete, its line `either`.
 */
export function readPhone(text: string, defaultCountry: Country): PhoneReading {
  const typed = undecorated(text);
  if (typed === '') return { kind: 'empty' };
  if (!/^\+?\d*$/.test(typed)) return { kind: 'impossible', shown: text, why: 'not-a-number' };
  if (typed.length > DIGITS_MAX) return { kind: 'impossible', shown: typed, why: 'too-long' };
  const formatter = new AsYouType(sharesFrenchPlan(defaultCountry) ? 'FR' : defaultCountry);
  const shown = formatter.input(typed);
  const number = formatter.getNumber();
  if (number !== undefined && number.isPossible()) return readPossible(number, formatter, shown);
  const length = formatter.validateLength();
  if (length === 'TOO_LONG') return { kind: 'impossible', shown, why: 'too-long' };
  if (length === 'INVALID_COUNTRY' && isCountryCodeTyped(typed)) {
    return { kind: 'impossible', shown, why: 'unknown-country' };
  }
  return { kind: 'incomplete', shown };
}

/** Reads a number whose length its country has. */
function readPossible(number: PhoneNumber, formatter: AsYouType, shown: string): PhoneReading {
  // libphonenumber allows some German numbers more digits than E.164 does.
  if (number.number.length > E164_MAX) return { kind: 'impossible', shown, why: 'too-long' };
  if (!number.isValid() && frenchLine(number.number) === undefined) {
    formatter.input('0');
    const isFullLength = formatter.validateLength() === 'TOO_LONG';
    if (!isFullLength) return { kind: 'incomplete', shown };
    // A second trunk prefix: no national number starts with one.
    if (number.nationalNumber.startsWith('0')) {
      return { kind: 'impossible', shown, why: 'unknown-range' };
    }
  }
  const e164 = e164Schema.safeParse(withOverseasCode(number.number));
  if (!e164.success) return { kind: 'incomplete', shown };
  if (!readsAlike(e164.data)) return { kind: 'impossible', shown, why: 'unknown-range' };
  const parsed = parsePhoneNumberFromString(e164.data);
  return {
    kind: 'complete',
    e164: e164.data,
    shown,
    country: parsed?.country,
    line: frenchLine(e164.data) ?? lineOf(parsed),
  };
}

/** Behind some country codes a 1 is left out as a trunk prefix; again and again, if there are several. */
function readsAlike(e164: E164): boolean {
  const formatter = new AsYouType();
  formatter.input(e164);
  return formatter.getNumber()?.number === e164;
}

function lineOf(number: PhoneNumber | undefined): 'mobile' | 'landline' | 'special' | 'either' {
  const type = number?.getType();
  switch (type) {
    case 'MOBILE':
      return 'mobile';
    case 'FIXED_LINE':
    case 'VOIP':
      return 'landline';
    case 'FIXED_LINE_OR_MOBILE':
    case undefined:
      return 'either';
    case 'PREMIUM_RATE':
    case 'TOLL_FREE':
    case 'SHARED_COST':
    case 'PERSONAL_NUMBER':
    case 'PAGER':
    case 'UAN':
    case 'VOICEMAIL':
      return 'special';
  }
}

/** Country codes have at most three digits, after "+" or an exit code (00, 011) of at most three. */
function isCountryCodeTyped(typed: string): boolean {
  return typed.length >= (typed.startsWith('+') ? 4 : 6);
}

/** What people put between the digits: spaces of any width, invisible marks, dashes, dots, slashes, brackets. */
const DECORATION = /[\s\p{Cc}\p{Cf}\p{Pd}\u2212./\\()[\]·•]/gu;

/** "tel:" and its like, with the parameters that RFC 3966 lets follow the number. */
const LINK = /^\s*(?:tel|callto|sms):([^;?]*).*$/is;

/** The digits of a text as ASCII, with its "+" and whatever else is no decoration. */
function undecorated(text: string): string {
  return text.replace(FOREIGN_DIGITS, toAscii).replace(LINK, '$1').replace(DECORATION, '');
}

/** Full-width ASCII, Arabic-Indic and extended Arabic-Indic digits. */
const FOREIGN_DIGITS = /[\uFF01-\uFF5E\u0660-\u0669\u06F0-\u06F9]/g;

function toAscii(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xff01) return String.fromCharCode(code - 0xfee0);
  return String(code % 16);
}

/**
 * A stored number for the screen: as one dials it at home, with its country code abroad. `readPhone` reads it
 * back to the same number.
 */
export function showPhone(phone: E164, defaultCountry: Country): string {
  const number = parsePhoneNumberFromString(phone);
  if (number === undefined) return phone;
  const isHome = number.countryCallingCode === getCountryCallingCode(defaultCountry);
  return isHome ? number.formatNational() : number.formatInternational();
}

/**
 * A stored number for lists that others can see: country code and last two digits stay
 * (+33 • •• •• •• 04).
 */
export function maskPhone(phone: E164): string {
  const number = parsePhoneNumberFromString(phone);
  const prefix = number === undefined ? '+' : `+${number.countryCallingCode}`;
  const rest = (number?.formatInternational() ?? phone).slice(prefix.length);
  return prefix + rest.replace(/\d(?=(?:\D*\d){2})/g, '•');
}

/** A longer paste is cut here: the number and the name are at its beginning, or it is not about a customer. */
const PASTE_MAX = 8_192;

/**
 * Parts a pasted text into a phone number, as typed, and a cleaned name, in whatever order and with whatever
 * punctuation they come. Of several numbers the first mobile wins. Without any number `phone` is '' and the
 * text is the name; a number that is wrong or not finished is still the `phone`, for `readPhone` to judge.
 */
export function splitPasted(
  text: string,
  defaultCountry: Country,
): { readonly phone: string; readonly name: string } {
  const pasted = text.slice(0, PASTE_MAX);
  if (readPhone(pasted, defaultCountry).kind === 'complete')
    return { phone: pasted.trim(), name: '' };
  const runs = findDigitRuns(pasted);
  const found = runs.flatMap((run) => findNumbers(pasted, run, defaultCountry));
  const chosen = found.toSorted((a, b) => a.rank - b.rank)[0] ?? findAttempt(pasted, runs);
  if (chosen !== undefined) {
    const numbers = found.length > 0 ? found : [chosen];
    return {
      phone: phoneAt(pasted, chosen),
      name: nameBeside(pasted, numbers, chosen),
    };
  }
  const isOnlyDigits = /\p{Nd}/u.test(pasted) && !/\p{L}/u.test(pasted);
  return isOnlyDigits ? { phone: pasted.trim(), name: '' } : { phone: '', name: cleanName(pasted) };
}

/** The number as typed, with the bracket that its first group opened: (202) 555-0123. */
function phoneAt(text: string, { start, end }: Span): string {
  const phone = text.slice(start, end);
  const isBracketOpen = text[start - 1] === '(' && /^[^(]*\)/.test(phone);
  return isBracketOpen ? `(${phone}` : phone;
}

type Found = Span & { readonly rank: number };

/**
 * The complete numbers of a run. A number may be a part of a run only when it announces itself with "+" or 0
 * and when nothing is left over behind it: digits too many are a mistake to be shown, not to be cut off.
 */
function findNumbers(text: string, run: DigitRun, country: Country): readonly Found[] {
  const announced = run.findIndex(({ start }) => isAnnounced(text, start));
  const partition = announced === -1 ? [] : partitionRun(text, run.slice(announced), country);
  if (partition.length > 0) return partition;
  const whole = spanOf(run);
  const reading = whole && readPhone(text.slice(whole.start, whole.end), country);
  if (whole === undefined || reading?.kind !== 'complete') return [];
  return [{ ...whole, rank: rankOf(reading.line, 'bare') }];
}

/** Reads a whole run as complete numbers one after the other, or finds none. */
function partitionRun(text: string, run: DigitRun, country: Country): readonly Found[] {
  const found: Found[] = [];
  let rest = run;
  while (rest.length > 0) {
    const next = longestNumber(text, rest, country);
    if (next === undefined) return [];
    found.push(next);
    rest = rest.filter(({ start }) => start >= next.end);
  }
  return found;
}

function longestNumber(text: string, run: DigitRun, country: Country): Found | undefined {
  const start = run[0]?.start;
  if (start === undefined || !isAnnounced(text, start)) return undefined;
  const ends = run.map(({ end }) => end).filter((end) => end - start <= WRITTEN_MAX);
  for (const end of ends.toReversed()) {
    const reading = readPhone(text.slice(start, end), country);
    if (reading.kind === 'complete') return { start, end, rank: rankOf(reading.line, 'announced') };
  }
  return undefined;
}

/** A number that somebody began or got wrong: announced, and long enough to be no room or street number. */
function findAttempt(text: string, runs: readonly DigitRun[]): Span | undefined {
  return runs
    .map(spanOf)
    .find(
      (span) =>
        span !== undefined &&
        isAnnounced(text, span.start) &&
        undecorated(text.slice(span.start, span.end)).length >= ATTEMPT_MIN,
    );
}

const ATTEMPT_MIN = 6;

/** Characters of the longest number with a space after every digit. */
const WRITTEN_MAX = 40;

function isAnnounced(text: string, start: number): boolean {
  return /^[+＋0٠۰０]/.test(text.charAt(start));
}

function spanOf(run: DigitRun): Span | undefined {
  const first = run[0];
  const last = run.at(-1);
  return first && last && { start: first.start, end: last.end };
}

type Line = Extract<PhoneReading, { kind: 'complete' }>['line'];

/** An SMS reaches mobiles; nine bare digits may as well be a file number. */
function rankOf(line: Line, written: 'announced' | 'bare'): number {
  const canReceive = line === 'mobile' || line === 'either';
  return (written === 'announced' ? 0 : 2) + (canReceive ? 0 : 1);
}
