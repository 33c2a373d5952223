import { readFileSync, writeFileSync } from 'node:fs';
import { renameFile } from '../files/rename-and-remove.ts';
import type { PracticeStateFile } from './state.ts';

/** Keeps practice in a JSON file, so that what was practised yesterday is remembered. */
export const openStateFile = (path: string): PracticeStateFile => ({
  load: () => {
    try {
      const kept: unknown = JSON.parse(readFileSync(path, 'utf8'));
      return kept;
    } catch {
      // Missing on the first run; damaged is as good as missing, nothing real is in it.
      return undefined;
    }
  },
  save: (state) => {
    writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
    renameFile(`${path}.new`, path);
  },
});
