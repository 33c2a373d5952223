// Adds up the results of the checks.

/** @typedef {{ readonly passed: number, readonly failed: number }} Counts */

/**
 * @param {readonly Counts[]} counts
 * @returns {Counts}
 */
export const sum = (counts) => ({
  passed: counts.reduce((total, { passed }) => total + passed, 0),
  failed: counts.reduce((total, { failed }) => total + failed, 0),
});

/**
 * The part of vitest's JSON report that Deskbell reads (https://vitest.dev/guide/reporters.html#json-reporter).
 *
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {readonly { readonly status: string, readonly assertionResults: readonly { readonly status: string }[] }[]} testResults
 */

/**
 * Counts a vitest run. A file that failed without a failed test (it could not be loaded) counts as one failure. So does
 * a run that failed as a whole or wrote no report.
 *
 * @param {VitestReport | undefined} report
 * @param {number} exitCode of vitest
 * @returns {Counts}
 */
export const countVitest = (report, exitCode) => {
  if (report === undefined) return { passed: 0, failed: 1 };
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + brokenFiles.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
  };
};
