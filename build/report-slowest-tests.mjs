// Reports which test files take the longest.

/** @typedef {{ readonly name: string, readonly startTime: number, readonly endTime: number }} TimedFile */

const MOST_ROWS = 10;

/**
 * A table of the slowest test files, slowest first, with their share of the time of all files.
 *
 * @param {readonly TimedFile[]} files with times in milliseconds
 * @param {(name: string) => string} shorten shortens a name for printing
 * @returns {readonly string[]} lines; none without files
 */
export const tableOfSlowest = (files, shorten) => {
  const timed = files.map(({ name, startTime, endTime }) => ({ name, ms: endTime - startTime }));
  const total = timed.reduce((sum, { ms }) => sum + ms, 0);
  if (timed.length === 0) return [];
  const rows = timed
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, MOST_ROWS)
    .map(({ name, ms }) => {
      const share = total === 0 ? 0 : Math.round((100 * ms) / total);
      return `${(ms / 1000).toFixed(1).padStart(7)} s ${String(share).padStart(3)} %  ${shorten(name)}`;
    });
  return [`The slowest of ${timed.length} test files:`, ...rows];
};
