import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Country } from '../phone/e164.ts';
import { parseContactCard, type ContactCard } from './contact-card.ts';
import { findName, type Span } from './find-name.ts';
import { findDigitRuns, type DigitRun } from './digit-runs.ts';
import { isLabel, isMobileLabel } from './label-words.ts';
import { isDigitsAndO, withZeros } from './letter-o-as-zero.ts';
import { parsePhone, type ParsedPhone } from '../phone/parse-phone.ts';
import { stripDecoration, stripWrapping } from '../phone/clean-number.ts';

/** A number of a pasted text, as written there, with its name. */
export type PastedNumber = { readonly phone: string; readonly name: string };

export type Pasted = PastedNumber & {
  /** The other numbers of the text, in order; the user may mean one of them. */
  readonly others: readonly PastedNumber[];
  /** Whether words were skipped that may have been a name. */
  readonly isNameLeftOut: boolean;
  /** Names of the text that were not taken and belong to no other number. */
  readonly namesLeftOut: readonly string[];
};

/** A longer paste is cut here: a customer's number and name are at the beginning. */
const PASTE_MAX = 8_192;

/** How many other numbers are offered; a whole list would be no choice. */
const OTHERS_MAX = 3;

/** How many skipped names are shown; more are a list of customers. */
const NAMES_MAX = 3;

/** Returns the number and the name that `parsePastedText` takes. */
export function splitPasted(text: string, defaultCountry: Country): PastedNumber {
  const { phone, name } = parsePastedText(text, defaultCountry);
  return { phone, name };
}

/**
 * Splits a pasted text into a phone number, as written there, and a cleaned name, in any order and with any text
 * beside them. Takes the first number that can receive an SMS, and lists the others; nine bare digits rank lower,
 * unless a label calls them a mobile. `name` is never anything but a name: doubtful words are skipped. An invalid or
 * incomplete number is still the `phone`, for `parsePhone` to judge; without any it is ''. A letter O in a number is a
 * zero where that makes it whole.
 */
export function parsePastedText(text: string, defaultCountry: Country): Pasted {
  const pasted = withZeros(text.slice(0, PASTE_MAX), defaultCountry);
  const alone = {
    phone: pasted.trim(),
    name: '',
    others: [],
    isNameLeftOut: false,
    namesLeftOut: [],
  };
  if (parsePhone(pasted, defaultCountry).kind === 'complete') return alone;
  const card = parseContactCard(pasted);
  if (card !== undefined && card.phones.length > 0) return fromCard(pasted, card, defaultCountry);
  const runs = findDigitRuns(pasted);
  const found = runs.flatMap((run) => completeNumbersOf(pasted, run, defaultCountry));
  const [chosen, ...rest] = found.toSorted((a, b) => a.rank - b.rank);
  if (chosen === undefined) return withoutNumber(pasted, runs, alone);
  const { name, isLeftOut, others: names } = findName(pasted, found, chosen);
  const different = new Map(
    rest.filter(({ e164 }) => e164 !== chosen.e164).map((other) => [other.e164, other]),
  );
  const others = [...different.values()]
    .slice(0, OTHERS_MAX)
    .toSorted((a, b) => a.start - b.start)
    .map((other) => ({
      phone: phoneAt(pasted, other),
      name: findName(pasted, found, other).name,
    }));
  const isOthers = (left: string): boolean => others.some((other) => other.name.includes(left));
  return {
    phone: phoneAt(pasted, chosen),
    name,
    isNameLeftOut: isLeftOut,
    namesLeftOut: names.filter((left) => !isOthers(left)).slice(0, NAMES_MAX),
    others,
  };
}

function fromCard(pasted: string, { phones, name }: ContactCard, country: Country): Pasted {
  const numbers = new Map(
    phones.flatMap((phone) => {
      const reading = parsePhone(phone, country);
      return reading.kind === 'complete'
        ? [[reading.e164, { phone, rank: rankOf(reading.line, 'announced') }] as const]
        : [];
    }),
  );
  const [chosen, ...others] = [...numbers.values()].toSorted((a, b) => a.rank - b.rank);
  return {
    phone: chosen?.phone ?? phones[0] ?? '',
    name,
    others: others.slice(0, OTHERS_MAX).map(({ phone }) => ({ phone, name })),
    isNameLeftOut: name === '' && /^(?:FN|N)[;:]|:N:/im.test(pasted),
    namesLeftOut: [],
  };
}

function withoutNumber(pasted: string, runs: readonly DigitRun[], alone: Pasted): Pasted {
  if (isDigitsAndO(pasted)) return alone;
  const attempt = findAttempt(pasted, runs);
  const isOnlyDigits = /\p{Nd}/u.test(pasted) && !/\p{L}/u.test(pasted);
  if (attempt === undefined && isOnlyDigits) return alone;
  const numbers = attempt === undefined ? [] : [withoutPostcode(pasted, runs, attempt)];
  const { name, isLeftOut, others: names } = findName(pasted, numbers, attempt);
  const phone = attempt === undefined ? '' : phoneAt(pasted, attempt);
  const namesLeftOut = names.slice(0, NAMES_MAX);
  return { phone, name, others: [], isNameLeftOut: isLeftOut, namesLeftOut };
}

/** Excludes the last digits of an invalid number if they are the postcode of a town. */
function withoutPostcode(text: string, runs: readonly DigitRun[], attempt: Span): Span {
  const last = runs.flat().find(({ end }) => end === attempt.end);
  if (last === undefined || last.start === attempt.start) return attempt;
  const isPostcode = last.end - last.start >= 4 && /^ +\p{Lu}/u.test(text.slice(attempt.end));
  return isPostcode ? { start: attempt.start, end: last.start } : attempt;
}

/** Returns the number as typed, with the bracket that its first group opened: (202) 555-0123. */
function phoneAt(text: string, { start, end }: Span): string {
  const phone = text.slice(start, end);
  const isBracketOpen = text[start - 1] === '(' && /^[^(]*\)/.test(phone);
  return isBracketOpen ? `(${phone}` : phone;
}

type Found = Span & { readonly rank: number; readonly e164: string };

/**
 * Finds the complete numbers of a run. A number may be a part of a run only if it begins with "+" or 0 and no digits
 * behind it may belong to it: excess digits are a mistake to show, not to cut off.
 */
function completeNumbersOf(text: string, run: DigitRun, country: Country): readonly Found[] {
  const announced = run.findIndex(({ start }) => isAnnounced(text, start));
  const partition = announced === -1 ? [] : partitionRun(text, run.slice(announced), country);
  if (partition.length > 0) return partition;
  const joined = announced === -1 ? [] : joinedNumbers(text, run, country);
  if (joined.length > 0) return joined;
  const whole = spanOf(run);
  const written = whole && text.slice(whole.start, whole.end);
  const reading = written === undefined ? undefined : parsePhone(written, country);
  if (whole === undefined || written === undefined || reading?.kind !== 'complete') return [];
  if (!isWrittenBare(written, reading)) return [];
  const isUsual =
    reading.line === 'mobile' && (isNational(written, reading) || isCalledMobile(text, whole));
  const rank = rankOf(reading.line, isUsual ? 'announced' : 'bare');
  return [{ ...whole, rank, e164: reading.e164 }];
}

/** Whether the words right before a number call it a mobile: "port. 6 39 98 00 12". */
function isCalledMobile(text: string, { start }: Span): boolean {
  const before = /(?:(\p{L}+)[ .]*)?(?<!\p{L})(\p{L}+)[ .:=]*$/u.exec(
    text.slice(Math.max(0, start - LABEL_MAX), start),
  );
  const [, first = '', last = ''] = before ?? [];
  return isMobileLabel(last) || (isMobileLabel(first) && isLabel(last));
}

/** Room for two words in front of a number. */
const LABEL_MAX = 40;

type Complete = Extract<ParsedPhone, { kind: 'complete' }>;

/** Whether people write the number without "+" and 0. A landline written so is more likely a file number. */
function isWrittenBare(written: string, reading: Complete): boolean {
  return reading.line === 'mobile' || /^[(+＋0]/.test(written) || isNational(written, reading);
}

/** Whether the number is written as dialled at home: in Italy a mobile begins with 3, not with 0. */
function isNational(written: string, { e164 }: Complete): boolean {
  const national = parsePhoneNumberFromString(e164)?.formatNational() ?? '';
  return stripDecoration(stripWrapping(written)) === national.replace(/\D/g, '');
}

/** Splits two whole numbers copied without a separator, where there is only one way to split them. */
function joinedNumbers(text: string, run: DigitRun, country: Country): readonly Found[] {
  const [group, ...others] = run;
  if (group === undefined || others.length > 0) return [];
  const { start, end } = group;
  const numberAt = (from: number, to: number): readonly Found[] => {
    const reading = parsePhone(text.slice(from, to), country);
    if (!isAnnounced(text, from) || reading.kind !== 'complete') return [];
    return [{ start: from, end: to, rank: rankOf(reading.line, 'announced'), e164: reading.e164 }];
  };
  const ways = Array.from({ length: end - start - 1 }, (_, at) => start + at + 1)
    .map((middle) => numberAt(start, middle).concat(numberAt(middle, end)))
    .filter((found) => found.length === 2);
  return ways.length === 1 ? (ways[0] ?? []) : [];
}

/** Splits a whole run into complete numbers, or returns none. */
function partitionRun(text: string, run: DigitRun, country: Country): readonly Found[] {
  const found: Found[] = [];
  let rest = run;
  while (rest.length > 0) {
    const next = longestNumber(text, rest, country);
    if (next === undefined) return [];
    found.push(next);
    rest = withoutRoom(
      text,
      next,
      rest.filter(({ start }) => start >= next.end),
      country,
    );
  }
  return found;
}

function longestNumber(text: string, run: DigitRun, country: Country): Found | undefined {
  const start = run[0]?.start;
  if (start === undefined || !isAnnounced(text, start)) return undefined;
  const ends = run.map(({ end }) => end).filter((end) => end - start <= WRITTEN_MAX);
  // Another group with "+" or 0 begins another number, if both are whole.
  const next = run
    .slice(1)
    .findIndex((group) => group.end - group.start >= 4 && isAnnounced(text, group.start));
  const early = next === -1 ? [] : ends.slice(next, next + 1);
  for (const end of [...early, ...ends.toReversed()]) {
    const reading = parsePhone(text.slice(start, end), country);
    if (reading.kind === 'complete') {
      return { start, end, rank: rankOf(reading.line, 'announced'), e164: reading.e164 };
    }
  }
  return undefined;
}

/**
 * Returns the rest of a run behind a number, without a room or a postcode (three to five digits) or a "-1" behind a
 * number in one piece. One or two digits after a space may belong to the number.
 */
function withoutRoom(text: string, number: Found, rest: DigitRun, country: Country): DigitRun {
  const [next] = rest;
  if (next === undefined || isAnnounced(text, next.start)) return rest;
  const length = next.end - next.start;
  const isJoined = parsePhone(text.slice(number.start, next.end), country).kind === 'complete';
  const isOnePiece = /^[+＋]?\p{Nd}+$/u.test(text.slice(number.start, number.end));
  const isSuffix =
    isOnePiece && length <= 2 && /[\p{Pd}/]/u.test(text.slice(number.end, next.start));
  const isRoom = length >= 3 && length <= 5;
  return !isJoined && (isRoom || isSuffix) ? rest.slice(1) : rest;
}

/** Finds an incomplete or invalid number: begins like one, and too long for a room or street number. */
function findAttempt(text: string, runs: readonly DigitRun[]): Span | undefined {
  return runs
    .map(spanOf)
    .find(
      (span) =>
        span !== undefined &&
        isAnnounced(text, span.start) &&
        stripDecoration(stripWrapping(text.slice(span.start, span.end))).length >= ATTEMPT_MIN,
    );
}

const ATTEMPT_MIN = 6;

/** The length of the longest number with a space after every digit. */
const WRITTEN_MAX = 40;

function isAnnounced(text: string, start: number): boolean {
  return /^[+＋0٠۰０]/.test(text.charAt(start));
}

function spanOf(run: DigitRun): Span | undefined {
  const first = run[0];
  const last = run.at(-1);
  return first && last && { start: first.start, end: last.end };
}

/** Ranks a number: an SMS reaches mobiles, and nine bare digits may be a file number. */
function rankOf(line: Complete['line'], written: 'announced' | 'bare'): number {
  const canReceive = line === 'mobile' || line === 'either';
  return (written === 'announced' ? 0 : 2) + (canReceive ? 0 : 1);
}
