export type Holidays = {
  /**
   * Whether this local date (YYYY-MM-DD) is a public holiday of the country (ISO 3166-1 alpha-2) or, when given, of
   * its region as named by date-holidays. An unknown country or region has no holidays of its own.
   */
  readonly isHoliday: (
    place: { readonly country: string; readonly region: string | null },
    localDate: string,
  ) => boolean;
  /** The regions of a country with holidays of their own, in the local language. */
  readonly regionsOf: (
    country: string,
  ) => readonly { readonly code: string; readonly name: string }[];
};

/** Loads the holidays of all countries (some 150 ms: load only when needed). */
export async function loadHolidays(): Promise<Holidays> {
  const { default: Calendar } = await import('date-holidays');
  const known = new Map<string, ReadonlySet<string>>();

  const datesOf = (country: string, region: string | null, year: number): readonly string[] => {
    const calendar = region === null ? new Calendar(country) : new Calendar(country, region);
    return (calendar.getHolidays(year) ?? [])
      .filter(({ type }) => type === 'public')
      .flatMap(daysOf);
  };

  return {
    regionsOf: (country) =>
      Object.entries(new Calendar().getStates(country) ?? {})
        .map(([code, name]) => ({ code, name }))
        .toSorted((one, other) => one.name.localeCompare(other.name)),
    isHoliday: ({ country, region }, localDate) => {
      const year = localDate.slice(0, 4);
      const key = `${country}/${region ?? ''}/${year}`;
      // A holiday that began in December may last into January.
      const years = [Number(year) - 1, Number(year)];
      const dates =
        known.get(key) ?? new Set(years.flatMap((each) => datesOf(country, region, each)));
      known.set(key, dates);
      return dates.has(localDate);
    },
  };
}

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** "2026-03-20 00:00:00 -0600": the day, the time of day, and how far before it the holiday begins (at sunset, 18:00). */
const BEGINNING = /^(\d{4}-\d\d-\d\d) (\d\d):(\d\d):\d\d(?: ([+-]\d\d)(\d\d))?$/;

/**
 * Returns the local dates of a holiday: its first one, and every other date of which it covers more than half (Bayram
 * in Turkey ends at noon of a working day). `date` is local to the place, whatever the zone of this PC; only the
 * length is taken from `start` and `end`.
 */
function daysOf({ date, start, end }: { date: string; start: Date; end: Date }): readonly string[] {
  const [, first, hour, minute, shiftHours = '0', shiftMinutes = '0'] = BEGINNING.exec(date) ?? [];
  if (first === undefined) return [date.slice(0, 10)];
  const shift = Number(shiftHours) * 60 + Math.sign(Number(shiftHours)) * Number(shiftMinutes);
  const beginsMs = (Number(hour) * 60 + Number(minute) + shift) * MINUTE_MS;
  const endsMs = beginsMs + end.getTime() - start.getTime();
  // From midnight of the first date, in days. An hour of summer time never adds or removes half a day.
  const days = Math.max(1, Math.ceil(endsMs / DAY_MS - 0.5));
  return Array.from({ length: days }, (_, day) =>
    new Date(Date.parse(first) + day * DAY_MS).toISOString().slice(0, 10),
  );
}
