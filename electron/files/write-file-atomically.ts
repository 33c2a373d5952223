import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { renameFile } from './rename-and-remove.ts';

/**
 * Writes a text to a file completely or not at all, for this user only; it survives a power cut. Throws file system
 * errors.
 */
export function writeFileAtomically(path: string, text: string): void {
  const unfinished = `${path}.unfinished`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameFile(unfinished, path);
}
