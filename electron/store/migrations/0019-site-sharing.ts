import type { Migration } from '../file/migrate.ts';

/**
 * Stores what this desk has not shared with the site database yet, and what it has learned from there. Triggers mark a
 * changed invitation in the same transaction as the change, and only at a desk that has joined: without a row in
 * `site_sharing` they do nothing.
 */
export const siteSharing: Migration = {
  version: 19,
  up: (db) => {
    db.exec(TABLES);
    db.exec(TRIGGERS);
  },
};

const TABLES = `
CREATE TABLE site_sharing (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  -- The site database of this row, and this desk's place there: with another one, sharing begins from nothing.
  partner TEXT NOT NULL,
  -- The epoch for which this desk has marked everything that it knows, and the one for which it has shared that; 0: none yet.
  epoch INTEGER NOT NULL DEFAULT 0 CHECK (epoch >= 0),
  shared_epoch INTEGER NOT NULL DEFAULT 0 CHECK (shared_epoch >= 0),
  -- Numbers the changes of this desk. The site database keeps the last one that it has got.
  change INTEGER NOT NULL DEFAULT 0 CHECK (change >= 0),
  pushed INTEGER NOT NULL DEFAULT 0 CHECK (pushed >= 0),
  -- The number of the last claim.
  claim INTEGER NOT NULL DEFAULT 0 CHECK (claim >= 0),
  -- The position in the feed of the site database.
  pulled INTEGER NOT NULL DEFAULT 0 CHECK (pulled >= 0),
  cleared_to INTEGER NOT NULL DEFAULT 0 CHECK (cleared_to >= 0),
  -- What holds for all desks, as the last hello said: a desk that starts without the network works by it.
  terms TEXT CHECK (json_valid(terms))
) STRICT;

-- Invitations that have changed since they were shared. A row without an invitation: it has ended.
CREATE TABLE unshared_invitation (
  id TEXT NOT NULL PRIMARY KEY,
  -- 0: not numbered yet. A person waits for the transaction of the change, so that it writes as little as possible.
  change INTEGER NOT NULL CHECK (change >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX unshared_invitation_order ON unshared_invitation (change) WHERE change > 0;

CREATE TABLE unshared_refusal (
  phone TEXT NOT NULL PRIMARY KEY CHECK (phone GLOB '+[1-9]*'),
  -- 1: a person has removed it from the list.
  is_removed INTEGER NOT NULL CHECK (is_removed IN (0, 1)),
  change INTEGER NOT NULL CHECK (change > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX unshared_refusal_order ON unshared_refusal (change);

-- Claims at the site database that may exist and are not settled, by the numbers of their calls.
CREATE TABLE site_claim (
  invitation TEXT NOT NULL,
  claim INTEGER NOT NULL CHECK (claim > 0),
  PRIMARY KEY (invitation, claim)
) STRICT, WITHOUT ROWID;

-- All that this desk keeps of refusals at other desks: a few bits of a hash, which many numbers share.
CREATE TABLE refusal_hint (
  entry INTEGER PRIMARY KEY,
  hint INTEGER NOT NULL CHECK (hint >= 0)
) STRICT;
CREATE INDEX refusal_hint_value ON refusal_hint (hint);

-- Customers that another desk has erased, as keyed hashes: what this desk saved before that time is to be erased here too.
CREATE TABLE erasure_to_apply (
  number_key TEXT NOT NULL PRIMARY KEY,
  queued_before INTEGER NOT NULL CHECK (queued_before > 0)
) STRICT, WITHOUT ROWID;

-- Customers that this desk has erased, as keyed hashes. The orders stay for some weeks after they were given: a site database that is
-- restored has forgotten them.
CREATE TABLE erasure_order (
  number_key TEXT NOT NULL PRIMARY KEY,
  erased_at INTEGER NOT NULL CHECK (erased_at > 0),
  forgets_refusal INTEGER NOT NULL CHECK (forgets_refusal IN (0, 1)),
  is_given INTEGER NOT NULL CHECK (is_given IN (0, 1))
) STRICT, WITHOUT ROWID;
`;

const MARK = `
  INSERT INTO unshared_invitation (id, change) VALUES (NEW.id, 0) ON CONFLICT (id) DO UPDATE SET change = 0;
END;`;

const TRIGGERS = `
CREATE TRIGGER invitation_unshared_insert AFTER INSERT ON invitation
WHEN EXISTS (SELECT 1 FROM site_sharing) BEGIN ${MARK}

CREATE TRIGGER invitation_unshared_update AFTER UPDATE OF state, sent_at, partoo_id, unclear_attempts ON invitation
WHEN EXISTS (SELECT 1 FROM site_sharing) BEGIN ${MARK}

CREATE TRIGGER refusal_unshared_insert AFTER INSERT ON do_not_contact
WHEN EXISTS (SELECT 1 FROM site_sharing) BEGIN
  UPDATE site_sharing SET change = change + 1;
  INSERT INTO unshared_refusal (phone, is_removed, change) SELECT NEW.phone, 0, change FROM site_sharing WHERE true
    ON CONFLICT (phone) DO UPDATE SET is_removed = 0, change = excluded.change;
END;
`;
