import type { Migration } from '../file/migrate.ts';

/**
 * The age of an invitation counts from when the person was told that it would be sent, which can be days after it was
 * saved. Of older rows that is known while they are held, and for those that were held and are not tried yet.
 */
export const promisedDeparture: Migration = {
  version: 9,
  up: (db) => {
    db.exec(COLUMN);
    db.exec(FILL);
  },
};

// A column that is added can only be NOT NULL with a value of its own; no row keeps this one.
const COLUMN = `
ALTER TABLE invitation ADD COLUMN promised_at INTEGER NOT NULL DEFAULT 1 CHECK (promised_at > 0);
`;

const FILL = `
UPDATE invitation SET promised_at = CASE
  WHEN state = 'held' THEN max(queued_at, due_at)
  WHEN state = 'waiting' AND attempts = 0 AND force_reason IS NULL THEN max(queued_at, state_at)
  ELSE queued_at
END;
`;
