import { expect, test } from 'vitest';
import { firstOf, roomFor } from '../../../renderer/shell/paste-limit.tsx';

const field = (value: string, maxLength: number, [selectionStart, selectionEnd] = [0, 0]) => ({
  value,
  maxLength,
  selectionStart,
  selectionEnd,
});

test.each([
  [field('', 200), 200],
  [field('abc', 5), 2],
  [field('abcde', 5), 0],
  [field('abcde', 5, [1, 3]), 2],
  [field('abc', -1), 1_997],
  [{ ...field('abc', 5), selectionStart: null, selectionEnd: null }, 2],
])('%j has room for %i', (one, room) => {
  expect(roomFor(one)).toBe(room);
});

test.each([
  ['abcdef', 3, 'abc'],
  ['a\r\nb\nc', 4, 'a b '],
  ['ab😀', 3, 'ab'],
  ['ab😀', 4, 'ab😀'],
  ['abc', 0, ''],
])('of %j with room for %i, %j is kept', (text, room, taken) => {
  expect(firstOf(text, room)).toBe(taken);
});

test('the rest of a very long text is not read', () => {
  expect(firstOf('\n'.repeat(50_000_000), 200)).toBe(' ');
});
