import { availableParallelism } from 'node:os';

const MOST = 4;

/** How many test files run in parallel: one per core. */
export const TEST_WORKERS = Math.min(availableParallelism(), MOST);

/** How many end-to-end test files run in parallel: one more, because each sometimes waits for its application. */
export const E2E_WORKERS = Math.min(availableParallelism() + 1, MOST);
