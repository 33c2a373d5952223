import { expect as playwrightExpect } from 'playwright/test';
import { LONGEST_PROBE_MS } from '../../electron/outbox/rules/backoff.ts';

/** As long as anything may take on a busy machine; what is there sooner is seen sooner. */
const PATIENCE_MS = 20_000;

/** For what comes with the next look that Deskbell takes by itself, after however many have failed. */
export const UNTIL_NEXT_LOOK = { timeout: LONGEST_PROBE_MS + PATIENCE_MS };

/** Playwright's `expect`: what a window shows is looked at until it is as expected, or for too long. */
export const expect = playwrightExpect.configure({ timeout: PATIENCE_MS });
