import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The files anywhere under `folder` that hold `text` as UTF-8 or as UTF-16, by their paths in it. */
export async function filesHolding(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const holding: string[] = [];
  for (const file of files) {
    const content = await readFile(file);
    if (content.includes(text) || content.includes(Buffer.from(text, 'utf16le'))) {
      holding.push(relative(folder, file).replaceAll('\\', '/'));
    }
  }
  return holding.toSorted();
}
