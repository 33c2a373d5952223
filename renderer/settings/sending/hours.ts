import { isDayTime } from '../../time/day-time.ts';
import type { SendingHours } from '../../../shared/sending-hours.ts';

/** ISO weekdays: 1 is Monday. */
export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export type Day = (typeof DAYS)[number];

/** A period during editing. `from` and `to` are times of the day, or the typed text while it is not a time. */
export type DraftPeriod = {
  readonly days: readonly Day[];
  readonly from: string;
  readonly to: string;
};

export const NEW_PERIOD: DraftPeriod = { days: [1, 2, 3, 4, 5], from: '09:00', to: '19:00' };

/** The error of a period; `empty`: it ends when it begins. */
export type PeriodProblem = 'no-day' | 'no-time' | 'empty';

/** Two periods, by their numbers from 1, that overlap on these days. */
export type Overlap = {
  readonly one: number;
  readonly other: number;
  readonly days: readonly Day[];
};

/** Converts sending hours for editing: midnight at the end becomes 00:00. */
export function toDraft(hours: SendingHours): readonly DraftPeriod[] {
  return hours.map(({ days, from, to }) => ({ days, from, to: to === '24:00' ? '00:00' : to }));
}

/**
 * Converts a draft without errors to sending hours. A period past midnight becomes two: until 24:00 on its days, and
 * from 00:00 on the days after them.
 */
export function fromDraft(periods: readonly DraftPeriod[]): SendingHours {
  return periods.flatMap(splitAtMidnight);
}

/** Whether a period ends on the day after its start. */
export function passesMidnight({ from, to }: DraftPeriod): boolean {
  return isDayTime(from) && isDayTime(to) && endOf(to) < from;
}

/** Returns the pairs of overlapping periods; invalid periods are ignored. */
export function findOverlaps(periods: readonly DraftPeriod[]): readonly Overlap[] {
  const all = periods.map((period) =>
    findProblem(period) === null ? splitAtMidnight(period) : [],
  );
  return all.flatMap((one, at) =>
    all.slice(at + 1).flatMap((other, later) => {
      const days = DAYS.filter((day) =>
        one.some((first) =>
          other.some(
            (second) =>
              first.days.includes(day) &&
              second.days.includes(day) &&
              first.from < second.to &&
              second.from < first.to,
          ),
        ),
      );
      return days.length === 0 ? [] : [{ one: at + 1, other: at + later + 2, days }];
    }),
  );
}

function splitAtMidnight(period: DraftPeriod): SendingHours {
  const { from, to } = period;
  const days = inWeekOrder(period.days);
  if (!passesMidnight(period)) return [{ days, from, to: endOf(to) }];
  return [
    { days, from, to: '24:00' },
    { days: inWeekOrder(days.map(dayAfter)), from: '00:00', to },
  ];
}

/** Returns the error of a period; null without one. */
export function findProblem({ days, from, to }: DraftPeriod): PeriodProblem | null {
  if (days.length === 0) return 'no-day';
  if (!isDayTime(from) || !isDayTime(to)) return 'no-time';
  return from === endOf(to) ? 'empty' : null;
}

/** Adds a day to a period, or removes it. */
export function toggleDay(period: DraftPeriod, day: Day): DraftPeriod {
  const days = period.days.includes(day)
    ? period.days.filter((one) => one !== day)
    : [...period.days, day];
  return { ...period, days };
}

const dayAfter = (day: Day): Day => DAYS[day % DAYS.length] ?? 1;

const inWeekOrder = (days: readonly Day[]): Day[] => days.toSorted((one, other) => one - other);

const endOf = (to: string): string => (to === '00:00' ? '24:00' : to);
