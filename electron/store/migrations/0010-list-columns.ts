import type { Migration } from '../file/migrate.ts';

/**
 * Stores which columns of a list file a person chose, by a hash of its headings: the same program exports such files
 * again. No cell of a file is kept.
 */
export const listColumns: Migration = {
  version: 10,
  up: (db) => {
    db.exec(`
CREATE TABLE list_columns (
  heading TEXT NOT NULL PRIMARY KEY CHECK (length(heading) = 64),
  columns TEXT NOT NULL CHECK (json_valid(columns))
) STRICT, WITHOUT ROWID;
`);
  },
};
