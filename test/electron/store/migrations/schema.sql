CREATE VIEW invitation_text (seq, text) AS
  SELECT seq, 
  invitation.phone || ' 0' || substr(invitation.phone, CASE
    WHEN substr(invitation.phone, 2, 1) IN ('1', '7') THEN 3
    WHEN CAST(substr(invitation.phone, 2, 2) AS INTEGER) IN (20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98) THEN 4
    ELSE 5
  END) || char(10) || coalesce(invitation.folded, invitation.name || char(10) || coalesce(invitation.staff, '')) FROM invitation WHERE state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired');

CREATE TRIGGER refusal_unshared_insert AFTER INSERT ON do_not_contact
WHEN EXISTS (SELECT 1 FROM site_sharing) BEGIN
  UPDATE site_sharing SET change = change + 1;
  INSERT INTO unshared_refusal (phone, is_removed, change) SELECT NEW.phone, 0, change FROM site_sharing WHERE true
    ON CONFLICT (phone) DO UPDATE SET is_removed = 0, change = excluded.change;
END;

CREATE TRIGGER invitation_search_delete AFTER DELETE ON invitation
WHEN OLD.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')
BEGIN
  INSERT INTO invitation_search (invitation_search, rowid, text) VALUES ('delete', OLD.seq, 
  OLD.phone || ' 0' || substr(OLD.phone, CASE
    WHEN substr(OLD.phone, 2, 1) IN ('1', '7') THEN 3
    WHEN CAST(substr(OLD.phone, 2, 2) AS INTEGER) IN (20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98) THEN 4
    ELSE 5
  END) || char(10) || coalesce(OLD.folded, OLD.name || char(10) || coalesce(OLD.staff, '')));
END;

CREATE TRIGGER invitation_search_insert AFTER INSERT ON invitation
WHEN NEW.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')
BEGIN
  INSERT INTO invitation_search (rowid, text) VALUES (NEW.seq, 
  NEW.phone || ' 0' || substr(NEW.phone, CASE
    WHEN substr(NEW.phone, 2, 1) IN ('1', '7') THEN 3
    WHEN CAST(substr(NEW.phone, 2, 2) AS INTEGER) IN (20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98) THEN 4
    ELSE 5
  END) || char(10) || coalesce(NEW.folded, NEW.name || char(10) || coalesce(NEW.staff, '')));
END;

CREATE TRIGGER invitation_search_update AFTER UPDATE OF state, phone, name, staff, folded ON invitation
WHEN OLD.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired') OR NEW.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')
BEGIN
  INSERT INTO invitation_search (invitation_search, rowid, text)
    SELECT 'delete', OLD.seq, 
  OLD.phone || ' 0' || substr(OLD.phone, CASE
    WHEN substr(OLD.phone, 2, 1) IN ('1', '7') THEN 3
    WHEN CAST(substr(OLD.phone, 2, 2) AS INTEGER) IN (20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98) THEN 4
    ELSE 5
  END) || char(10) || coalesce(OLD.folded, OLD.name || char(10) || coalesce(OLD.staff, '')) WHERE OLD.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired');
  INSERT INTO invitation_search (rowid, text)
    SELECT NEW.seq, 
  NEW.phone || ' 0' || substr(NEW.phone, CASE
    WHEN substr(NEW.phone, 2, 1) IN ('1', '7') THEN 3
    WHEN CAST(substr(NEW.phone, 2, 2) AS INTEGER) IN (20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98) THEN 4
    ELSE 5
  END) || char(10) || coalesce(NEW.folded, NEW.name || char(10) || coalesce(NEW.staff, '')) WHERE NEW.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired');
END;

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

CREATE TRIGGER invitation_unshared_insert AFTER INSERT ON invitation
WHEN EXISTS (SELECT 1 FROM site_sharing) BEGIN 
  INSERT INTO unshared_invitation (id, change) VALUES (NEW.id, 0) ON CONFLICT (id) DO UPDATE SET change = 0;
END;

CREATE TRIGGER invitation_unshared_update AFTER UPDATE OF state, sent_at, partoo_id, unclear_attempts ON invitation
WHEN EXISTS (SELECT 1 FROM site_sharing) BEGIN 
  INSERT INTO unshared_invitation (id, change) VALUES (NEW.id, 0) ON CONFLICT (id) DO UPDATE SET change = 0;
END;

CREATE TRIGGER tally_insert AFTER INSERT ON invitation
WHEN NEW.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')
BEGIN
  INSERT INTO tally (quarter, business_id, state, delivery, n)
    SELECT NEW.queued_at / 900000, NEW.business_id, NEW.state, coalesce(NEW.delivery, ''), 1
    WHERE NEW.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')
    ON CONFLICT (quarter, business_id, state, delivery) DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER tally_update AFTER UPDATE OF state, delivery, queued_at ON invitation
WHEN (OLD.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired') OR NEW.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired'))
  AND (OLD.state, OLD.delivery, OLD.queued_at) IS NOT (NEW.state, NEW.delivery, NEW.queued_at)
BEGIN
  UPDATE tally SET n = n - 1
    WHERE OLD.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')
      AND (quarter, business_id, state, delivery)
        = (OLD.queued_at / 900000, OLD.business_id, OLD.state, coalesce(OLD.delivery, ''));
  INSERT INTO tally (quarter, business_id, state, delivery, n)
    SELECT NEW.queued_at / 900000, NEW.business_id, NEW.state, coalesce(NEW.delivery, ''), 1
    WHERE NEW.state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')
    ON CONFLICT (quarter, business_id, state, delivery) DO UPDATE SET n = n + 1;
END;

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

CREATE TABLE erasure_order (
  number_key TEXT NOT NULL PRIMARY KEY,
  erased_at INTEGER NOT NULL CHECK (erased_at > 0),
  forgets_refusal INTEGER NOT NULL CHECK (forgets_refusal IN (0, 1)),
  is_given INTEGER NOT NULL CHECK (is_given IN (0, 1))
, seq INTEGER CHECK (seq > 0)) STRICT, WITHOUT ROWID;

CREATE TABLE erasure_to_apply (
  number_key TEXT NOT NULL PRIMARY KEY,
  queued_before INTEGER NOT NULL CHECK (queued_before > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE "invitation" (
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
  partoo_id TEXT CHECK (partoo_id <> ''), delivery_checks INTEGER NOT NULL DEFAULT 0 CHECK (delivery_checks >= 0), delivery_due_at INTEGER CHECK (
  delivery_due_at IS NULL OR (delivery_due_at > 0 AND state = 'accepted' AND partoo_id IS NOT NULL)
), promised_at INTEGER NOT NULL DEFAULT 1 CHECK (promised_at > 0), refusal_status INTEGER CHECK (refusal_status BETWEEN 400 AND 499), consent_by TEXT CHECK (consent_by IS NULL OR consent_at IS NOT NULL), only_by_person INTEGER NOT NULL DEFAULT 0 CHECK (only_by_person IN (0, 1)), folded TEXT, seen_business_id TEXT CHECK (seen_business_id IS NULL OR seen_sent_at IS NOT NULL),

  CHECK (seen_sent_at IS NULL OR force_reason IS NOT NULL),
  CHECK ((attempts = 0) = (last_attempt_at IS NULL)),
  CHECK ((unclear_attempts = 0) = (unclear_since IS NULL)),

  CHECK ((due_at IS NOT NULL) = (state IN ('held', 'waiting', 'unconfirmed'))),
  CHECK ((why IS NOT NULL) = (state IN ('held', 'needs_decision', 'refused')) OR state = 'cancelled'),
  CHECK (
    CASE state
      WHEN 'held' THEN why IN ('undo', 'hours')
      WHEN 'needs_decision' THEN why IN ('window', 'unproved', 'too-old', 'not-accepted')
      WHEN 'cancelled' THEN why IS NULL OR why IN ('said-no', 'taken-over')
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

CREATE VIRTUAL TABLE invitation_search USING fts5 (
  text, content = 'invitation_text', content_rowid = 'seq', columnsize = 0,
  tokenize = 'trigram remove_diacritics 1'
);

CREATE TABLE last_send (
  phone TEXT NOT NULL PRIMARY KEY CHECK (phone GLOB '+[1-9]*'),
  sent_at INTEGER NOT NULL CHECK (sent_at > 0),
  -- Who has proved it: this PC's log, or Partoo's list for somebody else's; or nobody has.
  proof TEXT NOT NULL CHECK (proof IN ('here', 'elsewhere', 'none'))
) STRICT, WITHOUT ROWID;

CREATE TABLE list_columns (
  heading TEXT NOT NULL PRIMARY KEY CHECK (length(heading) = 64),
  columns TEXT NOT NULL CHECK (json_valid(columns))
) STRICT, WITHOUT ROWID;

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

CREATE TABLE meta (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  database_id TEXT NOT NULL,
  created_at INTEGER NOT NULL CHECK (created_at > 0)
, highest_instant INTEGER CHECK (highest_instant > 0), starts INTEGER NOT NULL DEFAULT 0 CHECK (starts >= 0), machine TEXT CHECK (machine <> ''), gap TEXT CHECK (json_valid(gap)), welcome TEXT CHECK (welcome IN ('business', 'country', 'done')), in_use TEXT CHECK (in_use IN ('key', 'invitations')), noticed_on TEXT CHECK (noticed_on <> ''), pause TEXT CHECK (json_valid(pause)), unfolded_below INTEGER CHECK (unfolded_below > 0), known_since INTEGER CHECK (known_since > 0)) STRICT;

CREATE TABLE refusal_hint (
  entry INTEGER PRIMARY KEY,
  hint INTEGER NOT NULL CHECK (hint >= 0)
) STRICT;

CREATE TABLE remembered (
  -- What it is about: 'business', 'on-duty', or 'message' with a business.
  kind TEXT NOT NULL CHECK (kind IN ('business', 'on-duty', 'message')),
  business_id TEXT NOT NULL CHECK ((business_id <> '') = (kind = 'message')),
  value TEXT NOT NULL CHECK (json_valid(value)),
  PRIMARY KEY (kind, business_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE site_claim (
  invitation TEXT NOT NULL,
  claim INTEGER NOT NULL CHECK (claim > 0),
  PRIMARY KEY (invitation, claim)
) STRICT, WITHOUT ROWID;

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
, settings TEXT CHECK (json_valid(settings))) STRICT;

CREATE TABLE tally (
  quarter INTEGER NOT NULL CHECK (quarter >= 0),
  business_id TEXT NOT NULL,
  state TEXT NOT NULL,
  delivery TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 0),
  PRIMARY KEY (quarter, business_id, state, delivery)
) STRICT, WITHOUT ROWID;

CREATE TABLE unshared_invitation (
  id TEXT NOT NULL PRIMARY KEY,
  -- 0: not numbered yet. A person waits for the transaction of the change, so that it writes as little as possible.
  change INTEGER NOT NULL CHECK (change >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE unshared_refusal (
  phone TEXT NOT NULL PRIMARY KEY CHECK (phone GLOB '+[1-9]*'),
  -- 1: a person has removed it from the list.
  is_removed INTEGER NOT NULL CHECK (is_removed IN (0, 1)),
  change INTEGER NOT NULL CHECK (change > 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX invitation_delivery_due ON invitation (delivery_due_at) WHERE delivery_due_at IS NOT NULL;

CREATE INDEX invitation_due ON invitation (due_at, state) WHERE due_at IS NOT NULL;

CREATE INDEX invitation_finished ON invitation (queued_at, seq, state, business_id)
  WHERE state IN ('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired');

CREATE INDEX invitation_last_send ON invitation (phone, sent_at, seq) WHERE sent_at IS NOT NULL;

CREATE INDEX invitation_not_delivered ON invitation (queued_at, seq, business_id)
  WHERE delivery IN ('failed_send', 'failed_delivery');

CREATE UNIQUE INDEX invitation_one_on_its_way ON invitation (phone)
  WHERE force_reason IS NULL AND state IN ('held', 'waiting', 'sending', 'unconfirmed');

CREATE INDEX invitation_open_by_phone ON invitation (phone, queued_at, seq)
  WHERE state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision');

CREATE INDEX invitation_open_by_state ON invitation (state, queued_at, seq, due_at, business_id)
  WHERE state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision');

CREATE UNIQUE INDEX invitation_partoo_id ON invitation (partoo_id) WHERE partoo_id IS NOT NULL;

CREATE INDEX invitation_refused ON invitation (phone, business_id, state_at, seq) WHERE state = 'refused';

CREATE INDEX invitation_replaces ON invitation (replaces) WHERE replaces IS NOT NULL;

CREATE INDEX invitation_sent_for ON invitation (sent_at, business_id) WHERE sent_at IS NOT NULL;

CREATE INDEX last_send_age ON last_send (sent_at);

CREATE INDEX refusal_hint_value ON refusal_hint (hint);

CREATE INDEX unshared_invitation_order ON unshared_invitation (change) WHERE change > 0;

CREATE INDEX unshared_refusal_order ON unshared_refusal (change);
