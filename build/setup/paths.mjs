// Where set-up reads and keeps things.
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** What set-up remembers about this checkout. Lives and dies with node_modules. */
export const memory = path.join(root, 'node_modules/.deskbell');

/**
 * The folder for what is dear to make and the same for every checkout: the substitute Electron and compiled modules.
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
