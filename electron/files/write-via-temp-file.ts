import { randomUUID } from 'node:crypto';
import { renameFileAsync, tryToRemoveFileAsync } from './rename-and-remove.ts';

/**
 * Writes a file completely or not at all: `write` gets another name in the same folder, and the file gets its own name
 * when `write` returns a result. Undefined means cancelled: no file remains, as after an error. SECURITY: the other
 * name is unpredictable, so that another user of a shared folder cannot place a file or a link there first.
 */
export async function writeViaTempFile<T>(
  path: string,
  write: (unfinished: string) => Promise<T | undefined>,
): Promise<T | undefined> {
  const unfinished = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    const result = await write(unfinished);
    if (result !== undefined) await renameFileAsync(unfinished, path);
    return result;
  } finally {
    await tryToRemoveFileAsync(unfinished);
  }
}
