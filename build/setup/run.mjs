// Runs the child processes of set-up: silent when they succeed, quoted when they fail.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { root } from './paths.mjs';

/** An expected failure of set-up, with a message for the person who started it. Printed without a stack. */
export class SetUpError extends Error {}

/**
 * @typedef {object} Where
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {AbortSignal} [signal] ends the command early
 */
/** @typedef {{ readonly ok: boolean, readonly output: string }} Outcome */

const TAIL_LINES = 30;
const leash = path.join(root, 'build/setup/kill-with-parent.mjs');

/**
 * Runs a command without input and waits for its end. A crash or a missing command is an outcome as well; only an
 * interruption rejects, after all processes of the command have ended.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Where} [where]
 * @returns {Promise<Outcome>} with both output streams as one text
 */
export const attempt = async (command, args, { signal, ...where } = {}) => {
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [leash, command, ...args], { ...where, stdio: 'pipe' });
  /** @type {string[]} */
  const output = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => output.push(text));
  }
  const letGo = () => child.stdin.end();
  signal?.addEventListener('abort', letGo);
  const [code] = await once(child, 'close');
  signal?.removeEventListener('abort', letGo);
  signal?.throwIfAborted();
  return { ok: code === 0, output: output.join('').trim() };
};

/**
 * Runs a command that must succeed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Where} [where]
 * @returns {Promise<void>} rejects with a SetUpError that quotes the end of the output
 */
export const run = async (command, args, where) => {
  const { ok, output } = await attempt(command, args, where);
  if (ok) return;
  const tail = output.split('\n').slice(-TAIL_LINES).join('\n');
  throw new SetUpError(`This command failed: ${[command, ...args].join(' ')}\n${tail}`);
};

/**
 * Runs npm: the npm that started this script if there is one, else the npm of this Node.
 *
 * @param {readonly string[]} args
 * @param {Where} [where]
 * @returns {Promise<void>} rejects with a SetUpError
 */
export const npm = (args, where) => {
  const candidates = [
    process.env['npm_execpath'] ?? '',
    path.join(path.dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'), // as Windows has it
  ];
  const cli = candidates.find((file) => file.endsWith('npm-cli.js') && existsSync(file));
  const audible = [...args, '--loglevel=error']; // also under `npm --silent`, which would hide why it failed
  return cli === undefined
    ? run('npm', audible, where)
    : run(process.execPath, [cli, ...audible], where);
};
