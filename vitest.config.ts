import { defineConfig } from 'vitest/config';

const E2E_TIMEOUT_MS = 60_000;

// By what a test needs: nothing, real files and sockets, the whole application in Node, a real Electron.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{shared,renderer,build,electron/outbox}/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          name: 'edge',
          include: ['test/{electron,migrations}/**/*.test.ts', 'test/*.test.ts'],
          exclude: ['test/electron/outbox/**'],
        },
      },
      { test: { name: 'app', include: ['test/{app,model}/**/*.test.ts'] } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: E2E_TIMEOUT_MS,
          hookTimeout: E2E_TIMEOUT_MS,
          sequence: { groupOrder: 1 }, // after the others, on a machine that is quiet again
        },
      },
    ],
  },
});
