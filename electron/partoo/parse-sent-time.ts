import type { EpochMs } from '../../shared/time.ts';

const FORMAT = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * Parses a `sent_time`: `2019-06-06 11:57:27.274725+00:00`, with a space for the T, microseconds that Python omits
 * when they are zero, and an offset (none means UTC; other pages of Partoo write `+00`). Undefined for anything else.
 */
export const parseSentTime = (text: string): EpochMs | undefined => {
  const [match, date, time, fraction = '0', offset = 'Z'] = FORMAT.exec(text) ?? [];
  if (match === undefined) return undefined;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const instant = Date.parse(`${date}T${time}.${milliseconds}${withColon(offset)}`);
  return Number.isNaN(instant) ? undefined : instant;
};

const withColon = (offset: string): string =>
  offset.replace(/^([+-]\d{2}):?(\d{2})?$/, (_all, hours, minutes = '00') => `${hours}:${minutes}`);
