import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { npm } from './run.mjs';

/** @typedef {Readonly<Record<string, string>>} Ranges */
/** @typedef {{ readonly dependencies?: Ranges, readonly devDependencies?: Ranges }} Manifest */
/**
 * One entry of a lock file of npm, as far as it matters here. The one named '' is the project itself.
 *
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {readonly string[]} [os]
 * @property {readonly string[]} [cpu]
 * @property {readonly string[]} [libc]
 * @property {Ranges} [dependencies]
 * @property {Ranges} [devDependencies]
 */
/** @typedef {{ readonly packages: Readonly<Record<string, LockedPackage>> }} Lock */
/** @typedef {{ readonly os: string, readonly cpu: string, readonly libc: string }} Machine */

/**
 * @param {readonly string[] | undefined} allowed
 * @param {string} value
 */
const admits = (allowed, value) => allowed === undefined || allowed.includes(value);

/**
 * Whether npm installs this package here. It leaves out optional ones that are made for another machine, and with
 * them what only they need, which carries no mark of its own.
 *
 * @param {LockedPackage} locked
 * @param {Machine} machine
 */
const belongsHere = ({ optional, os, cpu, libc }, machine) => {
  if (!optional) return true;
  if (!os && !cpu && !libc) return false;
  return admits(os, machine.os) && admits(cpu, machine.cpu) && admits(libc, machine.libc);
};

/**
 * Whether node_modules holds what the lock file asks for, by npm's own record of its last complete installation
 * (node_modules/.package-lock.json). Installed by hand, by `npm install` or by set-up is all the same.
 *
 * @param {{ readonly manifest: Manifest, readonly lock: Lock, readonly installed: Lock | undefined }} files
 * @param {Machine} machine
 * @returns {boolean}
 */
export const isInstalled = ({ manifest, lock, installed }, machine) => {
  if (installed === undefined) return false;
  const { '': project, ...packages } = lock.packages;
  return (
    isDeepStrictEqual(manifest.dependencies ?? {}, project?.dependencies ?? {}) &&
    isDeepStrictEqual(manifest.devDependencies ?? {}, project?.devDependencies ?? {}) &&
    Object.entries(packages).every(([folder, locked]) => {
      const actual = installed.packages[folder];
      return actual === undefined
        ? !belongsHere(locked, machine)
        : actual.version === locked.version &&
            (locked.integrity === undefined || actual.integrity === locked.integrity);
    })
  );
};

/** @param {string} file */
const readJson = async (file) => JSON.parse(await readFile(file, 'utf8'));

/** @param {string} file */
const readJsonIfPresent = async (file) => {
  try {
    return await readJson(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/** @returns {Machine} in npm's words */
const thisMachine = () => {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  );
  const libc = report.header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
  return { os: process.platform, cpu: process.arch, libc };
};

/**
 * Installs node_modules when they are missing or not what the lock file asks for.
 *
 * @param {{
 *   readonly root: string, readonly say: (line: string) => void, readonly signal: AbortSignal
 * }} parts
 * @returns {Promise<void>} rejects with a SetUpError
 */
export const ensureDependencies = async ({ root, say, signal }) => {
  const files = {
    manifest: await readJson(path.join(root, 'package.json')),
    lock: await readJson(path.join(root, 'package-lock.json')),
    installed: await readJsonIfPresent(path.join(root, 'node_modules/.package-lock.json')),
  };
  if (isInstalled(files, thisMachine())) return;
  say('Installing dependencies');
  // No package of ours needs its install script: native modules carry their binaries, Electron's comes in a later step.
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root, signal });
};
