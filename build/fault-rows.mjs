import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** @typedef {{ readonly number: number, readonly fault: string, readonly isLater: boolean }} FaultRow */

/**
 * The rows of docs/faults.md.
 *
 * @param {string} text
 * @returns {readonly FaultRow[]}
 */
export const rowsOf = (text) =>
  [...text.matchAll(/^\| (\d+) +\| (.*?) +\| (.*?) +\|$/gm)].map((match) => ({
    number: Number(match[1]),
    fault: match[2] ?? '',
    isLater: (match[3] ?? '').startsWith('later:'),
  }));

/**
 * Every file with tests below a folder.
 *
 * @param {string} folder
 * @returns {Promise<readonly string[]>}
 */
export const testFiles = async (folder) => {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\.test\.tsx?$/.test(name)).map((name) => path.join(folder, name));
};

/**
 * The row numbers in test titles: `[row 9]`, `[rows 3, 4]`, `(row 9)` or `(rows 3, 4)`.
 *
 * @param {readonly string[]} files
 * @returns {Promise<ReadonlySet<number>>}
 */
export const rowsTested = async (files) => {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const lists = texts.flatMap((text) =>
    [...text.matchAll(/[[(]rows? ([\d, ]+)[\])]/g)].map((match) => match[1] ?? ''),
  );
  return new Set(lists.flatMap((list) => list.split(',').map(Number)));
};
