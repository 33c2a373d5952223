export type Holidays = {
  /**
   * Whether this local date (YYYY-MM-DD) is a public holiday of the country (ISO 3166-1 alpha-2), or of the region of it
   * when one is given, as date-holidays names it. A country or a region that it does not know has none of its own.
   */
  readonly isHoliday: (
    place: { readonly country: string; readonly region: string | null },
    localDate: string,
  ) => boolean;
  /** The regions of a country that have holidays of their own, by the name that is used there. */
  readonly regionsOf: (
    country: string,
  ) => readonly { readonly code: string; readonly name: string }[];
};

/** Loads the holidays of the world (some 150 ms: not before they are needed). */
export async function loadHolidays(): Promise<Holidays> {
  const { default: Calendar } = await import('date-holidays');
  const known = new Map<string, ReadonlySet<string>>();

  const datesOf = (country: string, region: string | null, year: number): ReadonlySet<string> => {
    const calendar = region === null ? new Calendar(country) : new Calendar(country, region);
    const holidays = calendar.getHolidays(year) ?? [];
    // Its `date` is that of the place, whatever the zone of this PC.
    return new Set(
      holidays.filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10)),
    );
  };

  return {
    regionsOf: (country) =>
      Object.entries(new Calendar().getStates(country) ?? {})
        .map(([code, name]) => ({ code, name }))
        .toSorted((one, other) => one.name.localeCompare(other.name)),
    isHoliday: ({ country, region }, localDate) => {
      const year = localDate.slice(0, 4);
      const key = `${country}/${region ?? ''}/${year}`;
      const dates = known.get(key) ?? datesOf(country, region, Number(year));
      known.set(key, dates);
      return dates.has(localDate);
    },
  };
}
