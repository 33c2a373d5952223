import { availableParallelism } from 'node:os';

const MOST = 4;

/** How many test files run side by side: one a core. */
export const TEST_WORKERS = Math.min(availableParallelism(), MOST);
