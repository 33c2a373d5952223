import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DAYS,
  findOverlaps,
  findProblem,
  fromDraft,
  NEW_PERIOD,
  toDraft,
  toggleDay,
  type DraftPeriod,
} from '../../../../renderer/settings/sending/hours.ts';
import {
  DEFAULT_SENDING_HOURS,
  sendingHoursSchema,
  type SendingHours,
} from '../../../../shared/sending-hours.ts';

test.each<[Partial<DraftPeriod>, string | null]>([
  [{}, null],
  [{ days: [] }, 'no-day'],
  [{ from: '' }, 'no-time'],
  [{ to: '' }, 'no-time'],
  [{ from: '10:00', to: '10:00' }, 'empty'],
  [{ from: '18:00', to: '09:00' }, null],
  [{ from: '00:00', to: '00:00' }, null],
  [{ from: '22:00', to: '00:00' }, null],
])('a period with %o: %s', (change, problem) => {
  expect(findProblem({ ...NEW_PERIOD, ...change })).toBe(problem);
});

test('the editor returns unchanged hours as they were, also until midnight', () => {
  const hours = [...DEFAULT_SENDING_HOURS, { days: [7], from: '20:00', to: '24:00' } as const];
  expect(fromDraft(toDraft(hours))).toEqual(hours);
});

test('hours without a problem can be saved', () => {
  const two = (most: number) =>
    fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(2, '0'));
  const time = fc.oneof(
    fc.constant(''),
    fc.tuple(two(23), two(59)).map((parts) => parts.join(':')),
  );
  const period = fc.record({ days: fc.subarray([...DAYS]), from: time, to: time });
  fc.assert(
    fc.property(fc.array(period), (periods) => {
      const isFine = periods.every((one) => findProblem(one) === null);
      expect(sendingHoursSchema.safeParse(fromDraft(periods)).success).toBe(isFine);
    }),
  );
});

test.each<[Partial<DraftPeriod>, SendingHours]>([
  [
    { days: [6, 5], from: '22:00', to: '06:00' },
    [
      { days: [5, 6], from: '22:00', to: '24:00' },
      { days: [6, 7], from: '00:00', to: '06:00' },
    ],
  ],
  [
    { days: [7], from: '23:59', to: '00:01' },
    [
      { days: [7], from: '23:59', to: '24:00' },
      { days: [1], from: '00:00', to: '00:01' },
    ],
  ],
  [{ days: [1], from: '22:00', to: '00:00' }, [{ days: [1], from: '22:00', to: '24:00' }]],
  [{ days: [1], from: '00:00', to: '00:00' }, [{ days: [1], from: '00:00', to: '24:00' }]],
])('[row 237] a period of %o is saved as %j', (period, hours) => {
  expect(fromDraft([{ ...NEW_PERIOD, ...period }])).toEqual(hours);
  expect(sendingHoursSchema.safeParse(hours).success).toBe(true);
});

const day: DraftPeriod = { days: [1, 2], from: '08:00', to: '12:00' };

test.each<[DraftPeriod, readonly number[]]>([
  [{ ...day, from: '11:59', to: '18:00' }, [1, 2]],
  [{ ...day, from: '12:00', to: '18:00' }, []],
  [{ ...day, days: [2, 3] }, [2]],
  [{ ...day, days: [3] }, []],
  [{ days: [7], from: '22:00', to: '08:00' }, []],
  [{ days: [7], from: '22:00', to: '08:01' }, [1]],
  [{ ...day, from: '' }, []],
])('[row 237] beside Monday and Tuesday 8 to 12, %o overlaps on the days %j', (other, days) => {
  const expected = days.length === 0 ? [] : [{ one: 1, other: 3, days }];
  const between = { ...day, days: [6] as const };
  expect(findOverlaps([day, between, other])).toEqual(expected);
});

test('a day can be selected and cleared, and is saved in the order of the week', () => {
  const without = toggleDay(NEW_PERIOD, 1);
  expect(without.days).toEqual([2, 3, 4, 5]);
  expect(fromDraft([toggleDay(without, 1)])[0]?.days).toEqual([1, 2, 3, 4, 5]);
});
