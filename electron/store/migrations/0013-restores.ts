import type { Migration } from '../file/migrate.ts';

/**
 * An open invitation that a restore or a copy has brought back may have been cancelled since, so only a person sends it.
 * On which PC a copy was noticed tells what came with it from what was typed there since.
 */
export const restores: Migration = {
  version: 13,
  up: (db) => {
    db.exec(`
      ALTER TABLE invitation ADD COLUMN only_by_person INTEGER NOT NULL DEFAULT 0 CHECK (only_by_person IN (0, 1));
      ALTER TABLE meta ADD COLUMN noticed_on TEXT CHECK (noticed_on <> '');`);
  },
};
