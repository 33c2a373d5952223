import { DAYS } from './hours.ts';

export type DayName = { readonly short: string; readonly long: string };

/** Returns the names of the weekdays, Monday first: 5 January 2026 was a Monday. */
export function nameDays(locale: string): readonly DayName[] {
  const short = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return DAYS.map((day) => {
    const date = Date.UTC(2026, 0, 4 + day);
    return { short: short.format(date), long: long.format(date) };
  });
}
