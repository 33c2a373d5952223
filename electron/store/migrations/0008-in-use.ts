import type { Migration } from '../file/migrate.ts';

/**
 * Stores whether the desk is in real use. Its rows do not show this, because the retention empties them; the counts
 * remain, so an older database with any counts was in use.
 */
export const inUse: Migration = {
  version: 8,
  up: (db) => {
    db.exec("ALTER TABLE meta ADD COLUMN in_use TEXT CHECK (in_use IN ('key', 'invitations'))");
    db.exec(`
      UPDATE meta SET in_use = 'invitations'
      WHERE EXISTS (SELECT 1 FROM invitation) OR EXISTS (SELECT 1 FROM tally)`);
  },
};
