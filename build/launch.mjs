import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { findElectron } from './setup/electron.mjs';
import { cacheFolder, memory, root } from './setup/paths.mjs';
import { SetUpError } from './setup/run.mjs';

/**
 * How to start the built application: `env` contains only the variables to add to the environment.
 *
 * @typedef {object} LaunchCommand
 * @property {string} executable
 * @property {readonly string[]} args
 * @property {Readonly<Record<string, string>>} env
 */

/**
 * @typedef {object} SandboxFacts
 * @property {NodeJS.Platform} platform
 * @property {boolean} isRoot
 * @property {boolean} helperIsSetuid Chromium's helper beside Electron belongs to root and runs as root
 * @property {boolean} userNamespaces a process without privileges may create a namespace
 */

/**
 * Whether Chromium refuses to start here unless its sandbox is turned off
 * (https://chromium.googlesource.com/chromium/src/+/main/docs/linux/sandboxing.md).
 *
 * @param {SandboxFacts} facts
 * @returns {boolean}
 */
export const mustDropSandbox = ({ platform, isRoot, helperIsSetuid, userNamespaces }) =>
  platform === 'linux' && (isRoot || !(helperIsSetuid || userNamespaces));

/**
 * @param {string} setting
 * @param {string} fallback where the kernel does not know the setting
 */
const readKernelSetting = (setting, fallback) => {
  try {
    return readFileSync(`/proc/sys/${setting}`, 'utf8').trim();
  } catch {
    return fallback;
  }
};

/** @param {string} executable */
const readSandboxFacts = (executable) => {
  const helper = statSync(path.join(path.dirname(executable), 'chrome-sandbox'), {
    throwIfNoEntry: false,
  });
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    helperIsSetuid: helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0,
    userNamespaces:
      readKernelSetting('kernel/unprivileged_userns_clone', '1') !== '0' &&
      readKernelSetting('kernel/apparmor_restrict_unprivileged_userns', '0') === '0' &&
      readKernelSetting('user/max_user_namespaces', '1') !== '0',
  };
};

/**
 * The command that starts the built application on this machine. `executable` is Electron itself, so that tools can
 * attach to it. On Linux without a display the caller must provide one (`xvfb-run -a`). Append more switches to `args`.
 *
 * @returns {LaunchCommand} throws a SetUpError when there is no Electron yet
 */
export const launchCommand = () => {
  const executable = findElectron({ root, memory, cache: cacheFolder(process.env) }, process.env);
  if (executable === undefined)
    throw new SetUpError('Electron is not installed yet: npm start installs it.');
  const switches = mustDropSandbox(readSandboxFacts(executable)) ? ['--no-sandbox'] : [];
  return { executable, args: [...switches, root], env: {} };
};
