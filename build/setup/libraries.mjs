// Finds and installs the system libraries and programs that Electron and the checks use on Linux.
import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import { attempt, run, SetUpError } from './run.mjs';

/** @typedef {'window' | 'screen' | 'keyring' | 'tracer' | 'authorities' | 'wine' | 'compiler'} Need */

/**
 * `window` is for Electron itself, `screen` for an Electron without a display, `keyring` for a Secret Service without a
 * desktop, `tracer` for the test of the order of system calls, `authorities` for the test whose Chromium trusts its own
 * authority, `wine` for the tests on Windows' Node, `compiler` for native modules without a binary for this runtime.
 *
 * @typedef {{ readonly package: string, readonly need: Need } & (
 *   { readonly library: string } | { readonly command: string }
 * )} Requirement
 */

/** @type {readonly Requirement[]} Debian's package, and one of its libraries or commands on any distribution. */
const REQUIREMENTS = [
  { need: 'window', package: 'libgtk-3-0', library: 'libgtk-3.so.0' },
  { need: 'window', package: 'libnss3', library: 'libnss3.so' },
  { need: 'window', package: 'libasound2', library: 'libasound.so.2' },
  { need: 'window', package: 'libgbm1', library: 'libgbm.so.1' },
  { need: 'window', package: 'libxss1', library: 'libXss.so.1' },
  { need: 'window', package: 'libxtst6', library: 'libXtst.so.6' },
  { need: 'window', package: 'libatk-bridge2.0-0', library: 'libatk-bridge-2.0.so.0' },
  { need: 'window', package: 'libdrm2', library: 'libdrm.so.2' },
  { need: 'window', package: 'libnotify4', library: 'libnotify.so.4' },
  { need: 'window', package: 'libsecret-1-0', library: 'libsecret-1.so.0' },
  { need: 'screen', package: 'xvfb', command: 'Xvfb' },
  { need: 'screen', package: 'xauth', command: 'xauth' },
  { need: 'keyring', package: 'dbus-x11', command: 'dbus-daemon' },
  { need: 'keyring', package: 'gnome-keyring', command: 'gnome-keyring-daemon' },
  { need: 'tracer', package: 'strace', command: 'strace' },
  { need: 'authorities', package: 'libnss3-tools', command: 'certutil' },
  { need: 'wine', package: 'wine64', command: 'wine64' },
  { need: 'compiler', package: 'g++', command: 'g++' },
  { need: 'compiler', package: 'make', command: 'make' },
  { need: 'compiler', package: 'python3', command: 'python3' },
];

/**
 * Whether a program is on the PATH.
 *
 * @param {string} name
 * @param {string} searchPath
 * @returns {boolean}
 */
const isCommand = (name, searchPath) =>
  searchPath.split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false; // a missing or unreadable file is not a command
    }
  });

/**
 * The requirements that this machine lacks. Libraries count as present if the loader's cache cannot be read (musl).
 *
 * @param {readonly Need[]} needs
 * @returns {Promise<readonly Requirement[]>}
 */
const findMissing = async (needs) => {
  if (process.platform !== 'linux') return [];
  const loader = await attempt('/sbin/ldconfig', ['-p']);
  return REQUIREMENTS.filter((requirement) => {
    if (!needs.includes(requirement.need)) return false;
    return 'command' in requirement
      ? !isCommand(requirement.command, process.env['PATH'] ?? '')
      : loader.ok && !loader.output.includes(`\t${requirement.library} `);
  });
};

/**
 * The packages to install. Distributions since Debian 13 and Ubuntu 24.04 ship some libraries under a new name with the
 * suffix t64 (https://wiki.debian.org/ReleaseGoals/64bit-time).
 *
 * @param {readonly string[]} wanted names as in Debian 12
 * @param {ReadonlySet<string>} available the names that the distribution knows
 * @returns {readonly string[]}
 */
export const choosePackages = (wanted, available) =>
  wanted.map((name) => (available.has(`${name}t64`) ? `${name}t64` : name));

/**
 * The names among `apt-cache show`'s records.
 *
 * @param {string} records
 * @returns {ReadonlySet<string>}
 */
export const parsePackageNames = (records) =>
  new Set([...records.matchAll(/^Package: (?<name>\S+)$/gm)].flatMap((match) => match[1] ?? []));

/** @returns {boolean} for Debian itself and distributions based on it */
const isDebian = () => {
  try {
    return /^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false; // no such file: another system
  }
};

/** @param {readonly string[]} wanted */
const chooseAvailable = async (wanted) => {
  const names = wanted.flatMap((name) => [`${name}t64`, name]);
  const { output } = await attempt('apt-cache', ['show', '--no-all-versions', ...names]);
  return choosePackages(wanted, parsePackageNames(output));
};

const APT_OPTIONS = ['--yes', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];

/**
 * Installs the missing requirements if this script may. Otherwise it names the packages to install, and fails only if
 * one of `required` is missing.
 *
 * @param {{ readonly required: readonly Need[], readonly wanted: readonly Need[] }} needs
 * @param {{ readonly say: (line: string) => void, readonly signal: AbortSignal }} parts
 * @returns {Promise<void>} rejects with a SetUpError
 */
export const ensureLibraries = async ({ required, wanted }, { say, signal }) => {
  const missing = await findMissing([...required, ...wanted]);
  if (missing.length === 0) return;
  const names = missing.map((requirement) => requirement.package);
  if (isDebian() && process.getuid?.() === 0) {
    say(`Installing ${names.join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('dpkg', ['--configure', '-a'], { env, signal }); // finishes an interrupted run
    await run('apt-get', ['update'], { env, signal });
    const packages = await chooseAvailable(names);
    await run('apt-get', ['install', ...APT_OPTIONS, ...packages], { env, signal });
    return;
  }
  const advice = isDebian()
    ? `Please run: sudo apt-get install ${(await chooseAvailable(names)).join(' ')}`
    : `Please install the packages that Debian calls ${names.join(' ')}`;
  if (missing.some(({ need }) => required.includes(need))) throw new SetUpError(advice);
  say(`Something may not work here. ${advice}`);
};
