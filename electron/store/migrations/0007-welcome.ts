import type { Migration } from '../file/migrate.ts';

/** A first start that is interrupted goes on where it was. */
export const welcome: Migration = {
  version: 7,
  up: (db) => {
    db.exec(
      "ALTER TABLE meta ADD COLUMN welcome TEXT CHECK (welcome IN ('business', 'country', 'done'))",
    );
  },
};
