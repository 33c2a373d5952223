import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { seedDatabase } from '../support/seed-database.ts';

/** Makes databases of different sizes, each once, and returns copies. */
export type Databases = {
  /** Puts a database with so many ended invitations into a data folder, which is created when missing. */
  readonly putInto: (folder: string, rows: number) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** Creates the cached databases in a temporary folder. */
export async function openDatabases(say: (line: string) => void): Promise<Databases> {
  const originals = await mkdtemp(join(tmpdir(), 'deskbell-databases-'));
  const made = new Set<number>();
  return {
    putInto: async (folder, rows) => {
      const original = join(originals, `${rows}.db`);
      if (!made.has(rows)) {
        say(`making a log of ${rows} invitations`);
        const businessIds = PRACTICE_BUSINESSES.slice(0, 2).map(({ id }) => id);
        seedDatabase({ path: original, rows, now: Date.now(), businessIds });
        made.add(rows);
      }
      await mkdir(folder, { recursive: true });
      const path = join(folder, 'deskbell.db');
      await copyFile(original, path);
      return path;
    },
    close: () => rm(originals, { recursive: true, force: true }),
  };
}

/** The number of a customer in the database, as people type it. */
export function knownPhone(nth: number): string {
  return `063998${String((nth * 7_919) % 10_000).padStart(4, '0')}`;
}

/** A number that no customer in the database has. Only the simulator on this computer gets sends to it. */
export function unknownPhone(nth: number): string {
  return `07${String(nth).padStart(8, '0')}`;
}
