import { defineConfig } from 'vitest/config';
import { TEST_WORKERS } from './build/workers.mjs';

/** Ends what hangs and judges nobody's speed: a disk that syncs slowly takes minutes for what takes seconds elsewhere. */
const HANGS_AFTER_MS = 300_000;
/** What never comes is told as that, and not as a test that hangs. */
const NEVER_COMES_MS = 60_000;
const timeouts = {
  testTimeout: HANGS_AFTER_MS,
  hookTimeout: HANGS_AFTER_MS,
  expect: { poll: { timeout: NEVER_COMES_MS } },
};

// By what a test needs: nothing, real files and sockets, the whole application in Node, a real Electron.
export default defineConfig({
  test: {
    maxWorkers: TEST_WORKERS,
    projects: [
      {
        test: {
          ...timeouts,
          name: 'unit',
          isolate: false, // nothing of a module outlives a test, so a worker loads each only once
          include: ['test/{shared,renderer,build,electron/outbox}/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          ...timeouts,
          name: 'edge',
          include: ['test/{electron,migrations}/**/*.test.ts', 'test/*.test.ts'],
          exclude: ['test/electron/outbox/**'],
        },
      },
      { test: { ...timeouts, name: 'app', include: ['test/{app,model}/**/*.test.ts'] } },
      {
        test: {
          ...timeouts,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          setupFiles: ['test/support/own-session.ts'],
          sequence: { groupOrder: 1 }, // after the others, on a machine that is quiet again
        },
      },
    ],
  },
});
