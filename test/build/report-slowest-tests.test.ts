import { expect, test } from 'vitest';
import { tableOfSlowest } from '../../build/report-slowest-tests.mjs';

const file = (name: string, seconds: number) => ({
  name: `/project/test/${name}`,
  startTime: 1_000,
  endTime: 1_000 + seconds * 1_000,
});
const shorten = (name: string): string => name.replace('/project/', '');

test('lists the slowest test files first, with their time and their share', () => {
  const files = [file('quick.test.ts', 0.5), file('slow.test.ts', 7), file('usual.test.ts', 2.5)];
  expect(tableOfSlowest(files, shorten)).toEqual([
    'The slowest of 3 test files:',
    '    7.0 s  70 %  test/slow.test.ts',
    '    2.5 s  25 %  test/usual.test.ts',
    '    0.5 s   5 %  test/quick.test.ts',
  ]);
});

test('lists only the ten slowest of many files', () => {
  const files = Array.from({ length: 40 }, (_, at) => file(`${at}.test.ts`, at));
  const table = tableOfSlowest(files, shorten);
  expect(table).toHaveLength(11);
  expect(table.at(-1)).toContain('test/30.test.ts');
});

test('prints no table for a run without files', () => {
  expect(tableOfSlowest([], shorten)).toEqual([]);
});
