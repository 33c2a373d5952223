// Checks a packed application: its files, its fuses, the machines of its native modules, its licences and its size.
// https://www.electronjs.org/docs/latest/tutorial/security#19-check-which-fuses-you-can-change
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { machineOf } from './native-target.mjs';

/** @typedef {import('./paths.mjs').Packed} Packed */

const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);

/**
 * The required state of every fuse. A fuse that is missing here fails the check, because its state was never decided.
 *
 * @type {Readonly<Record<string, number>>}
 */
const FUSES = {
  [FuseV1Options.RunAsNode]: OFF,
  [FuseV1Options.EnableCookieEncryption]: ON,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
  [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
  [FuseV1Options.OnlyLoadAppFromAsar]: ON,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: OFF,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
  // Electron's default; older versions do not have this fuse.
  [FuseV1Options.WasmTrapHandlers]: ON,
};

/** @param {string} index */
const isYoung = (index) => index === String(FuseV1Options.WasmTrapHandlers);
const REQUIRED_FUSES = Object.keys(FUSES).filter((index) => !isYoung(index));

/** The limit for the files that Deskbell adds to Electron. */
const LARGEST_BYTES = 8 * 1024 * 1024;

/** The oldest Electron without a known vulnerability that affects Deskbell. */
const OLDEST_ELECTRON = { major: 41, minor: 10, patch: 3 };

/** Marks a package that must not be distributed. */
export const NOT_FOR_DISTRIBUTION = 'NOT-FOR-DISTRIBUTION.txt';

/** The permitted files in app.asar. */
const SHIPPED = [
  /^\/package\.json$/,
  /^\/out\/app\/(main\.js|check-worker\.js|preload\.cjs|icon\.png)$/,
  /^\/out\/app\/main\/[\w-]+\.js$/,
  /^\/out\/app\/tray\/[\w@.-]+\.png$/,
  /^\/out\/app\/renderer\/(index|[a-z]{2})\.html$/,
  /^\/out\/app\/renderer\/assets\/[\w.-]+\.(js|css|svg|png|woff2)$/,
  /^\/out\/app\/[\w-]+\.(json|txt)$/, // the licences
  /^\/node_modules\/(better-sqlite3|keytar)\/(package\.json|LICENSE(\.md)?)$/,
  /^\/node_modules\/(better-sqlite3|keytar)\/lib\/[\w/-]+\.js$/,
];

/** The permitted files beside app.asar: the system's icon formats, and the installer's files for updates. */
const RESOURCES = [
  /^app\.asar$/,
  /^(icon|electron)\.icns$/,
  /^[\w-]+\.lproj$/,
  /^Assets\.car$/,
  /^elevate\.exe$/,
  /^app-update\.yml$/,
  /^package-type$/,
  /^apparmor-profile$/,
  // On a Mac these are inside, because no file lies beside the application.
  /^LICENSE\.electron\.txt$/,
  /^LICENSES\.chromium\.html$/,
];

/**
 * The native modules of a platform.
 *
 * @param {Packed} packed
 * @param {boolean} isSubstitute
 */
const nativeModules = ({ platform, architectures }, isSubstitute) =>
  // A Mac gets both, because a universal application is merged from two applications with the same files.
  (platform === 'darwin' ? ['x64', 'arm64'] : architectures).flatMap((arch) => [
    {
      arch,
      file: isSubstitute
        ? 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'
        : `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`,
    },
    { arch, file: `node_modules/keytar/prebuilds/${platform}-${arch}/keytar.node` },
  ]);

/** @param {string} folder @returns {readonly string[]} the files below it, with `/` */
const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'),
    );

/** @param {Packed} packed */
const checkFuses = async ({ executable }) => {
  const wire = await getCurrentFuseWire(executable);
  const missing = REQUIRED_FUSES.filter((index) => !(index in wire));
  return [
    ...missing.map((index) => `fuse ${nameOfFuse(index)} is missing`),
    ...Object.entries(wire)
      .filter(([index, state]) => index !== 'version' && Number(state) !== FUSES[index])
      .map(
        ([index, state]) => `fuse ${nameOfFuse(index)} is ${Number(state) === ON ? 'on' : 'off'}`,
      ),
  ];
};

/** @param {string} index */
const nameOfFuse = (index) =>
  Object.entries(FuseV1Options).find(([, value]) => String(value) === index)?.[0] ?? index;

/** @param {Packed} packed @param {boolean} isSubstitute */
const checkFiles = ({ resources, ...packed }, isSubstitute) => {
  const archive = path.join(resources, 'app.asar');
  const native = nativeModules({ resources, ...packed }, isSubstitute).map(({ file }) => file);
  const folders = new Set(
    listPackage(archive, { isPack: false }).map((name) => path.posix.dirname(slashed(name))),
  );
  const inside = listPackage(archive, { isPack: false })
    .map(slashed)
    .filter((name) => !folders.has(name));
  const unpacked = filesBelow(path.join(resources, 'app.asar.unpacked'));
  const beside = readdirSync(resources).filter((name) => name !== 'app.asar.unpacked');
  return [
    ...inside
      .filter((name) => !native.includes(name.slice(1)))
      .filter((name) => !SHIPPED.some((shape) => shape.test(name)))
      .map((name) => `app.asar holds ${name}`),
    ...unpacked
      .filter((name) => !native.includes(name))
      .map((name) => `app.asar.unpacked holds ${name}`),
    ...native.filter((name) => !unpacked.includes(name)).map((name) => `${name} is missing`),
    ...beside
      .filter((name) => !RESOURCES.some((shape) => shape.test(name)))
      .map((name) => `the resources hold ${name}`),
  ];
};

/** @param {string} name with `\` on Windows */
const slashed = (name) => name.replaceAll('\\', '/');

/** @param {Packed} packed @param {boolean} isSubstitute */
const checkMachines = (packed, isSubstitute) =>
  nativeModules(packed, isSubstitute).flatMap(({ file, arch }) => {
    const module = path.join(packed.resources, 'app.asar.unpacked', file);
    if (!existsSync(module)) return []; // checkFiles has reported it
    const made = machineOf(readFileSync(module));
    const wanted = `${packed.platform}-${arch}`;
    return made === wanted
      ? []
      : [`${file} is made for ${made ?? 'no known machine'}, not ${wanted}`];
  });

/**
 * Electron compares the archive's header with a hash that the signed part of the application carries. It does so on
 * Windows and macOS (https://www.electronjs.org/docs/latest/tutorial/asar-integrity).
 *
 * @param {Packed} packed
 */
const checkIntegrity = ({ platform, resources, folder }) => {
  const { headerString } = getRawHeader(path.join(resources, 'app.asar'));
  const hash = createHash('sha256').update(headerString).digest('hex');
  if (platform === 'linux') return [];
  const carrier =
    platform === 'win32'
      ? path.join(folder, 'Deskbell.exe')
      : path.join(folder, 'Deskbell.app/Contents/Info.plist');
  return readFileSync(carrier).includes(hash)
    ? []
    : [`${carrier} does not hold the archive's hash`];
};

/**
 * Reads the version from the program itself, because electron-builder removes the file with it.
 *
 * @param {string} executable
 * @returns {string | undefined}
 */
export const electronVersionOf = (executable) =>
  /Electron[/ ]v?(\d+\.\d+\.\d+)/.exec(readFileSync(executable, 'latin1'))?.[1];

/** @param {Packed} packed @param {boolean} isSubstitute */
const checkElectron = ({ executable }, isSubstitute) => {
  if (isSubstitute) return [];
  const version = electronVersionOf(executable);
  if (version === undefined) return ['the version of Electron was not found'];
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const { major: m, minor: n, patch: p } = OLDEST_ELECTRON;
  const isOld = major < m || (major === m && (minor < n || (minor === n && patch < p)));
  return isOld ? [`Electron ${version} is too old to be passed on`] : [];
};

/**
 * The licences of Electron and of Chromium must be in every package. Deskbell's own are in the archive.
 *
 * @param {Packed} packed
 */
const checkLicences = ({ platform, folder, resources }) => {
  const place = platform === 'darwin' ? resources : folder;
  return ['LICENSE.electron.txt', 'LICENSES.chromium.html']
    .filter((name) => !existsSync(path.join(place, name)))
    .map((name) => `${name} is missing`);
};

/**
 * The size that Deskbell adds to Electron, in bytes.
 *
 * @param {Packed} packed
 * @returns {number}
 */
export const addedBytes = ({ resources }) =>
  filesBelow(resources)
    .filter((name) => name.startsWith('app.asar'))
    .map((name) => statSync(path.join(resources, name)).size)
    .reduce((sum, size) => sum + size, 0);

/** @param {Packed} packed */
const checkSize = (packed) => {
  const bytes = addedBytes(packed) / (packed.platform === 'darwin' ? 2 : 1);
  return bytes > LARGEST_BYTES
    ? [`${bytes} bytes beside Electron are more than ${LARGEST_BYTES}`]
    : [];
};

/**
 * @param {Packed} packed
 * @returns {Promise<readonly string[]>} the problems found, as text
 */
export const checkPacked = async (packed) => {
  const isSubstitute = readdirSync(packed.folder).includes(NOT_FOR_DISTRIBUTION);
  return [
    ...(await checkFuses(packed)),
    ...checkFiles(packed, isSubstitute),
    ...checkMachines(packed, isSubstitute),
    ...checkIntegrity(packed),
    ...checkElectron(packed, isSubstitute),
    ...checkLicences(packed),
    ...checkSize(packed),
  ];
};
