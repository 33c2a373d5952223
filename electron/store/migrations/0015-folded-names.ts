import type { Migration } from '../file/migrate.ts';

/**
 * Folds names for the search like `plainText`, for every script: the index gets that text where its own tokenizer
 * would fold the name differently (`folded`). Older invitations are folded later, in small steps from the newest on:
 * `unfolded_below` stores the progress.
 */
export const foldedNames: Migration = {
  version: 15,
  up: (db) => {
    db.exec(`
ALTER TABLE invitation ADD COLUMN folded TEXT;
ALTER TABLE meta ADD COLUMN unfolded_below INTEGER CHECK (unfolded_below > 0);
UPDATE meta SET unfolded_below = (SELECT max(seq) + 1 FROM invitation);

DROP TRIGGER invitation_search_insert;
DROP TRIGGER invitation_search_update;
DROP TRIGGER invitation_search_delete;
DROP VIEW invitation_text;
`);
    db.exec(SEARCH);
  },
};

const FINISHED = "('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')";

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
  END) || char(10) || coalesce(${row}.folded, ${row}.name || char(10) || coalesce(${row}.staff, ''))`;

const SEARCH = `
CREATE VIEW invitation_text (seq, text) AS
  SELECT seq, ${textOf('invitation')} FROM invitation WHERE state IN ${FINISHED};

CREATE TRIGGER invitation_search_insert AFTER INSERT ON invitation
WHEN NEW.state IN ${FINISHED}
BEGIN
  INSERT INTO invitation_search (rowid, text) VALUES (NEW.seq, ${textOf('NEW')});
END;

CREATE TRIGGER invitation_search_update AFTER UPDATE OF state, phone, name, staff, folded ON invitation
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
