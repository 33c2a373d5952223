// Finds or fetches the Electron for development, checks and demo.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { hasSubstitute, prepareSubstitute, substituteFolder } from './electron-substitute.mjs';
import { recall, remember } from './cache.mjs';
import { attempt, SetUpError } from './run.mjs';

/**
 * @typedef {object} Places
 * @property {string} root
 * @property {string} memory
 * @property {string} cache
 */
/**
 * @typedef {object} Progress
 * @property {(line: string) => void} say
 * @property {AbortSignal} signal
 */

/** @param {string} root */
const electronPackage = (root) => path.join(root, 'node_modules/electron');

/** @param {string} root */
const wantedVersion = (root) =>
  JSON.parse(recall(path.join(electronPackage(root), 'package.json')) ?? '{}').version;

/**
 * The official binary, if it is complete and has the version in package.json.
 *
 * @param {string} root
 */
const findOfficial = (root) => {
  const folder = electronPackage(root);
  const installed = recall(path.join(folder, 'dist/version'))?.trim().replace(/^v/, '');
  const executable = recall(path.join(folder, 'path.txt'));
  if (executable === undefined || installed !== wantedVersion(root)) return undefined;
  return path.join(folder, 'dist', executable);
};

/** @param {string} memory */
const unreachableNote = (memory) => path.join(memory, 'electron-unreachable');

/** @param {Places} places */
const findSubstitute = ({ root, memory, cache }) => {
  if (!hasSubstitute || recall(unreachableNote(memory)) !== wantedVersion(root)) return undefined;
  return path.join(substituteFolder(cache), 'dist/electron');
};

/** @param {NodeJS.ProcessEnv} env */
const findOverride = (env) => {
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (!folder) return undefined;
  if (process.platform === 'darwin')
    return path.join(folder, 'Electron.app/Contents/MacOS/Electron');
  return path.join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
};

/**
 * Electron's executable on this machine: the one in ELECTRON_OVERRIDE_DIST_PATH (as in the official package), else the
 * official one, else the substitute if github.com could not be reached.
 *
 * @param {Places} places
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} undefined when there is none yet
 */
export const findElectron = (places, env) =>
  [findOverride(env), findOfficial(places.root), findSubstitute(places)].find(
    (executable) => executable !== undefined && existsSync(executable),
  );

/**
 * @param {Places & Progress} parts
 * @returns {Promise<string | undefined>} why the official binary could not be fetched
 */
const fetchOfficial = async ({ root, say, signal }) => {
  say(`Fetching Electron ${wantedVersion(root)}`);
  const env = { ...process.env };
  delete env['ELECTRON_SKIP_BINARY_DOWNLOAD'];
  delete env['ELECTRON_RUN_AS_NODE'];
  const installer = path.join(electronPackage(root), 'install.js');
  const { ok, output } = await attempt(process.execPath, [installer], { cwd: root, env, signal });
  return ok && findOfficial(root) !== undefined ? undefined : output;
};

/**
 * @param {Places & Progress} parts
 * @returns {Promise<void>}
 */
const obtain = async (parts) => {
  const { root, memory, cache, say, signal } = parts;
  const trouble = await fetchOfficial(parts);
  if (trouble === undefined) return;
  if (!hasSubstitute) {
    throw new SetUpError(
      `Electron could not be fetched. Can github.com be reached from here? For a mirror, set ELECTRON_MIRROR.\n${trouble}`,
    );
  }
  say(`github.com cannot be reached: using a substitute (to try again, delete ${memory})`);
  const folder = substituteFolder(cache);
  if (!existsSync(folder)) await prepareSubstitute(folder, signal);
  await remember(unreachableNote(memory), wantedVersion(root));
};

/**
 * Ensures that there is an Electron and that it starts. Remembers that github.com cannot be reached for as long as
 * node_modules and the version in package.json stay the same.
 *
 * @param {Places & Progress} parts
 * @returns {Promise<string>} the executable; rejects with a SetUpError
 */
export const ensureElectron = async (parts) => {
  if (findElectron(parts, process.env) === undefined) await obtain(parts);
  const executable = findElectron(parts, process.env);
  if (executable === undefined)
    throw new Error('Electron was downloaded, but is not in its folder');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { ok, output } = await attempt(executable, ['-e', ''], { env, signal: parts.signal });
  if (!ok) throw new SetUpError(`Electron does not start here:\n${output}`);
  return executable;
};
