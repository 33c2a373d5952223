import { BaseSequencer } from 'vitest/node';

/** Small files with long tests. Without times of an earlier run vitest sorts by file size. */
const SLOW = /\/test\/(model\/|app\/(any-day|site-chaos)|e2e\/(screens-|chaos|hurried))/;

/** Starts the slowest files first, so that no worker runs one of them alone at the end. */
export class SlowFirst extends BaseSequencer {
  /**
   * @override
   * @param {Parameters<BaseSequencer['sort']>[0]} files
   */
  async sort(files) {
    // oxlint-disable-next-line unicorn/no-array-sort -- vitest's own method; it returns another array
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId = '' }) => SLOW.test(moduleId.replaceAll('\\', '/'));
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
