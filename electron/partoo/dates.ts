import type { EpochMs } from '../../shared/time.ts';

// RFC 9110 §5.6.7. `Date.parse` alone reads "1" as a year, and garbage must not set a clock.
const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Parses an HTTP date header; undefined unless it has the only format that servers may send today. */
export const parseHttpDate = (text: string | undefined): EpochMs | undefined => {
  if (text === undefined || !IMF_FIXDATE.test(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
};

const SENT_TIME =
  /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * Parses a `sent_time`: `2019-06-06 11:57:27.274725+00:00`, with a space for the T, microseconds that Python omits
 * when they are zero, and an offset (none means UTC; other pages of Partoo write `+00`). Undefined for anything else.
 */
export const parseSentTime = (text: string): EpochMs | undefined => {
  const [match, date, time, fraction = '0', offset = 'Z'] = SENT_TIME.exec(text) ?? [];
  if (match === undefined) return undefined;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const instant = Date.parse(`${date}T${time}.${milliseconds}${withColon(offset)}`);
  return Number.isNaN(instant) ? undefined : instant;
};

const withColon = (offset: string): string =>
  offset.replace(/^([+-]\d{2}):?(\d{2})?$/, (_all, hours, minutes = '00') => `${hours}:${minutes}`);
