import { expect, test } from 'vitest';
import { dayOf, lastDays, startOfDay } from '../../../renderer/history/days.ts';
import { HOUR_MS } from '../../../shared/time.ts';
import { NOON } from '../samples.ts';

test('the last days are in order, with today last but one and tomorrow last', () => {
  const days = lastDays(400, NOON);
  expect(days).toHaveLength(401);
  expect(days.at(-2)).toBe(startOfDay(NOON));
  for (const [at, day] of days.entries()) {
    expect(startOfDay(day)).toBe(day);
    // A day on which the clocks are set has 23 or 25 hours.
    const lengthMs = (days[at + 1] ?? day + 24 * HOUR_MS) - day;
    expect([23, 24, 25].map((hours) => hours * HOUR_MS)).toContain(lengthMs);
  }
});

test.each([
  ['2026-11-23', 'begins', new Date(2026, 10, 23).getTime()],
  ['2026-11-23', 'ends', new Date(2026, 10, 24).getTime()],
  ['2026-12-31', 'ends', new Date(2027, 0, 1).getTime()],
  ['0001-01-01', 'begins', null],
  [null, 'begins', null],
  ['soon', 'ends', null],
] as const)('the day %j %s at %j', (text, which, at) => {
  expect(dayOf(text, which)).toBe(at);
});
