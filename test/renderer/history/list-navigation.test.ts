import { expect, test } from 'vitest';
import { nextRow } from '../../../renderer/history/list-navigation.ts';

test.each([
  ['ArrowDown', 5, 6],
  ['ArrowUp', 5, 4],
  ['PageDown', 5, 15],
  ['PageUp', 25, 15],
  ['Home', 25, 0],
  ['End', 25, 99],
  ['ArrowDown', 99, 99],
  ['ArrowUp', 0, 0],
  ['PageDown', 95, 99],
  ['PageUp', 3, 0],
  ['Enter', 5, null],
  ['a', 5, null],
])('%s goes from row %i to row %j', (key, from, to) => {
  expect(nextRow(key, from, { count: 100, page: 10 })).toBe(to);
});

test('a page key moves on even when the page shows less than one row', () => {
  expect(nextRow('PageDown', 5, { count: 100, page: 0 })).toBe(6);
});
