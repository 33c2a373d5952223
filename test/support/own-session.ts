// Gives an end-to-end test file a desktop session of its own (build/test.mjs opens one for each worker).
import { afterAll } from 'vitest';
import * as z from 'zod/mini';
import { takeSession } from './take-session.ts';

const sessionsSchema = z.strictObject({
  /** Where the lock files are. */
  folder: z.string(),
  sessions: z.array(z.record(z.string(), z.string())),
});

const { DESKBELL_TEST_SESSIONS: opened } = process.env;

// Without them the tests run in the session of the person who started vitest.
if (opened !== undefined) {
  const { folder, sessions } = sessionsSchema.parse(JSON.parse(opened));
  const { index, release } = await takeSession(folder, sessions.length);
  Object.assign(process.env, sessions[index]);
  // Runs after those of the test file: vitest calls them in reverse order.
  afterAll(release);
}
