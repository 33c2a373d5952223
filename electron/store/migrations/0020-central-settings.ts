import type { Migration } from '../file/migrate.ts';

/** Stores the settings that the site database gives to this desk: it starts with them without the network. */
export const centralSettings: Migration = {
  version: 20,
  up: (db) => {
    db.exec('ALTER TABLE site_sharing ADD COLUMN settings TEXT CHECK (json_valid(settings))');
  },
};
