import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCsvTimestamps, csvTimestamp } from '../../../electron/export/csv-timestamp.ts';

test('a timestamp has its offset from UTC and can be read back', () => {
  const at = Date.UTC(2026, 10, 23, 9);
  expect(csvTimestamp(at)).toMatch(/^2026-11-2\dT\d\d:\d\d:00[+-]\d\d:\d\d$/);
  expect(Date.parse(csvTimestamp(at))).toBe(at);
});

test('timestamps in sequence equal those formatted alone', () => {
  const anyInstant = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2060, 0) });
  fc.assert(
    fc.property(fc.array(anyInstant), fc.nat({ max: 3_600_000 }), (instants, step) => {
      const write = createCsvTimestamps();
      for (const at of instants.flatMap((first) => [first, first + step, first])) {
        expect(write(at)).toBe(csvTimestamp(at));
        expect(Date.parse(write(at))).toBe(Math.floor(at / 1_000) * 1_000);
      }
    }),
  );
});
