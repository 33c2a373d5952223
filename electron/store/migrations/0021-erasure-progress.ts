import type { Migration } from '../file/migrate.ts';

/**
 * Stores at which position of the site database's feed an order to erase was given, until every desk has it: this desk
 * shows how far the order has got.
 */
export const erasureProgress: Migration = {
  version: 21,
  up: (db) => {
    db.exec('ALTER TABLE erasure_order ADD COLUMN seq INTEGER CHECK (seq > 0)');
  },
};
