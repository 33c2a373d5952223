import { expect, test } from 'vitest';
import { csvInstant } from '../../electron/history-export.ts';

test('an instant says its distance from UTC and can be read back', () => {
  const at = Date.UTC(2026, 10, 23, 9);
  expect(csvInstant(at)).toMatch(/^2026-11-2\dT\d\d:\d\d:00[+-]\d\d:\d\d$/);
  expect(Date.parse(csvInstant(at))).toBe(at);
});
