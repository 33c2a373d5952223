import * as z from 'zod/mini';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.ts';

const timeOfDay = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time, HH:MM'));
/** A period may end at midnight. */
const endOfPeriod = z.union([timeOfDay, z.literal('24:00')]);
/** ISO: 1 is Monday. */
const weekday = z.literal([1, 2, 3, 4, 5, 6, 7]);

const periodSchema = z
  .strictObject({
    days: z.readonly(
      z.array(weekday).check(
        z.minLength(1),
        z.refine((days) => new Set(days).size === days.length, 'must name each day once'),
      ),
    ),
    from: timeOfDay,
    to: endOfPeriod,
  })
  .check(z.refine(({ from, to }) => from < to, 'must begin before it ends'));

export const sendingHoursSchema = z.readonly(z.array(z.readonly(periodSchema)));

/**
 * The hours in which an SMS may be sent, in the local time of the PC: from `from` on and before `to` (HH:MM, `to` may
 * be 24:00), on these ISO weekdays. Periods may overlap.
 */
export type SendingHours = z.infer<typeof sendingHoursSchema>;

/**
 * Within the published hours of every French operator and aggregator: the strictest send advertising Monday to Friday
 * 8 to 20 and Saturday 10 to 18.
 */
export const DEFAULT_SENDING_HOURS: SendingHours = [
  { days: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' },
  { days: [6], from: '10:00', to: '18:00' },
];

/** How far ahead an opening is searched. */
const DAYS_AHEAD = 31;

/**
 * Returns the first instant not before `at` inside the hours: `at` itself when they are open, `null` when nothing
 * opens within 31 days. `hours` of `null` are always open, holidays included. `isHoliday` gets the local date
 * (YYYY-MM-DD). `timeZone` is an IANA name, by default the PC's; an unknown one throws a RangeError.
 *
 * The local wall clock decides. An hour that a clock change skips has no instant; one that it repeats is open both
 * times.
 */
export function nextOpening(input: {
  readonly at: EpochMs;
  readonly hours: SendingHours | null;
  readonly isHoliday: (localDate: string) => boolean;
  readonly timeZone?: string;
}): EpochMs | null {
  if (input.hours === null) return input.at;
  const offsetAt = wallClockOffset(input.timeZone);
  const today = startOfDay(input.at + offsetAt(input.at));
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const day = today + ahead * DAY_MS;
    const openings = periodsOf(day, input.hours, input.isHoliday).flatMap((period) =>
      stretchesAround(day, offsetAt).flatMap((stretch) => opening(input.at, period, stretch)),
    );
    if (openings.length > 0) return Math.min(...openings);
  }
  return null;
}

/** The local wall clock time written as UTC: one number, without the gaps of the local zone. */
type WallMs = number;

type Period = { readonly from: WallMs; readonly to: WallMs };

/** Instants from `start` to before `end` with the same UTC offset. */
type Stretch = { readonly start: EpochMs; readonly end: EpochMs; readonly offsetMs: number };

function periodsOf(
  day: WallMs,
  hours: SendingHours,
  isHoliday: (localDate: string) => boolean,
): readonly Period[] {
  const date = new Date(day);
  const weekdayNumber = date.getUTCDay() === 0 ? 7 : date.getUTCDay();
  const periods = hours.filter(({ days }) => days.some((one) => one === weekdayNumber));
  if (periods.length === 0 || isHoliday(date.toISOString().slice(0, 10))) return [];
  return periods.map(({ from, to }) => ({ from: day + timeMs(from), to: day + timeMs(to) }));
}

function opening(at: EpochMs, period: Period, stretch: Stretch): readonly EpochMs[] {
  const from = Math.max(period.from - stretch.offsetMs, stretch.start, at);
  const to = Math.min(period.to - stretch.offsetMs, stretch.end);
  return from < to ? [from] : [];
}

/** Returns the one or two stretches of a local day: two when the clocks change on it or next to it. */
function stretchesAround(day: WallMs, offsetAt: (instant: EpochMs) => number): readonly Stretch[] {
  // No zone differs from UTC by more than 14 hours, so every instant of this local day is in between.
  const start = day - DAY_MS;
  const end = day + 2 * DAY_MS;
  const before = offsetAt(start);
  const after = offsetAt(end);
  if (before === after) return [{ start, end, offsetMs: before }];
  const change = firstInstant(start, end, (instant) => offsetAt(instant) !== before);
  return [
    { start, end: change, offsetMs: before },
    { start: change, end, offsetMs: after },
  ];
}

/** Returns by bisection the first instant after `start` where `holds`, which is false at `start` and true at `end`. */
function firstInstant(start: EpochMs, end: EpochMs, holds: (instant: EpochMs) => boolean): EpochMs {
  let no = start;
  let yes = end;
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

/** Creates a function that returns the UTC offset at an instant, in milliseconds. */
function wallClockOffset(timeZone: string | undefined): (instant: EpochMs) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const second = Math.floor(instant / SECOND_MS) * SECOND_MS;
    const parts = new Map(format.formatToParts(second).map(({ type, value }) => [type, +value]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const date = Date.UTC(part('year'), part('month') - 1, part('day'));
    return date + timeOf(part('hour'), part('minute')) + part('second') * SECOND_MS - second;
  };
}

function startOfDay(wall: WallMs): WallMs {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}

function timeMs(time: string): number {
  const [hours, minutes] = time.split(':');
  return timeOf(Number(hours), Number(minutes));
}

function timeOf(hours: number, minutes: number): number {
  return hours * HOUR_MS + minutes * MINUTE_MS;
}
