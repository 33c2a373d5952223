import type { Migration } from '../file/migrate.ts';

/** The pause that Partoo asked for outlives a restart. */
export const partooPause: Migration = {
  version: 14,
  up: (db) => {
    db.exec('ALTER TABLE meta ADD COLUMN pause TEXT CHECK (json_valid(pause))');
  },
};
