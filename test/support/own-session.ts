// Gives an end-to-end test file the desktop session of its worker (build/test.mjs opens one for each).
import * as z from 'zod/mini';

const sessionsSchema = z.array(z.record(z.string(), z.string()));

const { DESKBELL_TEST_SESSIONS: sessions, VITEST_POOL_ID: worker } = process.env;

// Without them the tests run in the session of the person who started vitest.
if (sessions !== undefined) {
  const own = sessionsSchema.parse(JSON.parse(sessions))[Number(worker) - 1];
  if (own === undefined) throw new Error(`worker ${worker} has no session of its own`);
  Object.assign(process.env, own);
}
