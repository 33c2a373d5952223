import { availableParallelism } from 'node:os';

const MOST = 4;

/** How many end-to-end test files run side by side: one a core. */
export const E2E_WORKERS = Math.min(availableParallelism(), MOST);
