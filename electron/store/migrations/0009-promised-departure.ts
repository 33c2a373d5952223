import type { Migration } from '../file/migrate.ts';

/**
 * Counts the age of an invitation from its promised send time, which can be days after it was saved. For older rows
 * that time is known only while they are held, or when they were held and have no attempt yet.
 */
export const promisedDeparture: Migration = {
  version: 9,
  up: (db) => {
    db.exec(COLUMN);
    db.exec(FILL);
  },
};

// An added column can only be NOT NULL with a default; no row keeps this one.
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
