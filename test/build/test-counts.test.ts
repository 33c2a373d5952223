import { describe, expect, test } from 'vitest';
import { countVitest, sum } from '../../build/test-counts.mjs';

const report = (
  numPassedTests: number,
  numFailedTests: number,
  testResults: readonly { status: string; assertionResults: readonly { status: string }[] }[],
) => ({ numPassedTests, numFailedTests, testResults });

const passed = { status: 'passed' };
const failed = { status: 'failed' };

describe('countVitest', () => {
  test('reads the counts of the report', () => {
    const file = { ...failed, assertionResults: [passed, passed, failed] };
    expect(countVitest(report(2, 1, [file]), 1)).toEqual({ passed: 2, failed: 1 });
  });

  test('counts a file that could not be loaded as a failure', () => {
    const broken = { ...failed, assertionResults: [] };
    const sound = { ...passed, assertionResults: [passed] };
    expect(countVitest(report(1, 0, [broken, sound]), 1)).toEqual({ passed: 1, failed: 1 });
  });

  test('counts a file whose clean-up failed', () => {
    const file = { ...failed, assertionResults: [passed] };
    expect(countVitest(report(1, 0, [file]), 1)).toEqual({ passed: 1, failed: 1 });
  });

  test('counts a failed run although every test passed', () => {
    const file = { ...passed, assertionResults: [passed] };
    expect(countVitest(report(1, 0, [file]), 1)).toEqual({ passed: 1, failed: 1 });
  });

  test('counts a run without a report as a failure', () => {
    expect(countVitest(undefined, 139)).toEqual({ passed: 0, failed: 1 });
  });
});

test('sum adds counts, and is zero for none', () => {
  expect(sum([])).toEqual({ passed: 0, failed: 0 });
  expect(
    sum([
      { passed: 1, failed: 2 },
      { passed: 3, failed: 4 },
    ]),
  ).toEqual({ passed: 4, failed: 6 });
});
