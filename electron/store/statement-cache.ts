import type Database from 'better-sqlite3';

/** Returns the prepared statement of an SQL text. Results are unknown until they are parsed. */
export type StatementCache = (sql: string) => Database.Statement;

/** Creates a cache that prepares each text once, at its first use. */
export function createStatementCache(db: Database.Database): StatementCache {
  const prepared = new Map<string, Database.Statement>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
}
