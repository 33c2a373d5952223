import { DAY_MS, type EpochMs } from '../../shared/time.ts';
import { startOfDay } from './days.ts';

/** The numeric date format of a locale: `25/11/2026`, `25.11.2026`, `11/25/2026`. */
export type DateFormat = {
  readonly write: (at: EpochMs) => string;
  /**
   * Parses a typed date to `2026-11-25`; null if invalid. The parts follow the locale's order, with any separator; the
   * year may have two digits, and `2026-11-25` is always accepted. Without a year it is the last such date until
   * `now`. Also accepts the language's words for today and the two days before.
   */
  readonly parse: (text: string, now: EpochMs) => string | null;
};

/** How many days back have a name in some language: today, yesterday and the day before. */
const NAMED_DAYS = 3;
/** February 29 comes every fourth year, except in 2100. */
const YEARS_BACK = 8;

const PARTS = ['year', 'month', 'day'] as const;
type Part = (typeof PARTS)[number];

const LENGTHS = { year: 4, month: 2, day: 2 } as const satisfies Record<Part, number>;

/** Creates the date format of one BCP 47 locale. */
export function createDateFormat(locale: string): DateFormat {
  const format = new Intl.DateTimeFormat(locale, {
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const order = format
    .formatToParts(0)
    .flatMap(({ type }) => PARTS.filter((part) => part === type));
  const names = dayNames(locale);
  return {
    write: (at) => format.format(at),
    parse: (text, now) => {
      const daysBack = names.indexOf(plain(text, locale));
      if (daysBack !== -1) return isoOf(startOfDay(now) - daysBack * DAY_MS + DAY_MS / 2);
      const digits = text
        .normalize('NFKC')
        .trim()
        // German writes "25.11." without a year.
        .replace(/\.$/, '')
        .split(/\s*[/.\-\s]\s*/);
      const [whole = ''] = digits;
      if (digits.length === 1 && /^\d{8}$/.test(whole)) return dayFrom(cut(whole, order), order);
      if (digits.length === 2) return lastDay(digits, order, now);
      return dayFrom(digits, /^\d{4}$/.test(whole) ? PARTS : order);
    },
  };
}

/** Returns the language's names of today and the days before it: `today`, `yesterday`; `vorgestern`. */
function dayNames(locale: string): readonly string[] {
  const named = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return Array.from({ length: NAMED_DAYS }, (_, back) => plain(named.format(-back, 'day'), locale));
}

/** Normalises a typed word: no capitals, accents and apostrophes. */
function plain(text: string, locale: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’ʼ`´\s-]/gu, '')
    .toLocaleLowerCase(locale);
}

/** Completes a day and a month without a year: the last such date that is not after today. */
function lastDay(digits: readonly string[], order: readonly Part[], now: EpochMs): string | null {
  if (!digits.every((part) => /^\d{1,2}$/.test(part))) return null;
  const today = isoOf(now);
  const thisYear = new Date(now).getFullYear();
  const short = order.filter((part) => part !== 'year');
  for (let year = thisYear; year > thisYear - YEARS_BACK; year -= 1) {
    const day = dayFrom([String(year), ...digits], ['year', ...short]);
    if (day !== null && day <= today) return day;
  }
  return null;
}

/** Returns the local date of an instant, as `2026-11-25`. */
function isoOf(at: EpochMs): string {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Splits eight digits without separators in the locale's order. */
function cut(digits: string, order: readonly Part[]): readonly string[] {
  let from = 0;
  return order.map((part) => {
    const start = from;
    from += LENGTHS[part];
    return digits.slice(start, from);
  });
}

function dayFrom(digits: readonly string[], order: readonly Part[]): string | null {
  if (digits.length !== order.length || !digits.every((part) => /^\d{1,4}$/.test(part)))
    return null;
  const numbers = new Map(order.map((part, at) => [part, Number(digits[at])]));
  const written = numbers.get('year') ?? 0;
  const year = written < 100 ? 2000 + written : written;
  const [month = 0, day = 0] = [numbers.get('month'), numbers.get('day')];
  const date = new Date(Date.UTC(year, month - 1, day));
  // Otherwise February 31 would become March 3.
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 2000 && year < 2100 ? date.toISOString().slice(0, 10) : null;
}
