import {
  AsYouType,
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import { isCanonicalPhone } from './canonical-phone.ts';
import { e164Schema, type Country, type E164 } from './e164.ts';
import { frenchLine, sharesFrenchPlan, withOverseasCode } from './french-numbers.ts';
import {
  isDate,
  shorterNumbers,
  stripDecoration,
  stripWrapping,
  withoutDecimals,
} from './clean-number.ts';

/**
 * A typed text, read as a phone number. `shown` is the text formatted during typing; parsing it again gives the same
 * number.
 */
export type ParsedPhone =
  | { readonly kind: 'empty' }
  /** May still become a number with more digits. */
  | { readonly kind: 'incomplete'; readonly shown: string }
  | {
      readonly kind: 'impossible';
      readonly shown: string;
      /** `ambiguous`: the text could be two different numbers. */
      readonly why: 'too-long' | 'not-a-number' | 'unknown-range' | 'unknown-country' | 'ambiguous';
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

/** More digits than any number with prefix and typing mistakes: not worth formatting. */
const DIGITS_MAX = 30;

/** "+" and 15 digits. */
const E164_MAX = 16;

/**
 * Parses a typed or pasted text as one phone number. Never throws and never invents a digit: it adds, drops or moves
 * none except a trunk prefix and a spreadsheet's decimal zeros. A date is not a number, and a text that could be two
 * numbers is `ambiguous`.
 *
 * The length is checked strictly, the range is not: libphonenumber knows the ranges assigned when it was released, and
 * a desk without updates for a year must not reject a guest. A number of full length in an unknown range is therefore
 * complete, its line `either`.
 */
export function parsePhone(text: string, defaultCountry: Country): ParsedPhone {
  const plain = withoutDecimals(stripWrapping(text));
  if (plain === undefined) return { kind: 'impossible', shown: text, why: 'not-a-number' };
  const home = sharesFrenchPlan(defaultCountry) ? 'FR' : defaultCountry;
  const reading = readOptionalZero(plain, home) ?? readDigits(stripDecoration(plain), text, home);
  if (reading.kind !== 'complete' || plain === reading.shown) return reading;
  if (isDate(plain)) return { kind: 'impossible', shown: text, why: 'not-a-number' };
  const isTwo = shorterNumbers(plain).some((part) => {
    const shorter = readDigits(stripDecoration(part), part, home);
    return isForSms(shorter) && shorter.e164 !== reading.e164;
  });
  return isTwo ? { kind: 'impossible', shown: text, why: 'ambiguous' } : reading;
}

const OPTIONAL_ZERO = /^([( ]*(?:\+|00)[( ]*\d{1,3}[^\d]*)\( ?0 ?\)/;

/**
 * Reads "+39 (0)333…": the zero is dialled at home only. Where landlines keep it abroad (Italy), the number is read
 * with and without it. Undefined when there is no such zero, or when it makes no difference.
 */
function readOptionalZero(plain: string, home: Country): ParsedPhone | undefined {
  if (!OPTIONAL_ZERO.test(plain)) return undefined;
  const without = readDigits(stripDecoration(plain.replace(OPTIONAL_ZERO, '$1')), plain, home);
  if (!isForSms(without)) return undefined;
  const withZero = readDigits(stripDecoration(plain), plain, home);
  if (withZero.kind !== 'complete') return without;
  return withZero.e164 === without.e164
    ? undefined
    : { kind: 'impossible', shown: plain, why: 'ambiguous' };
}

type Complete = Extract<ParsedPhone, { kind: 'complete' }>;

function isForSms(reading: ParsedPhone): reading is Complete {
  return reading.kind === 'complete' && (reading.line === 'mobile' || reading.line === 'either');
}

/** Reads digits, and at a desk in Germany 491711234567 as +49 171 1234567. */
function readDigits(typed: string, text: string, home: Country): ParsedPhone {
  const digits = withoutMexicanPrefix(typed, home);
  const national = readPlainly(digits, text, home);
  const code = getCountryCallingCode(home);
  if (!digits.startsWith(code) || digits.length < code.length + LEAST_NATIONAL) return national;
  const own = readPlainly(`+${digits}`, text, home);
  if (own.kind !== 'complete') return national;
  if (national.kind !== 'complete') return own.line === 'mobile' ? own : national;
  if (national.e164 === own.e164) return national;
  if (own.line === 'mobile' && national.line !== 'mobile') return own;
  return { kind: 'impossible', shown: text, why: 'ambiguous' };
}

const LEAST_NATIONAL = 6;

/**
 * Mexico dropped the 1 of mobiles abroad, and its prefixes at home, in 2019 (IFT); contacts still have them. No
 * national number begins with 0 or 1.
 */
function withoutMexicanPrefix(typed: string, home: Country): string {
  const abroad = /^(\+52|0052|01152)1(\d{10})$/.exec(typed);
  if (abroad !== null) return `${abroad[1]}${abroad[2]}`;
  if (home !== 'MX') return typed;
  return typed.replace(/^(?:521|1|01|044|045)(\d{10})$/, '$1');
}

/** Reads digits as libphonenumber does. `text` is shown when they are not digits. */
function readPlainly(typed: string, text: string, home: Country): ParsedPhone {
  if (typed === '') return { kind: 'empty' };
  if (!/^\+?\d*$/.test(typed)) return { kind: 'impossible', shown: text, why: 'not-a-number' };
  if (typed.length > DIGITS_MAX) return { kind: 'impossible', shown: typed, why: 'too-long' };
  const formatter = new AsYouType(home);
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

/** Reads a number whose length is valid in its country. */
function readPossible(number: PhoneNumber, formatter: AsYouType, shown: string): ParsedPhone {
  // libphonenumber allows some German numbers more digits than E.164 does.
  if (number.number.length > E164_MAX) return { kind: 'impossible', shown, why: 'too-long' };
  if (!number.isValid() && frenchLine(number.number) === undefined) {
    formatter.input('0');
    const isFullLength = formatter.validateLength() === 'TOO_LONG';
    const isMexicanPrefix = number.number.startsWith('+521');
    if (!isFullLength || isMexicanPrefix) return { kind: 'incomplete', shown };
    // A second trunk prefix: no national number starts with one.
    if (number.nationalNumber.startsWith('0')) {
      return { kind: 'impossible', shown, why: 'unknown-range' };
    }
  }
  const e164 = e164Schema.safeParse(withOverseasCode(number.number));
  if (!e164.success) return { kind: 'incomplete', shown };
  if (!isCanonicalPhone(e164.data)) return { kind: 'impossible', shown, why: 'unknown-range' };
  const parsed = parsePhoneNumberFromString(e164.data);
  return {
    kind: 'complete',
    e164: e164.data,
    shown,
    country: parsed?.country,
    line: frenchLine(e164.data) ?? lineOf(parsed),
  };
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
