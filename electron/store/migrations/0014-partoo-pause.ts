import type { Migration } from '../file/migrate.ts';

/** Stores the pause that Partoo asked for across restarts. */
export const partooPause: Migration = {
  version: 14,
  up: (db) => {
    db.exec('ALTER TABLE meta ADD COLUMN pause TEXT CHECK (json_valid(pause))');
  },
};
