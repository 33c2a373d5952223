// Builds the application into out/app.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { makeIcons, makeTrayPictures } from '../icons.mjs';
import { NATIVE, readBundled, writeLicences } from '../licences.mjs';
import { tool } from '../bin-path.mjs';
import { fingerprint, recall, remember } from './cache.mjs';
import { run } from './run.mjs';

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'build/icons',
  'build/licences.mjs',
  'package-lock.json',
  'vite.config.ts',
];

/** @param {string} root */
const fingerprintSources = (root) => fingerprint(SOURCES.map((name) => path.join(root, name)));

/** @param {string} root */
const output = (root) => path.join(root, 'out/app');

/** @param {string} root */
const sourcesNote = (root) => path.join(output(root), '.sources');

/**
 * Whether the application is built from the current sources.
 *
 * @param {string} root
 * @returns {boolean}
 */
export const isBuilt = (root) => recall(sourcesNote(root)) === fingerprintSources(root);

/**
 * Builds the application from scratch.
 *
 * @param {{
 *   readonly root: string, readonly say: (line: string) => void, readonly signal: AbortSignal
 * }} parts
 * @returns {Promise<void>} rejects with a SetUpError that quotes the compiler
 */
export const buildApplication = async ({ root, say, signal }) => {
  say('Building the application');
  const sources = fingerprintSources(root); // before, so that an edit during the build is not missed
  await rm(output(root), { recursive: true, force: true });
  await rm(path.join(root, 'out/bundled'), { recursive: true, force: true });
  await run(process.execPath, [tool('vite'), 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    signal,
  });
  await writeLicences({
    root,
    native: NATIVE,
    bundled: await readBundled(path.join(root, 'out/bundled')),
    file: path.join(output(root), 'licences.json'),
  });
  const drawings = path.join(root, 'build/icons');
  await makeIcons({
    drawings,
    folder: path.join(root, 'out/icons'),
    windowIcon: path.join(output(root), 'icon.png'),
  });
  await makeTrayPictures({ drawings, folder: path.join(output(root), 'tray') });
  await remember(sourcesNote(root), sources);
};
