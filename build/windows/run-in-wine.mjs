import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { BUNDLES, PROJECT } from './lay-out.mjs';

/** @typedef {import('../test-counts.mjs').Counts} Counts */

/** Ends a bundle that hangs: the slowest takes two minutes on a busy machine. */
const HANGS_AFTER_MS = 15 * 60_000;

/** @param {string} place in the project's folder */
const onDriveC = (place) => path.win32.join('C:\\', PROJECT, place);

/**
 * Runs one bundle in a separate process, prints its failures, and counts. A bundle without a report has failed.
 *
 * @param {object} parts
 * @param {import('./wine.mjs').Wine} parts.wine
 * @param {string} parts.project its folder, as this system sees it
 * @param {string} parts.name of the bundle
 * @param {string} parts.logs the folder of its output: under Wine Node loses output that it writes into a pipe
 * @param {AbortSignal} parts.signal
 * @returns {Promise<Counts>}
 */
export const runInWine = async ({ wine, project, name, logs, signal }) => {
  mkdirSync(logs, { recursive: true });
  const log = path.join(logs, `${name}.log`);
  const report = path.join(BUNDLES, `${name}.json`);
  rmSync(path.join(project, report), { force: true });
  const output = openSync(log, 'w');
  const env = {
    ...wine.env,
    NODE_ENV: 'test',
    DESKBELL_TEST_ROOT: onDriveC('.'),
    DESKBELL_TEST_BUNDLES: onDriveC(BUNDLES),
    DESKBELL_TEST_REPORT: onDriveC(report),
  };
  await new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child = spawn(wine.program, [wine.node, onDriveC(path.join(BUNDLES, name))], {
      cwd: project,
      env,
      stdio: ['ignore', output, output],
      signal,
      timeout: HANGS_AFTER_MS,
      killSignal: 'SIGKILL',
    });
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => closeSync(output));
  const tests = readReport(path.join(project, report)) ?? [
    { name: 'the file', state: 'fail', error: readFileSync(log, 'utf8').slice(-3_000) },
  ];
  const failed = tests.filter(({ state }) => state === 'fail');
  const passed = tests.filter(({ state }) => state === 'pass').length;
  console.log(`${failed.length === 0 ? '✓' : '✗'} ${name} (${passed} passed)`);
  for (const test of failed) console.log(`  ✗ ${test.name}\n${test.error}\n`);
  return { passed, failed: failed.length };
};

/**
 * @param {string} file
 * @returns {import('./run-test-file.mjs').Report['tests'] | undefined}
 */
const readReport = (file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).tests : undefined;
