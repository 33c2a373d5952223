import { BaseSequencer } from 'vitest/node';

/** Small files with long tests. Without times of an earlier run vitest takes the size of a file for its time. */
const SLOW = /\/test\/(model\/|app\/any-day|e2e\/(screens-|chaos|hurried))/;

/** Begins with the files that take longest, so that no worker is left with one of them at the end. */
export class SlowFirst extends BaseSequencer {
  /**
   * @override
   * @param {Parameters<BaseSequencer['sort']>[0]} files
   */
  async sort(files) {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is vitest's, and returns another array
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId = '' }) => SLOW.test(moduleId.replaceAll('\\', '/'));
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
