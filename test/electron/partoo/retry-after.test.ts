import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRetryAfter } from '../../../electron/partoo/retry-after.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 30);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test.each([
  ['absent', undefined, undefined],
  ['seconds', '60', MINUTE],
  ['one second and less', '0', 1_000],
  ['a date', new Date(NOW + 2 * MINUTE).toUTCString(), 2 * MINUTE],
  ['a past date', new Date(NOW - MINUTE).toUTCString(), 1_000],
  ['negative', '-5', MINUTE],
  ['an hour', '3600', 60 * MINUTE],
  ['a thousand million', '1000000000', DAY],
  ['1e9', '1e9', DAY],
  ['garbage', 'soon', MINUTE],
  ['empty', ' ', MINUTE],
  ['a year, which is no date', '2026 CE', MINUTE],
])('[row 42] Retry-After: %s', (_name, header, pauseMs) => {
  expect(parseRetryAfter(header, NOW)).toBe(pauseMs);
});

test('[row 42] [row 133] any header gives a pause between 1 second and a day', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double().map(String)), (header) => {
      const pauseMs = parseRetryAfter(header, NOW) ?? 0;
      expect(pauseMs).toBeGreaterThanOrEqual(1_000);
      expect(pauseMs).toBeLessThanOrEqual(DAY);
    }),
  );
});
