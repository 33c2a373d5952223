import type { Migration } from '../file/migrate.ts';

/** Stores a manager's PIN for the settings; wrong tries survive a restart. */
export const managerPin: Migration = {
  version: 3,
  up: (db) => {
    db.exec(TABLE);
  },
};

const TABLE = `
CREATE TABLE manager_pin (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  hash BLOB NOT NULL CHECK (length(hash) >= 32),
  salt BLOB NOT NULL CHECK (length(salt) >= 16),
  -- What it was hashed with: scrypt's N, r and p.
  cost INTEGER NOT NULL CHECK (cost > 1),
  block_size INTEGER NOT NULL CHECK (block_size > 0),
  parallelism INTEGER NOT NULL CHECK (parallelism > 0),
  wrong_tries INTEGER NOT NULL CHECK (wrong_tries >= 0)
) STRICT;
`;
