import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup/paths.mjs';

/**
 * The script behind a command of an installed package, to be run with Node: the commands in node_modules/.bin need a
 * shell on Windows.
 *
 * @param {string} command
 * @param {string} [packageName]
 * @returns {string}
 */
export const tool = (command, packageName = command) => {
  const folder = path.join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[command]);
};
