import * as z from 'zod/mini';
import type { Migration } from '../file/migrate.ts';

/**
 * Allows the reason 'not-accepted' for an invitation that needs a decision, because the site database refuses it for ever; and a reason
 * for a cancelled one: the customer said no, or another desk has taken it over.
 *
 * SQLite cannot alter a CHECK, so the table is rebuilt (https://www.sqlite.org/lang_altertable.html#otheralter). All
 * triggers and views are dropped before and created again after: the rebuild must fire none, and a rename fails while
 * a view names a missing table.
 */
export const notAccepted: Migration = {
  version: 22,
  up: (db) => {
    const read = (sql: string) => entriesSchema.parse(db.prepare(sql).all());
    const [table] = read(
      "SELECT type, name, sql FROM sqlite_schema WHERE type = 'table' AND name = 'invitation'",
    );
    if (table === undefined) throw new Error('The database has no table of invitations');
    // Indices with SQL belong to the old table and are dropped with it; those of UNIQUE come with the new table.
    const indices = read(
      "SELECT type, name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'invitation' AND sql IS NOT NULL ORDER BY rowid",
    );
    const others = read(
      "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY type DESC, rowid",
    );

    for (const { type, name } of others.toReversed()) db.exec(`DROP ${type} ${name}`);
    db.exec([NAME, REASONS, WITH_REASON].reduce(replaceOnce, table.sql));
    db.exec(`
INSERT INTO rebuilt_invitation SELECT * FROM invitation;
DROP TABLE invitation;
ALTER TABLE rebuilt_invitation RENAME TO invitation;
`);
    for (const { sql } of [...indices, ...others]) db.exec(sql);
  },
};

const entriesSchema = z.array(
  z.object({
    type: z.enum(['table', 'index', 'view', 'trigger']),
    name: z.string(),
    sql: z.string(),
  }),
);

const NAME = ['CREATE TABLE invitation (', 'CREATE TABLE rebuilt_invitation ('] as const;
const REASONS = [
  "why IN ('window', 'unproved', 'too-old')",
  `why IN ('window', 'unproved', 'too-old', 'not-accepted')
      WHEN 'cancelled' THEN why IS NULL OR why IN ('said-no', 'taken-over')`,
] as const;
const WITH_REASON = [
  "CHECK ((why IS NOT NULL) = (state IN ('held', 'needs_decision', 'refused')))",
  "CHECK ((why IS NOT NULL) = (state IN ('held', 'needs_decision', 'refused')) OR state = 'cancelled')",
] as const;

function replaceOnce(sql: string, [from, to]: readonly [string, string]): string {
  const [before, after, ...more] = sql.split(from);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`The table of invitations should have one "${from}"`);
  return `${before}${to}${after}`;
}
