// Packs the built application, and checks the package.
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { launchCommand } from '../launch.mjs';
import { recall } from '../setup/cache.mjs';
import { root } from '../setup/paths.mjs';
import { run, SetUpError } from '../setup/run.mjs';
import { tool } from '../bin-path.mjs';
import { checkPacked, NOT_FOR_DISTRIBUTION } from './check.mjs';
import { findPacked } from './paths.mjs';

/** @typedef {import('./paths.mjs').Packed} Packed */

const MARK = `This package was made with a substitute for Electron, to look at and to test.
It is old and has known holes. Do not pass it on.
`;

/** The folder of the substitute for Electron; undefined if the official one could be fetched. */
const findSubstitute = () => {
  const folder = path.dirname(launchCommand().executable);
  return folder.startsWith(path.join(root, 'node_modules')) ? undefined : folder;
};

/**
 * Excludes one of the two builds of better-sqlite3. A package ships the build that the module carries or, with a
 * substitute, whose Node-API is older, the build that was compiled for it (build/setup/native.mjs).
 *
 * @param {string} folder
 */
const leaveOut = (folder) =>
  ['linux', 'mac', 'win'].flatMap((system) => [
    // electron-builder adds a list to the one in its file, but a single word replaces that list.
    `-c.${system}.files=package.json`,
    `-c.${system}.files=!node_modules/better-sqlite3/${folder}/**`,
  ]);

/** @param {string} folder */
const withSubstitute = (folder) => [
  ...leaveOut('prebuilds'),
  '--linux',
  'dir',
  `-c.electronDist=${folder}`,
  `-c.electronVersion=${recall(path.join(folder, 'version')) ?? ''}`,
];

/**
 * Packs for this system. With the substitute the result is one folder, marked as not for distribution.
 *
 * @param {{ readonly output: string, readonly args: readonly string[], readonly signal: AbortSignal }} parts
 * @returns {Promise<readonly Packed[]>} rejects with a SetUpError when a package fails its check
 */
export const pack = async ({ output, args, signal }) => {
  await rm(output, { recursive: true, force: true });
  const substitute = findSubstitute();
  const command = [
    tool('electron-builder'),
    '--publish',
    'never',
    `-c.directories.output=${output}`,
    ...(substitute === undefined ? leaveOut('build') : withSubstitute(substitute)),
    ...args,
  ];
  await run(process.execPath, command, { cwd: root, signal });
  const packages = findPacked(output);
  if (substitute !== undefined) {
    for (const { folder, resources } of packages) {
      await writeFile(path.join(folder, NOT_FOR_DISTRIBUTION), MARK);
      // Electron's default application, which electron-builder removes from an official Electron.
      await rm(path.join(resources, 'default_app.asar'), { force: true });
    }
  }
  const surprises = (await Promise.all(packages.map(checkPacked))).flat();
  if (packages.length === 0) surprises.push(`nothing was packed in ${output}`);
  if (surprises.length > 0) {
    throw new SetUpError(`The package failed its check:\n${surprises.join('\n')}`);
  }
  return packages;
};
