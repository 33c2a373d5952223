import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from './run.mjs';

/**
 * Fetches one npm package into a separate folder. npm fetches, verifies and unpacks: a lock file with the pinned
 * checksum makes it refuse any other content.
 *
 * @param {{ readonly name: string, readonly version: string, readonly integrity: string }} wanted
 * @param {string} folder is created
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the folder of the package; rejects with a SetUpError
 */
export const fetchPinnedPackage = async ({ name, version, integrity }, folder, signal) => {
  const manifest = {
    name: 'one-package',
    version: '1.0.0',
    private: true,
    dependencies: { [name]: version },
  };
  const lock = {
    ...manifest,
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, [`node_modules/${name}`]: { version, integrity } },
  };
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, signal });
  return path.join(folder, 'node_modules', name);
};
