import type Database from 'better-sqlite3';

/** Gives the prepared statement of an SQL text. Results are unknown until they are parsed. */
export type StatementCache = (sql: string) => Database.Statement;

/** Prepares each text when it is first needed, and once. */
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
