// The folders of set-up.
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** The notes of set-up about this checkout. They are deleted with node_modules. */
export const memory = path.join(root, 'node_modules/.deskbell');

/**
 * The folder for files that are slow to make and equal for every checkout: the substitute Electron, compiled modules.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export const cacheFolder = (env) => {
  if (process.platform === 'win32' && env['LOCALAPPDATA']) {
    return path.join(env['LOCALAPPDATA'], 'deskbell', 'Cache');
  }
  if (process.platform === 'darwin') return path.join(homedir(), 'Library/Caches/deskbell');
  return path.join(env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'deskbell');
};
