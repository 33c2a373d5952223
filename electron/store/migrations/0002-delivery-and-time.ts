import type { Migration } from '../file/migrate.ts';

/**
 * Stores delivery polls across restarts and the highest time ever seen, which reveals a clock that went back; a
 * trigger refuses every transition that its table does not list.
 */
export const deliveryAndTime: Migration = {
  version: 2,
  up: (db) => {
    db.exec(COLUMNS);
    db.exec(TRANSITIONS);
  },
};

const COLUMNS = `
ALTER TABLE invitation ADD COLUMN delivery_checks INTEGER NOT NULL DEFAULT 0 CHECK (delivery_checks >= 0);
ALTER TABLE invitation ADD COLUMN delivery_due_at INTEGER CHECK (
  delivery_due_at IS NULL OR (delivery_due_at > 0 AND state = 'accepted' AND partoo_id IS NOT NULL)
);
ALTER TABLE meta ADD COLUMN highest_instant INTEGER CHECK (highest_instant > 0);

CREATE INDEX invitation_delivery_due ON invitation (delivery_due_at) WHERE delivery_due_at IS NOT NULL;
`;

const TRANSITIONS = `
CREATE TRIGGER invitation_transition BEFORE UPDATE OF state ON invitation
WHEN NOT CASE OLD.state
  WHEN 'held' THEN NEW.state IN ('held', 'waiting', 'cancelled', 'maybe_sent')
  WHEN 'waiting' THEN NEW.state IN ('held', 'waiting', 'sending', 'needs_decision', 'maybe_sent', 'cancelled')
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
