import { describe, expect, test } from 'vitest';
import { digitFor, currentStaff, staffFor } from '../../../renderer/invite/current-staff.ts';
import { HOUR_MS } from '../../../shared/time.ts';
import { NOON } from '../samples.ts';

const STAFF = ['Léa', 'Marc', 'Élodie', 'Mehdi'];
const lea = { name: 'Léa', since: NOON };

describe('the current colleague', () => {
  test.each([
    ['at once', NOON, 'Léa'],
    ['to the end of a long shift', NOON + 10 * HOUR_MS - 1, 'Léa'],
    ['not on the next one', NOON + 10 * HOUR_MS, null],
    ['not when the choice is dated by a wrong clock', NOON - 10 * HOUR_MS, null],
  ])('is the last one chosen: %s', (_, now, name) => {
    expect(currentStaff(lea, STAFF, now)).toBe(name);
  });

  test('is empty when none was chosen, or the one chosen is no longer in the list', () => {
    expect(currentStaff(null, STAFF, NOON)).toBeNull();
    expect(currentStaff(lea, ['Marc'], NOON)).toBeNull();
  });
});

test.each([
  ['1', 'Léa'],
  ['4', 'Mehdi'],
  ['5', undefined],
  ['l', 'Léa'],
  ['E', 'Élodie'],
  ['é', 'Élodie'],
  ['m', undefined],
  ['x', undefined],
  [' ', undefined],
  ['Enter', undefined],
  ['', undefined],
])('the key %j chooses %s', (key, name) => {
  expect(staffFor(key, STAFF)).toBe(name);
});

test('the first ten have a digit key', () => {
  expect([0, 8, 9, 10].map(digitFor)).toEqual(['1', '9', '0', undefined]);
});
