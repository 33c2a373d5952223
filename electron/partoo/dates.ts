import type { EpochMs } from '../../shared/time.ts';

// RFC 9110 §5.6.7. `Date.parse` alone takes "1" for a year, and a clock must not be set by garbage.
const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The instant of an HTTP date header; undefined when it is not one in the only format that may be sent today. */
export const parseHttpDate = (text: string | undefined): EpochMs | undefined => {
  if (text === undefined || !IMF_FIXDATE.test(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
};
