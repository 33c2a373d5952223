import { expect, test } from 'vitest';
import { changeZoom, type ZoomChange } from '../../../electron/window/zoom.ts';

test.each([
  [1, 'in', 1.1],
  [1.0999999, 'in', 1.25],
  [1.75, 'in', 2],
  [2, 'in', 2.5],
  [4, 'in', 4],
  [1, 'out', 0.9],
  [0.67, 'out', 0.67],
  [1.2, 'out', 1.1],
  [3, 'reset', 1],
] as const)('from %f %s is %f', (factor, change, expected) => {
  expect(changeZoom(factor, change)).toBe(expected);
});

test('zooming in and out returns to the start', () => {
  const go = (changes: readonly ZoomChange[]) => changes.reduce(changeZoom, 1);
  expect(go(['in', 'in', 'in', 'out', 'out', 'out'])).toBe(1);
});
