import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DAYS,
  findProblem,
  fromDraft,
  NEW_PERIOD,
  toDraft,
  toggleDay,
  type DraftPeriod,
} from '../../../renderer/settings/hours.ts';
import { DEFAULT_SENDING_HOURS, sendingHoursSchema } from '../../../shared/sending-hours.ts';

test.each<[Partial<DraftPeriod>, string | null]>([
  [{}, null],
  [{ days: [] }, 'no-day'],
  [{ from: '' }, 'no-time'],
  [{ to: '' }, 'no-time'],
  [{ from: '10:00', to: '10:00' }, 'order'],
  [{ from: '18:00', to: '09:00' }, 'order'],
  [{ from: '00:00', to: '00:00' }, null],
  [{ from: '22:00', to: '00:00' }, null],
])('a period with %o: %s', (change, problem) => {
  expect(findProblem({ ...NEW_PERIOD, ...change })).toBe(problem);
});

test('hours come back from the editor as they went in, until midnight too', () => {
  const hours = [...DEFAULT_SENDING_HOURS, { days: [7], from: '20:00', to: '24:00' } as const];
  expect(fromDraft(toDraft(hours))).toEqual(hours);
});

test('what has no problem can be saved', () => {
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

test('a day is chosen and left out again, and saved in the order of the week', () => {
  const without = toggleDay(NEW_PERIOD, 1);
  expect(without.days).toEqual([2, 3, 4, 5]);
  expect(fromDraft([toggleDay(without, 1)])[0]?.days).toEqual([1, 2, 3, 4, 5]);
});
