// Runs one bundled test file with vitest's runner, and writes a report: vitest itself does not start under Wine.
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { startTests } from '@vitest/runner';
import { getNames, getTests } from '@vitest/runner/utils';
import { running } from './running.mjs';

/** The limits of vitest.config.ts. */
const HANGS_AFTER_MS = 300_000;
const NEVER_COMES_MS = 60_000;

/**
 * @typedef {object} Report
 * @property {readonly { readonly name: string, readonly state: string, readonly error: string }[]} tests
 */

// Wine 8 lacks TCP_KEEPIDLE, which libuv sets before it connects; Windows 10 has it.
if (process.platform === 'win32' && process.env['WINEPREFIX'] !== undefined) {
  net.Socket.prototype.setKeepAlive = function () {
    return this;
  };
}

/**
 * @param {string} file from the project's folder
 * @param {() => Promise<unknown>} load
 * @returns {Promise<void>} ends the process
 */
export const runTestFile = async (file, load) => {
  const root = process.env['DESKBELL_TEST_ROOT'] ?? '';
  const whole = path.resolve(root, file);
  running.folder = path.dirname(whole);
  /** @type {{ name: string, state: string, error: string }[]} */
  const tests = [];
  /** @param {unknown} error */
  const failed = (error) =>
    void tests.push({ name: '(outside of a test)', state: 'fail', error: describe(error) });
  process.on('unhandledRejection', failed);
  process.on('uncaughtException', failed);
  Object.assign(globalThis, {
    __vitest_worker__: {
      ctx: {},
      filepath: whole,
      environment: { name: 'node' },
      providedContext: {},
      config: {
        testTimeout: HANGS_AFTER_MS,
        hookTimeout: HANGS_AFTER_MS,
        expect: { poll: { timeout: NEVER_COMES_MS } },
        snapshotOptions: {},
        fakeTimers: {},
      },
      rpc: {},
      durations: {},
      onCleanup: () => {},
    },
  });
  const files = await startTests([whole], {
    config: {
      root,
      setupFiles: [],
      name: 'windows',
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { shuffle: false, concurrent: false, seed: 1, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 1,
      testTimeout: HANGS_AFTER_MS,
      hookTimeout: HANGS_AFTER_MS,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    },
    importFile: async () => {
      await load();
    },
  });
  for (const one of files) {
    for (const error of one.result?.errors ?? []) failed(error);
    for (const test of getTests(one)) {
      tests.push({
        name: getNames(test).slice(1).join(' > '),
        state: test.result?.state ?? test.mode,
        error: (test.result?.errors ?? []).map(describe).join('\n'),
      });
    }
  }
  writeFileSync(process.env['DESKBELL_TEST_REPORT'] ?? '', JSON.stringify({ tests }));
  process.exit(0);
};

/**
 * @param {unknown} error
 * @returns {string}
 */
const describe = (error) => {
  if (typeof error !== 'object' || error === null) return String(error);
  const { stack, message, diff } =
    /** @type {{ stack?: string, message?: string, diff?: string }} */ (error);
  return [stack ?? message ?? '', diff ?? ''].join('\n').trim();
};
