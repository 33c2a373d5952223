import type { Migration } from '../file/migrate.ts';

/**
 * Indexes the history for a search by any part of a number, a name or a colleague, and counts it by day.
 *
 * Only finished invitations are indexed, so that saving one costs nothing more. The index holds no text beyond the
 * trigrams, and `secure-delete` removes those from the file with their row. The counts are separate from the rows:
 * they remain when the rows may no longer be kept.
 */
export const history: Migration = {
  version: 4,
  up: (db) => {
    db.exec(PLACES);
    db.exec(SEARCH);
    db.exec(TALLY);
    db.exec(FILL);
  },
};

const FINISHED = "('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')";

const PLACES = `
DROP INDEX invitation_history;

-- What filters look at is in the index, so that going through all of it reads no row.
CREATE INDEX invitation_finished ON invitation (queued_at, seq, state, business_id)
  WHERE state IN ${FINISHED};

CREATE INDEX invitation_not_delivered ON invitation (queued_at, seq, business_id)
  WHERE delivery IN ('failed_send', 'failed_delivery');
`;

/** The country codes of two digits; those of one are 1 and 7, all others have three (ITU-T E.164). */
const TWO_DIGITS = [
  '20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62',
  '63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98',
].join(', ');

/** The number in international and national form, then the name and the colleague; a line each. */
const textOf = (row: string): string => `
  ${row}.phone || ' 0' || substr(${row}.phone, CASE
    WHEN substr(${row}.phone, 2, 1) IN ('1', '7') THEN 3
    WHEN CAST(substr(${row}.phone, 2, 2) AS INTEGER) IN (${TWO_DIGITS}) THEN 4
    ELSE 5
  END) || char(10) || ${row}.name || char(10) || coalesce(${row}.staff, '')`;

const SEARCH = `
CREATE VIEW invitation_text (seq, text) AS
  SELECT seq, ${textOf('invitation')} FROM invitation WHERE state IN ${FINISHED};

CREATE VIRTUAL TABLE invitation_search USING fts5 (
  text, content = 'invitation_text', content_rowid = 'seq', columnsize = 0,
  tokenize = 'trigram remove_diacritics 1'
);
INSERT INTO invitation_search (invitation_search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER invitation_search_insert AFTER INSERT ON invitation
WHEN NEW.state IN ${FINISHED}
BEGIN
  INSERT INTO invitation_search (rowid, text) VALUES (NEW.seq, ${textOf('NEW')});
END;

CREATE TRIGGER invitation_search_update AFTER UPDATE OF state, phone, name, staff ON invitation
WHEN OLD.state IN ${FINISHED} OR NEW.state IN ${FINISHED}
BEGIN
  INSERT INTO invitation_search (invitation_search, rowid, text)
    SELECT 'delete', OLD.seq, ${textOf('OLD')} WHERE OLD.state IN ${FINISHED};
  INSERT INTO invitation_search (rowid, text)
    SELECT NEW.seq, ${textOf('NEW')} WHERE NEW.state IN ${FINISHED};
END;

CREATE TRIGGER invitation_search_delete AFTER DELETE ON invitation
WHEN OLD.state IN ${FINISHED}
BEGIN
  INSERT INTO invitation_search (invitation_search, rowid, text) VALUES ('delete', OLD.seq, ${textOf('OLD')});
END;
`;

// By quarters of an hour: every local day of every time zone consists of them.
const TALLY = `
CREATE TABLE tally (
  quarter INTEGER NOT NULL CHECK (quarter >= 0),
  business_id TEXT NOT NULL,
  state TEXT NOT NULL,
  delivery TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 0),
  PRIMARY KEY (quarter, business_id, state, delivery)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tally_insert AFTER INSERT ON invitation
WHEN NEW.state IN ${FINISHED}
BEGIN
  ${count('NEW', '1')}
END;

CREATE TRIGGER tally_update AFTER UPDATE OF state, delivery, queued_at ON invitation
WHEN (OLD.state IN ${FINISHED} OR NEW.state IN ${FINISHED})
  AND (OLD.state, OLD.delivery, OLD.queued_at) IS NOT (NEW.state, NEW.delivery, NEW.queued_at)
BEGIN
  ${count('OLD', '-1')}
  ${count('NEW', '1')}
END;
`;

function count(row: 'OLD' | 'NEW', by: '1' | '-1'): string {
  return by === '1'
    ? `INSERT INTO tally (quarter, business_id, state, delivery, n)
    SELECT ${row}.queued_at / 900000, ${row}.business_id, ${row}.state, coalesce(${row}.delivery, ''), 1
    WHERE ${row}.state IN ${FINISHED}
    ON CONFLICT (quarter, business_id, state, delivery) DO UPDATE SET n = n + 1;`
    : `UPDATE tally SET n = n - 1
    WHERE ${row}.state IN ${FINISHED}
      AND (quarter, business_id, state, delivery)
        = (${row}.queued_at / 900000, ${row}.business_id, ${row}.state, coalesce(${row}.delivery, ''));`;
}

const FILL = `
INSERT INTO invitation_search (rowid, text) SELECT seq, text FROM invitation_text;
INSERT INTO tally (quarter, business_id, state, delivery, n)
  SELECT queued_at / 900000, business_id, state, coalesce(delivery, ''), count(*) FROM invitation
  WHERE state IN ${FINISHED}
  GROUP BY 1, 2, 3, 4;
`;
