import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from '../../shared/time.ts';

/** Formats dates and times in the time zone of the PC. All instants are epoch milliseconds. */
export type Formats = {
  /** "15:40" */
  readonly time: (at: EpochMs) => string;
  /** "Thu 19 Nov" */
  readonly day: (at: EpochMs) => string;
  /** "Thu 19 Nov, 15:40", with the year when it differs from that of `now`. */
  readonly moment: (at: EpochMs, now: EpochMs) => string;
  /** Like `moment`, but only the time on the day of `now`. */
  readonly since: (at: EpochMs, now: EpochMs) => string;
  /** "4 days ago", in whole units, rounded down; "1 minute ago" at least, where `createTranslations` says "just now". */
  readonly ago: (at: EpochMs, now: EpochMs) => string;
  /** "3 hours", in whole units, rounded down; "1 minute" at least. */
  readonly span: (ms: number) => string;
  /** "Paris and Lyon" */
  readonly list: (items: readonly string[]) => string;
};

/** Formats for one BCP 47 locale. */
export function createFormats(locale: string): Formats {
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  const timeFormat = new Intl.DateTimeFormat(locale, clock);
  const dayFormat = new Intl.DateTimeFormat(locale, day);
  const momentFormat = new Intl.DateTimeFormat(locale, { ...day, ...clock });
  const farFormat = new Intl.DateTimeFormat(locale, { ...day, year: 'numeric', ...clock });
  const agoFormat = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const unitFormat = (unit: 'day' | 'hour' | 'minute') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  const listFormat = new Intl.ListFormat(locale, { type: 'conjunction' });

  const time = (at: EpochMs): string => timeFormat.format(at);
  const moment = (at: EpochMs, now: EpochMs): string => {
    const isSameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return (isSameYear ? momentFormat : farFormat).format(at);
  };
  return {
    time,
    day: (at) => dayFormat.format(at),
    moment,
    since: (at, now) =>
      new Date(at).toDateString() === new Date(now).toDateString() ? time(at) : moment(at, now),
    ago: (at, now) => {
      const age = Math.max(now - at, MINUTE_MS);
      if (age >= DAY_MS) return agoFormat.format(-Math.floor(age / DAY_MS), 'day');
      if (age >= HOUR_MS) return agoFormat.format(-Math.floor(age / HOUR_MS), 'hour');
      return agoFormat.format(-Math.floor(age / MINUTE_MS), 'minute');
    },
    span: (ms) => {
      if (ms >= DAY_MS) return unitFormat('day').format(Math.floor(ms / DAY_MS));
      if (ms >= HOUR_MS) return unitFormat('hour').format(Math.floor(ms / HOUR_MS));
      return unitFormat('minute').format(Math.max(1, Math.floor(ms / MINUTE_MS)));
    },
    list: (items) => listFormat.format(items),
  };
}
