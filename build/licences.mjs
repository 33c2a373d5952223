// What Deskbell is made of, and on which terms: read from the packages that were really bundled.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * As `licenceSchema` of shared/system-settings.ts reads it.
 *
 * @typedef {{
 *   readonly name: string, readonly version: string, readonly licence: string, readonly text: string
 * }} Licence
 */

/** Not bundled: shipped beside the bundle, with what is compiled into them, and what it all runs in. */
export const NATIVE = ['better-sqlite3', 'keytar', 'node-addon-api', 'electron'];

const TEXTS = /^(licen[cs]e|copying|notice)/i;

/**
 * The packages among the modules of a bundle, and the works of others inside them, as folders below `node_modules`.
 *
 * @param {Iterable<string>} moduleIds as Rollup names them
 * @returns {readonly string[]}
 */
export const packagesOf = (moduleIds) => {
  const found = new Set();
  for (const id of moduleIds) {
    // One package may have another one of its own inside.
    const [, inside] = /^[^?]*?\/node_modules\/([^?]*)/.exec(id.replaceAll('\\', '/')) ?? [];
    if (inside === undefined) continue;
    const steps = inside.split('/node_modules/').map((step) => FOLDER.exec(step)?.[0]);
    found.add(steps.join('/node_modules/'));
    for (const { folder } of EMBEDDED) if (inside.startsWith(`${folder}/`)) found.add(folder);
  }
  return [...found];
};

/**
 * Works of others inside a package, whose licence files do not give their terms. A build with modules of `folder` holds them.
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
 * What the build noted of its bundles.
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
 * Writes the terms of every part into `file`, as JSON.
 *
 * @param {{
 *   readonly root: string, readonly bundled: readonly string[], readonly native: readonly string[],
 *   readonly file: string
 * }} parts
 * @returns {Promise<void>} rejects when the terms of a part are not to be found
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
  // An alias is named as what it is.
  return { name: about.name, version: about.version, licence: about.license, text };
};

/**
 * Some packages name the licence and leave its text out; the name stands for these words.
 *
 * @param {string | { readonly name: string } | undefined} author as in package.json
 * @returns {string} empty when nobody is named who could have given it
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
