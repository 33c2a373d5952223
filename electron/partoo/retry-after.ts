import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import type { EpochMs } from '../../shared/time.ts';
import { parseHttpDate } from './dates.ts';

/** What Partoo documents for its own limit: `Retry-After: 60`. */
export const DEFAULT_PAUSE_MS = MINUTE_MS;

const SHORTEST_MS = SECOND_MS;
const LONGEST_MS = DAY_MS;

/**
 * Parses the pause of a `Retry-After` header, in seconds or as a date seen from `now`, between 1 second and a day; an
 * invalid header means one minute. Undefined without a header.
 */
export const parseRetryAfter = (header: string | undefined, now: EpochMs): number | undefined => {
  if (header === undefined) return undefined;
  const date = parseHttpDate(header);
  if (date !== undefined) return clamp(date - now);
  const seconds = header.trim() === '' ? Number.NaN : Number(header);
  return seconds >= 0 ? clamp(seconds * SECOND_MS) : DEFAULT_PAUSE_MS;
};

const clamp = (pauseMs: number): number => Math.min(Math.max(pauseMs, SHORTEST_MS), LONGEST_MS);
