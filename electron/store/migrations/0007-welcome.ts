import type { Migration } from '../file/migrate.ts';

/** Stores the progress of the first start, so that it continues after an interruption. */
export const welcome: Migration = {
  version: 7,
  up: (db) => {
    db.exec(
      "ALTER TABLE meta ADD COLUMN welcome TEXT CHECK (welcome IN ('business', 'country', 'done'))",
    );
  },
};
