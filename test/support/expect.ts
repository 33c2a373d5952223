import { expect as playwrightExpect } from 'playwright/test';

/** As long as anything may take on a busy machine; what is there sooner is seen sooner. */
const PATIENCE_MS = 20_000;

/** Playwright's `expect`: what a window shows is looked at until it is as expected, or for too long. */
export const expect = playwrightExpect.configure({ timeout: PATIENCE_MS });
