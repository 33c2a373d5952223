import type { Migration } from '../file/migrate.ts';

/**
 * Creates the tables of invitations and their attempts, the do-not-contact list and the settings.
 *
 * CHECKs repeat the states and their columns, as the last protection behind the types. `seq` is the order of
 * insertion: it breaks ties and survives a vacuum of the file.
 */
export const firstTables: Migration = {
  version: 1,
  up: (db, { now }) => {
    db.exec(TABLES);
    db.exec(INDICES);
    db.prepare(META).run(now());
  },
};

const META = `
INSERT INTO meta (only_row, database_id, created_at) VALUES (1, lower(hex(randomblob(16))), ?)`;

const TABLES = `
CREATE TABLE meta (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  database_id TEXT NOT NULL,
  created_at INTEGER NOT NULL CHECK (created_at > 0)
) STRICT;

CREATE TABLE invitation (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  token TEXT NOT NULL UNIQUE,

  business_id TEXT NOT NULL CHECK (business_id <> ''),
  phone TEXT NOT NULL CHECK (
    phone GLOB '+[1-9]*' AND substr(phone, 2) NOT GLOB '*[^0-9]*' AND length(phone) BETWEEN 8 AND 16
  ),
  name TEXT NOT NULL,
  content TEXT,
  staff TEXT,
  consent_at INTEGER CHECK (consent_at > 0),
  -- Null: nobody forced anything.
  force_reason TEXT CHECK (force_reason <> ''),
  seen_sent_at INTEGER CHECK (seen_sent_at > 0),
  queued_at INTEGER NOT NULL CHECK (queued_at > 0),
  replaces TEXT REFERENCES invitation (id) ON DELETE SET NULL,

  state TEXT NOT NULL CHECK (
    state IN (
      'held', 'waiting', 'sending', 'unconfirmed', 'needs_decision',
      'accepted', 'refused', 'maybe_sent', 'cancelled', 'expired'
    )
  ),
  state_at INTEGER NOT NULL CHECK (state_at > 0),
  due_at INTEGER CHECK (due_at > 0),
  why TEXT,
  refusal_text TEXT,
  evidence TEXT CHECK (evidence IN ('response', 'search', 'person')),
  delivery TEXT CHECK (
    delivery IN ('created', 'sent', 'delivered', 'failed_send', 'failed_delivery', 'unknown')
  ),

  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  last_attempt_at INTEGER CHECK (last_attempt_at > 0),
  unclear_attempts INTEGER NOT NULL CHECK (unclear_attempts BETWEEN 0 AND attempts),
  unclear_since INTEGER CHECK (unclear_since > 0),
  -- From when the 10 days count: a proved send, or one that is possible.
  sent_at INTEGER CHECK (sent_at > 0),
  partoo_id TEXT CHECK (partoo_id <> ''),

  CHECK (seen_sent_at IS NULL OR force_reason IS NOT NULL),
  CHECK ((attempts = 0) = (last_attempt_at IS NULL)),
  CHECK ((unclear_attempts = 0) = (unclear_since IS NULL)),

  CHECK ((due_at IS NOT NULL) = (state IN ('held', 'waiting', 'unconfirmed'))),
  CHECK ((why IS NOT NULL) = (state IN ('held', 'needs_decision', 'refused'))),
  CHECK (
    CASE state
      WHEN 'held' THEN why IN ('undo', 'hours')
      WHEN 'needs_decision' THEN why IN ('window', 'unproved', 'too-old')
      WHEN 'refused' THEN why IN ('window', 'invalid', 'unclear')
      ELSE 1
    END
  ),
  CHECK ((refusal_text IS NOT NULL) = (state = 'refused')),
  CHECK ((evidence IS NOT NULL) = (state = 'accepted')),
  CHECK (delivery IS NULL OR state = 'accepted'),
  -- What may have reached the customer counts for the window.
  CHECK (sent_at IS NOT NULL OR state NOT IN ('sending', 'unconfirmed', 'accepted', 'maybe_sent')),
  -- These two promise that nothing was ever sent.
  CHECK (unclear_attempts = 0 OR state NOT IN ('cancelled', 'expired'))
) STRICT;

CREATE TABLE attempt (
  invitation INTEGER NOT NULL REFERENCES invitation (seq) ON DELETE CASCADE,
  nth INTEGER NOT NULL CHECK (nth > 0),
  started_at INTEGER NOT NULL CHECK (started_at > 0),
  ended_at INTEGER CHECK (ended_at > 0),
  outcome TEXT CHECK (json_valid(outcome)),
  PRIMARY KEY (invitation, nth),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE do_not_contact (
  phone TEXT NOT NULL PRIMARY KEY CHECK (phone GLOB '+[1-9]*'),
  since INTEGER NOT NULL CHECK (since > 0),
  staff TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;
`;

const INDICES = `
-- The wall behind "nobody gets two SMS by accident": a double click, two windows, two colleagues at one desk.
CREATE UNIQUE INDEX invitation_one_on_its_way ON invitation (phone)
  WHERE force_reason IS NULL AND state IN ('held', 'waiting', 'sending', 'unconfirmed');

-- An answer that repeats an id is not about the row it came for.
CREATE UNIQUE INDEX invitation_partoo_id ON invitation (partoo_id) WHERE partoo_id IS NOT NULL;

CREATE INDEX invitation_open_by_state ON invitation (state, queued_at, seq, due_at, business_id)
  WHERE state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision');

CREATE INDEX invitation_open_by_phone ON invitation (phone, queued_at, seq)
  WHERE state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision');

CREATE INDEX invitation_last_send ON invitation (phone, sent_at, seq) WHERE sent_at IS NOT NULL;

CREATE INDEX invitation_due ON invitation (due_at, state) WHERE due_at IS NOT NULL;

CREATE INDEX invitation_history ON invitation (queued_at, id)
  WHERE state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired');

CREATE INDEX invitation_replaces ON invitation (replaces) WHERE replaces IS NOT NULL;
`;
