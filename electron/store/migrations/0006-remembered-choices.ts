import type { Migration } from '../file/migrate.ts';

/** Stores the last choices at this desk: the business, the sender, the custom texts. */
export const rememberedChoices: Migration = {
  version: 6,
  up: (db) => {
    db.exec(TABLE);
  },
};

const TABLE = `
CREATE TABLE remembered (
  -- What it is about: 'business', 'on-duty', or 'message' with a business.
  kind TEXT NOT NULL CHECK (kind IN ('business', 'on-duty', 'message')),
  business_id TEXT NOT NULL CHECK ((business_id <> '') = (kind = 'message')),
  value TEXT NOT NULL CHECK (json_valid(value)),
  PRIMARY KEY (kind, business_id)
) STRICT, WITHOUT ROWID;
`;
