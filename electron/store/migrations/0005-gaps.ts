import type { Migration } from '../file/migrate.ts';

/**
 * Stores the count of starts and the PC, which reveal that the file is not the one last used here. A data gap records
 * a time for which the database does not know what was sent. Partoo's list may prove an invitation before its first
 * attempt.
 */
export const gaps: Migration = {
  version: 5,
  up: (db) => {
    db.exec(COLUMNS);
    db.exec(TRANSITIONS);
  },
};

const COLUMNS = `
ALTER TABLE meta ADD COLUMN starts INTEGER NOT NULL DEFAULT 0 CHECK (starts >= 0);
ALTER TABLE meta ADD COLUMN machine TEXT CHECK (machine <> '');
ALTER TABLE meta ADD COLUMN gap TEXT CHECK (json_valid(gap));
`;

const TRANSITIONS = `
DROP TRIGGER invitation_transition;
CREATE TRIGGER invitation_transition BEFORE UPDATE OF state ON invitation
WHEN NOT CASE OLD.state
  WHEN 'held' THEN NEW.state IN ('held', 'waiting', 'cancelled', 'maybe_sent')
  WHEN 'waiting' THEN
    NEW.state IN ('held', 'waiting', 'sending', 'needs_decision', 'accepted', 'maybe_sent', 'cancelled')
  WHEN 'sending' THEN NEW.state IN ('waiting', 'unconfirmed', 'needs_decision', 'accepted', 'refused', 'maybe_sent')
  WHEN 'unconfirmed' THEN NEW.state IN ('waiting', 'unconfirmed', 'needs_decision', 'accepted', 'maybe_sent')
  WHEN 'needs_decision' THEN
    NEW.state IN ('unconfirmed', 'needs_decision', 'accepted', 'maybe_sent', 'cancelled', 'expired')
  WHEN 'refused' THEN NEW.state IN ('refused', 'needs_decision')
  ELSE NEW.state = OLD.state
END
BEGIN
  SELECT RAISE(ABORT, 'This step is not in the life of an invitation');
END;
`;
