import { availableParallelism } from 'node:os';

const MOST = 4;

/** How many test files run side by side: one a core. */
export const TEST_WORKERS = Math.min(availableParallelism(), MOST);

/** How many end-to-end test files run side by side: one more, because each waits for its application now and then. */
export const E2E_WORKERS = Math.min(availableParallelism() + 1, MOST);
