import type { Migration } from '../file/migrate.ts';

/**
 * Stores each number's last SMS for the house window, even when that is longer than the retention of invitations.
 * Stores since when the database knows every send: in an older one, at least since the oldest remaining invitation
 * ended.
 */
export const lastSends: Migration = {
  version: 16,
  up: (db, { now }) => {
    db.exec(TABLES);
    db.prepare(FILL).run({ now: now() });
  },
};

const TABLES = `
CREATE TABLE last_send (
  phone TEXT NOT NULL PRIMARY KEY CHECK (phone GLOB '+[1-9]*'),
  sent_at INTEGER NOT NULL CHECK (sent_at > 0),
  -- Who has proved it: this PC's log, or Partoo's list for somebody else's; or nobody has.
  proof TEXT NOT NULL CHECK (proof IN ('here', 'elsewhere', 'none'))
) STRICT, WITHOUT ROWID;

CREATE INDEX last_send_age ON last_send (sent_at);

ALTER TABLE meta ADD COLUMN known_since INTEGER CHECK (known_since > 0);
`;

const FINISHED = "('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')";

// The counts remain after their rows are gone.
const FILL = `
UPDATE meta SET known_since =
  (SELECT coalesce(min(state_at), :now) FROM invitation WHERE state IN ${FINISHED})
WHERE (SELECT coalesce(sum(n), 0) FROM tally)
  > (SELECT count(*) FROM invitation WHERE state IN ${FINISHED})`;
