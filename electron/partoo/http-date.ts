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
