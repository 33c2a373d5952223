// Runs the scripts of this folder: prints their errors, and passes signals on.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { SetUpError } from './setup/run.mjs';

const OLDEST_NODE = { major: 20, minor: 20 };

/**
 * @param {string} version
 * @returns {boolean} whether the scripts and their dependencies run on it
 */
export const isNodeRecent = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor);
};

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const PARENT_CHECK_MS = 500;

/** @param {NodeJS.Signals} signal */
const exitCodeOf = (signal) => 128 + constants.signals[signal];

/**
 * Runs a script. Its exit code is the result of `work`; a SetUpError is printed without a stack. A signal of the
 * process aborts the AbortSignal of `work`, with the signal's name as the reason.
 *
 * @param {(signal: AbortSignal) => Promise<number>} work
 * @returns {Promise<void>}
 */
export const runProgram = async (work) => {
  const interruption = new AbortController();
  for (const name of SIGNALS) process.on(name, () => interruption.abort(name));
  // The shell between npm and this script passes no signals on, but it ends.
  const parent = process.ppid;
  const watch = () => process.ppid === parent || interruption.abort('SIGHUP');
  setInterval(watch, PARENT_CHECK_MS).unref();
  try {
    if (!isNodeRecent(process.versions.node)) {
      throw new SetUpError(
        `Deskbell is built with Node ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer (https://nodejs.org/). This is ${process.versions.node}.`,
      );
    }
    process.exitCode = await work(interruption.signal);
  } catch (error) {
    if (interruption.signal.aborted) {
      process.exitCode = exitCodeOf(interruption.signal.reason);
    } else if (error instanceof SetUpError) {
      console.error(`\n${error.message}`);
      process.exitCode = 1;
    } else {
      throw error;
    }
  }
};

/**
 * Runs a command in the foreground, passes signals on to it and waits for its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ readonly env?: NodeJS.ProcessEnv, readonly signal: AbortSignal }} where
 * @returns {Promise<number>} its exit code, as a shell reports it
 */
export const runInForeground = async (command, args, { env = process.env, signal }) => {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: 'inherit' });
    // On Windows the console signals every process itself, and `kill` would prevent the clean-up.
    const passOn = () => process.platform === 'win32' || child.kill(signal.reason);
    signal.addEventListener('abort', passOn);
    child.on('error', reject);
    child.on('close', (code, endedBy) => {
      signal.removeEventListener('abort', passOn);
      resolve(endedBy === null ? (code ?? 1) : exitCodeOf(endedBy));
    });
  });
};
