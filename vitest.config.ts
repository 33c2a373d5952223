import { defineConfig } from 'vitest/config';
import { SlowFirst } from './build/sort-slow-tests-first.mjs';
import { E2E_WORKERS, TEST_WORKERS } from './build/workers.mjs';

/** Ends tests that hang. It does not limit slow ones: with a disk that syncs slowly, seconds become minutes. */
const HANGS_AFTER_MS = 300_000;
/** Reports an event that never comes as such, before the whole test times out. */
const NEVER_COMES_MS = 60_000;
const timeouts = {
  testTimeout: HANGS_AFTER_MS,
  hookTimeout: HANGS_AFTER_MS,
  expect: { poll: { timeout: NEVER_COMES_MS } },
};

// Without isolation a worker loads each module once: a test there must not change a module or the process.
// The projects, by what a test needs: nothing, real files and sockets, the whole application in Node, a real Electron.
export default defineConfig({
  test: {
    maxWorkers: TEST_WORKERS,
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        test: {
          ...timeouts,
          name: 'unit',
          isolate: false,
          include: ['test/{shared,renderer,build,electron/outbox}/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          ...timeouts,
          name: 'edge',
          isolate: false,
          include: ['test/electron/**/*.test.ts', 'test/*.test.ts'],
          exclude: ['test/electron/outbox/**'],
        },
      },
      { test: { ...timeouts, name: 'app', include: ['test/{app,model}/**/*.test.ts'] } },
      {
        test: {
          ...timeouts,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          maxWorkers: E2E_WORKERS,
          setupFiles: ['test/support/own-session.ts'],
          sequence: { groupOrder: 1 }, // after the others, on a machine that is quiet again
        },
      },
    ],
  },
});
