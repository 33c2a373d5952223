import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * The files anywhere under `folder` that contain a text as UTF-8 or as UTF-16, or these bytes, by their relative paths.
 * The application may be running: a file deleted during the search contains nothing.
 */
export async function filesHolding(
  folder: string,
  what: string | Buffer,
): Promise<readonly string[]> {
  const forms =
    typeof what === 'string' ? [Buffer.from(what), Buffer.from(what, 'utf16le')] : [what];
  const holding: string[] = [];
  for (const file of await filesUnder(folder)) {
    const content = await unlessGone(readFile(file), Buffer.alloc(0));
    if (forms.some((form) => content.includes(form))) {
      holding.push(relative(folder, file).replaceAll('\\', '/'));
    }
  }
  return holding.toSorted();
}

async function filesUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    files.push(...(await unlessGone(filesUnder(join(folder, name)), [])));
  }
  return files;
}

/** The result of `reading`, or `otherwise` when the file was deleted after it was listed. */
async function unlessGone<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return otherwise;
    throw error;
  }
}
