import path from 'node:path';
import { hasDisplay } from './desktop-session.mjs';
import { buildApplication, isBuilt } from './setup/application.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureElectron, findElectron } from './setup/electron.mjs';
import { ensureLibraries } from './setup/libraries.mjs';
import { fingerprint, recall, remember } from './setup/cache.mjs';
import { ensureNativeModules } from './setup/native.mjs';
import { ensurePostgres, findPostgres } from './setup/postgres.mjs';
import { cacheFolder, memory, root } from './setup/paths.mjs';
import { inTurn } from './setup/lock.mjs';

/** @typedef {import('./setup/libraries.mjs').Need} Need */

/**
 * `open` opens the application on the existing screen; `check` runs it in its own desktop session.
 *
 * @typedef {'open' | 'check'} Purpose
 */

/** @typedef {{ readonly required: readonly Need[], readonly wanted: readonly Need[] }} Needs */

/** @satisfies {Readonly<Record<string, Needs>>} */
const NEEDS = /** @type {const} */ ({
  open: { required: [], wanted: ['window'] },
  openWithoutDisplay: { required: ['screen'], wanted: ['window', 'keyring'] },
  check: { required: ['screen', 'keyring'], wanted: ['window', 'tracer', 'authorities'] },
});

const places = { root, memory, cache: cacheFolder(process.env) };
const lock = path.join(root, 'out/set-up.lock');

/** @param {string} line */
const say = (line) => console.error(`• ${line}`);

/** Identifies a complete installation. Only a few stats, because every start calls it. */
const describeInstallation = () =>
  [
    process.version,
    fingerprint([
      process.execPath,
      path.join(root, 'package.json'),
      path.join(root, 'package-lock.json'),
      path.join(root, 'build/setup'),
      path.join(root, 'node_modules/.package-lock.json'),
      path.join(root, 'node_modules/better-sqlite3/build/Release'),
      path.join(root, 'node_modules/keytar/package.json'),
      findElectron(places, process.env) ?? 'no electron',
      findPostgres(places.cache) ?? 'no postgres',
    ]),
  ].join(' ');

/**
 * Installs everything that is missing on this machine and in this checkout, and reports it on standard error. Without
 * a change since the last run it only stats a few files.
 *
 * @param {Purpose} purpose
 * @param {AbortSignal} signal
 * @returns {Promise<void>} rejects with a SetUpError
 */
export const setUp = async (purpose, signal) => {
  const needs = purpose === 'open' && !hasDisplay(process.env) ? 'openWithoutDisplay' : purpose;
  const note = path.join(memory, `ready-${needs}`);
  if (recall(note) === describeInstallation()) return;
  await inTurn(lock, { say, signal }, async () => {
    const parts = { ...places, say, signal };
    await ensureLibraries(NEEDS[needs], parts);
    await ensureDependencies(parts);
    const electron = await ensureElectron(parts);
    await ensureNativeModules({ ...parts, electron });
    if (purpose === 'check') await ensurePostgres(parts);
    await remember(note, describeInstallation());
  });
};

/**
 * Builds the application when its sources changed since the last time.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<void>} rejects with a SetUpError
 */
export const ensureBuilt = async (signal) => {
  if (isBuilt(root)) return;
  await inTurn(lock, { say, signal }, async () => {
    if (!isBuilt(root)) await buildApplication({ root, say, signal });
  });
};

/**
 * Builds the application in any case.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<void>} rejects with a SetUpError
 */
export const rebuild = (signal) =>
  inTurn(lock, { say, signal }, () => buildApplication({ root, say, signal }));
