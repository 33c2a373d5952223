import { expect, test } from 'vitest';
import { createDateFormat } from '../../../renderer/history/date-format.ts';
import {
  choosesAll,
  filterOf,
  findDayProblem,
  NO_CHOICE,
} from '../../../renderer/history/filters.tsx';
import { NOON } from '../samples.ts';

const DAYS = createDateFormat('en-GB');

test.each([
  ['', '', null],
  ['20/11/2026', '', null],
  ['', 'yesterday', null],
  ['20/11/2026', '20/11/2026', null],
  ['yesterday', 'today', null],
  ['31/02/2026', '', { end: 'from', kind: 'no-day' }],
  ['', 'soon', { end: 'until', kind: 'no-day' }],
  ['soon', '31/02/2026', { end: 'from', kind: 'no-day' }],
  ['20/11/2026', '19/11/2026', { end: 'until', kind: 'order' }],
  ['today', 'yesterday', { end: 'until', kind: 'order' }],
])('[row 232] from %j to %j: %j', (from, until, problem) => {
  expect(findDayProblem({ ...NO_CHOICE, from, until }, DAYS, NOON)).toEqual(problem);
});

test('a valid range excludes earlier and later invitations', () => {
  const choice = { ...NO_CHOICE, from: '22/11', until: 'today' };
  expect(filterOf(choice, DAYS, NOON)).toMatchObject({
    from: new Date(2026, 10, 22).getTime(),
    until: new Date(2026, 10, 24).getTime(),
  });
});

test('[row 253] an emptied search is no search', () => {
  expect(choosesAll(NO_CHOICE)).toBe(true);
  expect(choosesAll({ ...NO_CHOICE, text: '' })).toBe(true);
  expect(choosesAll({ ...NO_CHOICE, text: ' ', from: '' })).toBe(true);
  expect(choosesAll({ ...NO_CHOICE, text: 'Dupont' })).toBe(false);
  expect(choosesAll({ ...NO_CHOICE, state: 'accepted' })).toBe(false);
  expect(choosesAll({ ...NO_CHOICE, until: 'today' })).toBe(false);
});
