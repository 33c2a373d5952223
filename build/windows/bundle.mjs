// Bundles test files for Windows' Node: one script each, with everything except native modules.
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { root } from '../setup/paths.mjs';

const here = import.meta.dirname;
const ENTRY = 'virtual:test-file';

/** Packages with their own binary, or that start a browser. */
const EXTERNAL = ['better-sqlite3', 'keytar', /^playwright(\/|$)/, 'fsevents'];

/** Replaces Electron where a module only imports it: the end-to-end tests cover the calls. */
const NO_ELECTRON = `const nothing = new Proxy({}, { get: () => nothing });
${[
  'BrowserWindow',
  'Menu',
  'Notification',
  'Tray',
  'app',
  'clipboard',
  'dialog',
  'globalShortcut',
  'ipcMain',
  'nativeImage',
  'nativeTheme',
  'net',
  'powerMonitor',
  'protocol',
  'screen',
  'session',
  'shell',
]
  .map((name) => `export const ${name} = nothing;`)
  .join('\n')}`;

/** The path of a file on the machine that runs the bundle, which differs from the one that made it. */
const PLACES = `import { fileURLToPath as toPath, pathToFileURL as toUrl } from 'node:url';
import { dirname as folderOf, join as joined } from 'node:path';
const placeOf = (file) => joined(process.env.DESKBELL_TEST_ROOT, file);`;

/**
 * @param {string} testFile full path; empty for a program that tests start
 * @returns {import('vite').Plugin}
 */
const plugin = (testFile) => ({
  name: 'windows-tests',
  enforce: 'pre',
  resolveId(id, importer) {
    if (id === ENTRY) return `\0${ENTRY}`;
    if (id === 'vitest' && !importer?.startsWith(here)) return path.join(here, 'vitest.mjs');
    if (id === 'vite' && importer?.startsWith(path.join(root, 'test'))) {
      return path.join(here, 'vite.mjs');
    }
    if (/^electron(\/|$)/.test(id)) return '\0no-electron';
    return undefined;
  },
  load(id) {
    if (id === '\0no-electron') return NO_ELECTRON;
    if (id !== `\0${ENTRY}`) return undefined;
    const file = JSON.stringify(path.relative(root, testFile));
    return `import { runTestFile } from ${JSON.stringify(path.join(here, 'run-test-file.mjs'))};
await runTestFile(${file}, () => import(${JSON.stringify(testFile)}));`;
  },
  transform(code, id) {
    const isOurs = id.startsWith(root) && !id.includes('node_modules');
    if (!isOurs || !/import\.meta\.(dirname|url)/.test(code)) return undefined;
    const file = JSON.stringify(path.relative(root, id).replaceAll('\\', '/'));
    return `${PLACES}\n${code
      .replaceAll('import.meta.dirname', `folderOf(placeOf(${file}))`)
      .replaceAll('import.meta.url', `toUrl(placeOf(${file})).href`)}`;
  },
});

/**
 * @param {string} entry
 * @param {string} testFile
 * @param {{ readonly folder: string, readonly name: string }} out
 */
const bundle = (entry, testFile, { folder, name }) =>
  build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [plugin(testFile)],
    ssr: { target: 'node', noExternal: true, external: [] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node22',
      minify: false,
      rolldownOptions: {
        input: entry,
        external: EXTERNAL,
        shimMissingExports: true,
        output: { entryFileNames: name, codeSplitting: false, format: 'es' },
      },
    },
  });

/** @param {string} file */
const nameOf = (file) =>
  `${path
    .relative(path.join(root, 'test'), file)
    .replaceAll(path.sep, '__')
    .replace(/\.test\.ts$/, '')}.mjs`;

/** @param {RegExp} pattern */
const filesUnderTest = async (pattern) =>
  (await readdir(path.join(root, 'test'), { recursive: true }))
    .filter((file) => pattern.test(file.replaceAll(path.sep, '/')))
    .toSorted()
    .map((file) => path.join(root, 'test', file));

/** The folder, inside that of the bundles, of the programs that tests start. */
const PROGRAMS = 'programs';

/**
 * Bundles every test of the Node level, and every program that such a test starts, into a folder.
 *
 * @param {string} folder
 * @param {readonly string[]} filters parts of paths; none means all
 * @returns {Promise<readonly string[]>} the names of the bundles of tests
 */
export const bundleTests = async (folder, filters) => {
  await mkdir(path.join(folder, PROGRAMS), { recursive: true });
  for (const file of await filesUnderTest(/-process\.ts$/)) {
    const name = path.basename(file).replace(/\.ts$/, '.js');
    if (name !== 'in-a-process.js') {
      await bundle(file, '', { folder: path.join(folder, PROGRAMS), name });
    }
  }
  // Those of the site database start a PostgreSQL server, which Wine does not run.
  const all = await filesUnderTest(/^(app|electron(?!\/site\/)|shared)\/.*\.test\.ts$/);
  const chosen = all.filter(
    (file) => filters.length === 0 || filters.some((one) => file.includes(one)),
  );
  for (const file of chosen) await bundle(ENTRY, file, { folder, name: nameOf(file) });
  return chosen.map(nameOf);
};
