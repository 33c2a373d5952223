import type { SendingHours } from '../../shared/sending-hours.ts';

/** ISO weekdays: 1 is Monday. */
export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export type Day = (typeof DAYS)[number];

/** A period as it is being edited: times as a time field gives them, empty while there is none. */
export type DraftPeriod = {
  readonly days: readonly Day[];
  readonly from: string;
  readonly to: string;
};

export const NEW_PERIOD: DraftPeriod = { days: [1, 2, 3, 4, 5], from: '09:00', to: '19:00' };

/** What is wrong with a period; null when nothing is. */
export type PeriodProblem = 'no-day' | 'no-time' | 'order';

/** Sending hours for editing. A time field knows no 24:00: midnight at the end shows as 00:00. */
export function toDraft(hours: SendingHours): readonly DraftPeriod[] {
  return hours.map(({ days, from, to }) => ({ days, from, to: to === '24:00' ? '00:00' : to }));
}

/** The sending hours that a draft means; only a draft without problems means any. */
export function fromDraft(periods: readonly DraftPeriod[]): SendingHours {
  return periods.map(({ days, from, to }) => ({
    days: days.toSorted((one, other) => one - other),
    from,
    to: endOf(to),
  }));
}

/** Looks at one period. */
export function findProblem({ days, from, to }: DraftPeriod): PeriodProblem | null {
  if (days.length === 0) return 'no-day';
  if (from === '' || to === '') return 'no-time';
  return from < endOf(to) ? null : 'order';
}

/** The same period with a day more, or without it. */
export function toggleDay(period: DraftPeriod, day: Day): DraftPeriod {
  const days = period.days.includes(day)
    ? period.days.filter((one) => one !== day)
    : [...period.days, day];
  return { ...period, days };
}

const endOf = (to: string): string => (to === '00:00' ? '24:00' : to);
