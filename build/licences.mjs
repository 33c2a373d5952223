// Lists the packages that Deskbell contains, with their licences, from the modules that were really bundled.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * As `licenceSchema` of shared/system-settings.ts reads it.
 *
 * @typedef {{
 *   readonly name: string, readonly version: string, readonly licence: string, readonly text: string
 * }} Licence
 */

/** Packages that are not bundled: the native modules, the libraries compiled into them, and Electron. */
export const NATIVE = ['better-sqlite3', 'keytar', 'node-addon-api', 'electron'];

const TEXTS = /^(licen[cs]e|copying|notice)/i;

/**
 * The packages among the modules of a bundle, and the third-party code inside them, as folders below `node_modules`.
 *
 * @param {Iterable<string>} moduleIds as Rollup names them
 * @returns {readonly string[]}
 */
export const packagesOf = (moduleIds) => {
  const found = new Set();
  for (const id of moduleIds) {
    // A package may contain another package.
    const [, inside] = /^[^?]*?\/node_modules\/([^?]*)/.exec(id.replaceAll('\\', '/')) ?? [];
    if (inside === undefined) continue;
    const steps = inside.split('/node_modules/').map((step) => FOLDER.exec(step)?.[0]);
    found.add(steps.join('/node_modules/'));
    for (const { folder } of EMBEDDED) if (inside.startsWith(`${folder}/`)) found.add(folder);
  }
  return [...found];
};

/**
 * Third-party code inside a package whose licence files omit its terms. A build with modules of `folder` contains it.
 */
const EMBEDDED = [
  {
    folder: 'undici/lib/llhttp',
    name: 'llhttp',
    packageName: 'undici',
    // https://github.com/nodejs/llhttp/blob/main/LICENSE
    copyright: 'Copyright Fedor Indutny, 2018.',
  },
];

/** The folder of a package at the beginning of a path. */
const FOLDER = /^(?:@[^/]+\/)?[^/]+/;

/**
 * The bundled packages that the build has recorded.
 *
 * @param {string} folder
 * @returns {Promise<readonly string[]>}
 */
export const readBundled = async (folder) => {
  const notes = await readdir(folder);
  const lists = await Promise.all(notes.map((note) => readFile(path.join(folder, note), 'utf8')));
  return lists.flatMap((list) => JSON.parse(list));
};

/**
 * Writes the licence of every package into `file`, as JSON.
 *
 * @param {{
 *   readonly root: string, readonly bundled: readonly string[], readonly native: readonly string[],
 *   readonly file: string
 * }} parts
 * @returns {Promise<void>} rejects when a package has no licence text
 */
export const writeLicences = async ({ root, bundled, native, file }) => {
  const folders = [...new Set([...bundled, ...native])];
  const licences = await Promise.all(folders.map((folder) => readLicence(root, folder)));
  licences.sort((one, other) => one.name.localeCompare(other.name, 'en'));
  await writeFile(file, JSON.stringify(licences));
};

/**
 * @param {string} root
 * @param {string} name
 * @returns {Promise<Licence>}
 */
const readLicence = async (root, name) => {
  const embedded = EMBEDDED.find((one) => one.folder === name);
  if (embedded !== undefined) {
    const { version } = await readLicence(root, embedded.packageName);
    return {
      name: embedded.name,
      version: `in ${embedded.packageName} ${version}`,
      licence: 'MIT',
      text: `MIT License\n\n${embedded.copyright}\n\n${MIT}`,
    };
  }
  const folder = path.join(root, 'node_modules', name);
  const about = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((entry) => TEXTS.test(entry)).toSorted();
  const texts = await Promise.all(files.map((entry) => readFile(path.join(folder, entry), 'utf8')));
  const found = texts.map((part) => part.replaceAll('\r\n', '\n').trim()).join('\n\n');
  const text = found === '' && about.license === 'MIT' ? mitOf(about.author) : found;
  if (typeof about.license !== 'string' || text === '')
    throw new Error(`${name} has no licence or no licence text`);
  // The licence list shows the real name of an aliased package.
  return { name: about.name, version: about.version, licence: about.license, text };
};

/**
 * The text of the MIT licence, for packages that name the licence but do not include its text.
 *
 * @param {string | { readonly name: string } | undefined} author as in package.json
 * @returns {string} empty when package.json names no author
 */
const mitOf = (author) => {
  const name = typeof author === 'object' ? author.name : author;
  return name === undefined ? '' : `MIT License\n\nCopyright (c) ${name}\n\n${MIT}`;
};

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
