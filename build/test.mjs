// npm test: sets up, and runs every check, also after a failed one. The last line is `N passed, N failed`.
//
// With names of checks (`static`, `unit`, `edge`, `app`, `e2e`) it runs only those; other arguments go to vitest.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countVitest, sum } from './test-counts.mjs';
import { withDesktopSessions } from './desktop-session.mjs';
import { runInForeground, runProgram } from './run-program.mjs';
import { ensureBuilt, setUp } from './setup.mjs';
import { recall } from './setup/cache.mjs';
import { root } from './setup/paths.mjs';
import { attempt, SetUpError } from './setup/run.mjs';
import { tableOfSlowest } from './report-slowest-tests.mjs';
import { withTemporaryFiles } from './temporary-files.mjs';
import { tool } from './bin-path.mjs';
import { E2E_WORKERS } from './workers.mjs';

/** @typedef {import('./test-counts.mjs').Counts} Counts */

const PROJECTS = ['unit', 'edge', 'app', 'e2e'];
const CHECKS = ['static', ...PROJECTS];

const PASSED = { passed: 1, failed: 0 };
const FAILED = { passed: 0, failed: 1 };

/**
 * @param {string} name
 * @param {readonly string[]} command for Node
 * @param {AbortSignal} signal
 * @returns {Promise<Counts>}
 */
const runStaticCheck = async (name, command, signal) => {
  const { ok, output } = await attempt(process.execPath, command, { cwd: root, signal });
  console.log(ok ? `✓ ${name}` : `✗ ${name}\n${output}\n`);
  return ok ? PASSED : FAILED;
};

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Counts>} each check counts as one
 */
const runStaticChecks = async (signal) => {
  const checkCode = async () =>
    sum([
      await runStaticCheck('lint', [tool('oxlint')], signal),
      await runStaticCheck('types', [tool('tsc', 'typescript'), '--build'], signal),
      await runStaticCheck('dead', [tool('knip')], signal),
    ]);
  // Prettier has one thread, and takes as long as the other checks together.
  const format = [tool('prettier'), '--check', '--log-level', 'warn', '.'];
  return sum(await Promise.all([runStaticCheck('format', format, signal), checkCode()]));
};

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Counts>}
 */
const build = async (signal) => {
  try {
    await ensureBuilt(signal);
    return PASSED;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.log(`✗ build\n${error.message}\n`);
    return FAILED;
  }
};

/**
 * The variables that a desktop session adds to the environment.
 *
 * @param {NodeJS.ProcessEnv} session
 */
const variablesOf = (session) =>
  Object.fromEntries(
    Object.entries(session).filter(([name, value]) => value !== process.env[name]),
  );

/**
 * @param {readonly string[]} args
 * @param {AbortSignal} signal
 * @returns {Promise<Counts>}
 */
const runVitest = async (args, signal) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskbell-report-'));
  const report = path.join(folder, 'report.json');
  const command = [
    tool('vitest'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  try {
    const exitCode = await withTemporaryFiles((temporary) =>
      withDesktopSessions(E2E_WORKERS, ['screen', 'keyring'], (sessions) =>
        runInForeground(process.execPath, [...command, ...args], {
          env: {
            ...sessions[0],
            ...temporary,
            DESKBELL_TEST_SESSIONS: JSON.stringify({
              folder,
              sessions: sessions.map(variablesOf),
            }),
          },
          signal,
        }),
      ),
    );
    const text = recall(report);
    const read = text === undefined ? undefined : JSON.parse(text);
    const table = tableOfSlowest(read?.testResults ?? [], (file) => path.relative(root, file));
    if (table.length > 0) console.log(`${table.join('\n')}\n`);
    return countVitest(read, exitCode);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * @param {readonly string[]} args
 * @param {AbortSignal} signal
 * @returns {Promise<Counts>}
 */
const check = async (args, signal) => {
  const named = CHECKS.filter((name) => args.includes(name));
  const chosen = named.length === 0 ? CHECKS : named;
  const projects = PROJECTS.filter((name) => chosen.includes(name));
  const forVitest = [
    ...projects.map((name) => `--project=${name}`),
    ...args.filter((arg) => !CHECKS.includes(arg)),
  ];
  return sum([
    ...(chosen.includes('static') ? [await runStaticChecks(signal)] : []),
    ...(projects.includes('e2e') ? [await build(signal)] : []),
    ...(projects.length > 0 ? [await runVitest(forVitest, signal)] : []),
  ]);
};

/**
 * @param {readonly string[]} args
 * @param {AbortSignal} signal
 * @returns {Promise<Counts>} a failed set-up counts as one failure, so that a count is always printed
 */
const setUpAndCheck = async (args, signal) => {
  try {
    await setUp('check', signal);
    return await check(args, signal);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(`\n${error.message}`);
    return FAILED;
  }
};

await runProgram(async (signal) => {
  const { passed, failed } = await setUpAndCheck(process.argv.slice(2), signal);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
