// Ensures that the native modules load in Node (the checks) and in Electron (the application).
//
// better-sqlite3 and keytar carry binaries for every platform. Those of better-sqlite3 need Node-API 10, which Node has
// since 22.14 (https://nodejs.org/api/n-api.html#node-api-version-matrix): an older runtime crashes without a message.
// For such a runtime set-up compiles it once and keeps the result for every checkout.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureLibraries } from './libraries.mjs';
import { prepareFolder, withScratch } from './prepare.mjs';
import { attempt, run, SetUpError } from './run.mjs';

/**
 * @typedef {object} Parts
 * @property {string} root
 * @property {string} memory
 * @property {string} cache
 * @property {string} electron the executable
 * @property {(line: string) => void} say
 * @property {AbortSignal} signal
 */

const BINARY = 'build/Release/better_sqlite3.node';

const LOAD_SQLITE = "new (require('better-sqlite3'))(':memory:').close()";
const LOAD_KEYTAR = "require('keytar')";

/**
 * Loads a module in a separate process, because an incompatible one can crash its process.
 *
 * @param {string} script
 * @param {Parts} parts
 * @returns {Promise<string | undefined>} why it does not load in Node or in Electron
 */
const whyNotLoaded = async (script, { root, electron, signal }) => {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const outcomes = await Promise.all(
    [process.execPath, electron].map((runtime) =>
      attempt(runtime, ['-e', script], { cwd: root, env, signal }),
    ),
  );
  return outcomes.find(({ ok }) => !ok)?.output;
};

/** @param {string} root */
const headerFile = (root) => path.join(root, 'build/setup/napi9.h');

/** @param {string} root */
const sqliteFolder = (root) => path.join(root, 'node_modules/better-sqlite3');

/**
 * The folder of the compiled module. Its name changes with everything that the module depends on.
 *
 * @param {Parts} parts
 */
const compiledFolder = ({ root, cache }) => {
  const { version } = JSON.parse(
    readFileSync(path.join(sqliteFolder(root), 'package.json'), 'utf8'),
  );
  const recipe = createHash('sha256')
    .update(readFileSync(headerFile(root)))
    .digest('hex')
    .slice(0, 8);
  return path.join(
    cache,
    `better-sqlite3-${version}-${recipe}-${process.platform}-${process.arch}`,
  );
};

/**
 * The folder with this Node's headers in `include/node`, if they were installed with it. Otherwise node-gyp fetches
 * them.
 */
const findHeaders = () => {
  const prefix = path.resolve(path.dirname(process.execPath), '..');
  return existsSync(path.join(prefix, 'include/node/node_api.h')) ? prefix : undefined;
};

/**
 * Compiles better-sqlite3 for Node-API 9, which newer runtimes load as well.
 *
 * @param {Parts} parts
 */
const compile = async (parts) => {
  const { root, memory, say, signal } = parts;
  if (process.platform === 'win32') {
    throw new SetUpError('On Windows, better-sqlite3 needs Node 22.14 or newer.');
  }
  await ensureLibraries({ required: ['compiler'], wanted: [] }, { say, signal });
  say('Compiling better-sqlite3 for this Node and Electron, once; it takes about a minute');
  const nodeGyp = createRequire(path.join(root, 'package.json')).resolve(
    'node-gyp/bin/node-gyp.js',
  );
  const headers = findHeaders();
  const options = headers === undefined ? [] : [`--nodedir=${headers}`];
  // Inside node_modules, so that the module finds its own dependencies.
  await withScratch(path.join(memory, 'better-sqlite3'), async (scratch) => {
    await cp(sqliteFolder(root), scratch, { recursive: true });
    await copyFile(headerFile(root), path.join(scratch, 'napi9.h'));
    await run(process.execPath, [nodeGyp, 'rebuild', '--release', '--force_build=1', ...options], {
      cwd: scratch,
      // Relative to the folder `build`, where node-gyp runs the compiler.
      env: { ...process.env, CXXFLAGS: '-UNAPI_VERSION -DNAPI_VERSION=9 -include ../napi9.h' },
      signal,
    });
    const kept = compiledFolder(parts);
    await rm(kept, { recursive: true, force: true });
    await prepareFolder(kept, (part) =>
      copyFile(path.join(scratch, BINARY), path.join(part, path.basename(BINARY))),
    );
  });
};

/**
 * Copies the compiled module to the place where better-sqlite3 searches first.
 *
 * @param {Parts} parts
 */
const install = async (parts) => {
  const target = path.join(sqliteFolder(parts.root), BINARY);
  await mkdir(path.dirname(target), { recursive: true });
  await copyFile(path.join(compiledFolder(parts), path.basename(BINARY)), `${target}.part`);
  await rename(`${target}.part`, target);
};

/**
 * Ensures that better-sqlite3 loads, and reports if keytar does not: the application also opens without a keychain.
 *
 * @param {Parts} parts
 * @returns {Promise<void>} rejects with a SetUpError
 */
export const ensureNativeModules = async (parts) => {
  let trouble = await whyNotLoaded(LOAD_SQLITE, parts);
  if (trouble !== undefined && existsSync(compiledFolder(parts))) {
    await install(parts);
    trouble = await whyNotLoaded(LOAD_SQLITE, parts);
  }
  if (trouble !== undefined) {
    await compile(parts);
    await install(parts);
    trouble = await whyNotLoaded(LOAD_SQLITE, parts);
  }
  if (trouble !== undefined) throw new SetUpError(`better-sqlite3 does not load here:\n${trouble}`);

  const noKeychain = await whyNotLoaded(LOAD_KEYTAR, parts);
  if (noKeychain !== undefined) {
    parts.say(`The system's keychain cannot be used: keytar does not load.\n${noKeychain}`);
  }
};
