import type { Migration } from '../file/migrate.ts';

/**
 * Whether the desk is in real use, which its rows do not say: the retention empties a log. The counts outlive it, so a
 * log of before that has any was in use.
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
