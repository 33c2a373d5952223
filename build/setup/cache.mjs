// Keeps notes from one run of set-up to the next, as small files.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Reads a note that `remember` wrote.
 *
 * @param {string} file
 * @returns {string | undefined}
 */
export const recall = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * Writes a note, completely or not at all.
 *
 * @param {string} file
 * @param {string} note
 * @returns {Promise<void>}
 */
export const remember = async (file, note) => {
  const part = `${file}.${process.pid}`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(part, note);
  await rename(part, file);
};

/**
 * @param {string} file
 * @returns {readonly string[]}
 */
const describe = (file) => {
  const entry = statSync(file, { throwIfNoEntry: false });
  if (entry === undefined) return [`${file} absent`];
  if (!entry.isDirectory()) return [`${file} ${entry.size} ${entry.mtimeMs}`];
  return readdirSync(file)
    .toSorted()
    .flatMap((name) => describe(path.join(file, name)));
};

/**
 * A hash that changes when one of these files, or a file in one of these folders, is added, removed or changed. It
 * reads no contents: a thousand files take a few milliseconds.
 *
 * @param {readonly string[]} files
 * @returns {string}
 */
export const fingerprint = (files) =>
  createHash('sha256').update(files.flatMap(describe).join('\n')).digest('hex');
