import { expect as playwrightExpect } from 'playwright/test';
import { LONGEST_PROBE_MS } from '../../electron/outbox/rules/backoff.ts';

/** The limit for anything on a busy machine; a faster result ends the wait sooner. */
const PATIENCE_MS = 20_000;

/** For results of Deskbell's next automatic try, after any number of failures. */
export const UNTIL_NEXT_LOOK = { timeout: LONGEST_PROBE_MS + PATIENCE_MS };

/** Playwright's `expect`: repeats the check of a window until it succeeds or takes too long. */
export const expect = playwrightExpect.configure({ timeout: PATIENCE_MS });
