import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rowsOf, rowsTested, testFiles } from '../../build/fault-rows.mjs';
import { root } from '../../build/setup/paths.mjs';

test('every fault has a test, except those marked as later', async () => {
  const rows = rowsOf(await readFile(join(root, 'docs/faults.md'), 'utf8'));
  const tested = await rowsTested(await testFiles(join(root, 'test')));
  // A number is never reused; each table holds one subject, in the order in which its faults were found.
  expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(100);
  const missing = rows.filter(({ number, isLater }) => !isLater && !tested.has(number));
  expect(missing).toEqual([]);
});

test('a row with a test is not marked as later', async () => {
  const rows = rowsOf('| 1 | a fault | later: not yet |\n| 22 | another | said |\n');
  expect(rows).toEqual([
    { number: 1, fault: 'a fault', isLater: true },
    { number: 22, fault: 'another', isLater: false },
  ]);
});
