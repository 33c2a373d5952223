import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { isOpen, OPEN_STATES } from '../../../shared/invitation.ts';
import type { Row } from '../../outbox/store-port.ts';
import { parseRow } from '../rows/row-mapping.ts';
import type { StatementCache } from '../statement-cache.ts';

const COPY_SQL = {
  attempts:
    'SELECT nth, started_at, ended_at, outcome FROM attempt WHERE invitation = ? ORDER BY nth',
  addAttempt: `
    INSERT INTO attempt (invitation, nth, started_at, ended_at, outcome)
    VALUES (:invitation, :nth, :started_at, :ended_at, :outcome)`,
} as const;

export const columnsSchema = z.record(z.string(), z.unknown());
export type Columns = z.infer<typeof columnsSchema>;

/** A copy of an invitation from a file: the columns of its row and of its attempts. */
export type RowCopy = { readonly columns: Columns; readonly attempts: readonly Columns[] };

/**
 * Reads the attempts of a row. The row matters more than its attempts: unreadable ones are left out, and `isWhole`
 * reports it.
 */
export function withAttempts(
  db: Database.Database,
  columns: Columns,
): { readonly copy: RowCopy; readonly isWhole: boolean } {
  const attempts: Columns[] = [];
  const isWhole = tryToRead(() => {
    for (const found of db.prepare(COPY_SQL.attempts).iterate(columns['seq']))
      attempts.push(columnsSchema.parse(found));
  });
  return { copy: { columns, attempts }, isWhole };
}

/** Inserts a row with its attempts, in any state: only updates must be allowed transitions. Throws SQLite errors. */
export function insertCopy(statement: StatementCache, { columns, attempts }: RowCopy): void {
  const names = Object.keys(columns);
  const { lastInsertRowid } = statement(
    `INSERT INTO invitation (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})`,
  ).run(columns);
  for (const attempt of attempts)
    statement(COPY_SQL.addAttempt).run({ ...attempt, invitation: lastInsertRowid });
}

/** Parses the invitation in these columns, possibly of an older version; undefined when a part is unreadable. */
export function readCopy({ columns }: RowCopy): Row | undefined {
  // An older version of the file lacks these columns.
  const missing = {
    only_by_person: 0,
    promised_at: columns['queued_at'],
    refusal_status: null,
    consent_by: null,
  };
  const reading = parseRow({ ...missing, ...columns });
  return reading.ok ? reading.row : undefined;
}

/** Whether the invitation has ended and its whole row is readable: a row with an unreadable part proves no end. */
export function hasEnded(copy: RowCopy): boolean {
  const row = readCopy(copy);
  return row !== undefined && !isOpen(row.invitation);
}

/** Whether a state column names an open state. */
export function isOpenState(state: unknown): boolean {
  return OPEN_STATES.some((open) => open === state);
}

/** Returns only the named columns; skips missing ones. */
export function pick(columns: Columns, names: readonly string[]): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => names.includes(name)));
}

/** Whether SQLite could complete the read. */
export function tryToRead(read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return false;
  }
}

/** Whether the write broke no rule of the tables. */
export function unlessItBreaksARule(put: () => void): boolean {
  try {
    put();
    return true;
  } catch (error) {
    const isBroken =
      error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT');
    if (!isBroken) throw error;
    return false;
  }
}
