import type { EpochMs } from '../../shared/time.ts';

/** How a locale writes a day in digits: `25/11/2026`, `25.11.2026`, `11/25/2026`. */
export type DayWriting = {
  readonly write: (at: EpochMs) => string;
  /**
   * The day that somebody has typed, as `2026-11-25`; null when it is none. The parts stand in the order of the locale,
   * whatever is between them; the year may have two digits, and `2026-11-25` is understood everywhere.
   */
  readonly parse: (text: string) => string | null;
};

const PARTS = ['year', 'month', 'day'] as const;
type Part = (typeof PARTS)[number];

const LENGTHS = { year: 4, month: 2, day: 2 } as const satisfies Record<Part, number>;

/** The writing of days of one BCP 47 locale. */
export function createDayWriting(locale: string): DayWriting {
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
  return {
    write: (at) => format.format(at),
    parse: (text) => {
      const digits = text.trim().split(/\s*[/.\-\s]\s*/);
      const [whole = ''] = digits;
      if (digits.length === 1 && /^\d{8}$/.test(whole)) return dayFrom(cut(whole, order), order);
      return dayFrom(digits, /^\d{4}$/.test(whole) ? PARTS : order);
    },
  };
}

/** Eight digits without anything between them, as the order cuts them. */
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
  // The 31st of February would be the 3rd of March.
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 2000 && year < 2100 ? date.toISOString().slice(0, 10) : null;
}
