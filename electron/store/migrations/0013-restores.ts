import type { Migration } from '../file/migrate.ts';

/**
 * Marks open invitations from a restore or a copy as sent only by a person: they may have been cancelled since. Stores
 * on which PC a copy was noticed, which distinguishes the rows that came with it from those saved there since.
 */
export const restores: Migration = {
  version: 13,
  up: (db) => {
    db.exec(`
      ALTER TABLE invitation ADD COLUMN only_by_person INTEGER NOT NULL DEFAULT 0 CHECK (only_by_person IN (0, 1));
      ALTER TABLE meta ADD COLUMN noticed_on TEXT CHECK (noticed_on <> '');`);
  },
};
