import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { loadHolidays } from '../../../electron/os/holidays.ts';

const holidays = await loadHolidays();
const isHoliday = (country: string, date: string, region: string | null = null) =>
  holidays.isHoliday({ country, region }, date);

describe('public holidays', () => {
  test.each([
    ['FR', '2026-07-14'],
    ['FR', '2026-05-01'],
    ['FR', '2027-03-29'],
    ['DE', '2026-10-03'],
    ['IT', '2026-04-25'],
    ['ES', '2026-10-12'],
    ['PT', '2026-06-10'],
    ['GB', '2026-12-25'],
  ])('%s keeps %s', (country, date) => {
    expect(isHoliday(country, date)).toBe(true);
  });

  test.each([
    ['FR', '2026-07-15'],
    ['FR', '2028-02-29'],
    ['DE', '2026-07-14'],
    ['XX', '2026-12-25'],
  ])('%s does not keep %s', (country, date) => {
    expect(isHoliday(country, date)).toBe(false);
  });

  test.each([
    ['RO', '2026-01-01', 2],
    ['RO', '2027-01-01', 2],
    ['TR', '2026-03-20', 3],
    ['TR', '2026-05-27', 4],
    ['BA', '2026-03-20', 3],
    ['BA', '2026-05-27', 4],
    ['SA', '2026-03-19', 4],
    ['FR', '2026-07-14', 1],
    ['CN', '2026-05-04', 1],
  ])('[row 162] in %s the holiday of %s lasts %i days', (country, first, days) => {
    const dates = Array.from({ length: days + 2 }, (_, day) =>
      new Date(Date.parse(first) + (day - 1) * 86_400_000).toISOString().slice(0, 10),
    );
    expect(dates.map((date) => isHoliday(country, date))).toEqual([
      false,
      ...Array<boolean>(days).fill(true),
      false,
    ]);
  });

  test('include those of a region; an unknown region has none of its own', () => {
    expect(isHoliday('FR', '2026-04-03')).toBe(false);
    expect(isHoliday('FR', '2026-04-03', '57')).toBe(true);
    expect(isHoliday('FR', '2026-07-14', '57')).toBe(true);
    expect(isHoliday('FR', '2026-04-03', 'nowhere')).toBe(false);
    expect(isHoliday('FR', '2026-07-14', 'nowhere')).toBe(true);
  });
});

test.each(['Pacific/Auckland', 'America/Los_Angeles'])(
  'holidays are the same on a PC in %s',
  (zone) => {
    const program = ['build/run-typescript.mjs', 'test/electron/os/holidays-process.ts'];
    const env = { ...process.env, TZ: zone };
    expect(execFileSync(process.execPath, program, { env, encoding: 'utf8' })).toBe(
      'false,true,false,true',
    );
  },
);
