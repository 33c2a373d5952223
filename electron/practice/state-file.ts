import { readFileSync, writeFileSync } from 'node:fs';
import { renameFile } from '../files/rename-and-remove.ts';
import type { PracticeStateFile } from './state.ts';

/** Stores the practice state in a JSON file, so that it survives a restart. */
export const openStateFile = (path: string): PracticeStateFile => ({
  load: () => {
    try {
      const kept: unknown = JSON.parse(readFileSync(path, 'utf8'));
      return kept;
    } catch {
      // Missing on the first run; a damaged file counts as missing, because it has no real data.
      return undefined;
    }
  },
  save: (state) => {
    writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
    renameFile(`${path}.new`, path);
  },
});
