import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { npm } from './run.mjs';

/** @typedef {Readonly<Record<string, string>>} Ranges */
/** @typedef {{ readonly dependencies?: Ranges, readonly devDependencies?: Ranges }} Manifest */
/**
 * The relevant part of one entry in npm's lock file. The entry named '' is the project itself.
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
 * Whether npm installs this package here. It omits optional packages for another machine, and the packages that only
 * those need, which carry no mark.
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
 * Whether node_modules holds the packages of the lock file, by npm's own record of its last complete installation
 * (node_modules/.package-lock.json). It makes no difference whether a person, `npm install` or set-up installed them.
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

/** @returns {Machine} with npm's names */
const thisMachine = () => {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  );
  const libc = report.header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
  return { os: process.platform, cpu: process.arch, libc };
};

/**
 * Installs node_modules when they are missing or differ from the lock file.
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
  // No package needs its install script: native modules carry their binaries, and a later step fetches Electron's.
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root, signal });
};
