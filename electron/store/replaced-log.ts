import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { isOpen } from '../../shared/invitation.ts';
import { parseRow } from './rows.ts';
import type { Statements } from './statements.ts';
import { readUnusedFile } from './unused-file.ts';

const OPEN = "('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')";

const REPLACED_SQL = {
  openIds: `SELECT id FROM invitation WHERE state IN ${OPEN}`,
  byIds: 'SELECT * FROM invitation WHERE id IN (SELECT value FROM json_each(?))',
  replacing: 'SELECT replaces FROM invitation WHERE replaces IN (SELECT value FROM json_each(?))',
  scan: 'SELECT * FROM invitation ORDER BY seq',
  // From the other end: damage in the middle hides only what lies around it.
  scanBackwards: 'SELECT * FROM invitation ORDER BY seq DESC',
  attempts:
    'SELECT nth, started_at, ended_at, outcome FROM attempt WHERE invitation = ? ORDER BY nth',
  here: `SELECT * FROM invitation WHERE id = :id AND state IN ${OPEN}`,
  linked: 'SELECT json_group_array(seq) FROM invitation WHERE replaces = :id',
  remove: 'DELETE FROM invitation WHERE id = :id',
  link: 'UPDATE invitation SET replaces = :id WHERE seq IN (SELECT value FROM json_each(:linked))',
  attempt: `
    INSERT INTO attempt (invitation, nth, started_at, ended_at, outcome)
    VALUES (:invitation, :nth, :started_at, :ended_at, :outcome)`,
} as const;

const columnsSchema = z.record(z.string(), z.unknown());
type Columns = z.infer<typeof columnsSchema>;

/** An invitation as the replaced log has it: the columns of its row and of its attempts. */
type ReplacedRow = { readonly columns: Columns; readonly attempts: readonly Columns[] };

/** What a log that a backup takes the place of, or another copy of it, says of invitations that are open in the backup. */
export type ReplacedState = {
  readonly rows: ReadonlyMap<string, ReplacedRow>;
  /** Those in whose place another invitation was made. */
  readonly replaced: ReadonlySet<string>;
};

export const NO_REPLACED_STATE: ReplacedState = { rows: new Map(), replaced: new Set() };

export type ReplacedLogVerbs = {
  readonly listOpenIds: () => readonly string[];
  /** How these invitations stand here, with their attempts. Those that are not here are left out. */
  readonly readReplacedState: (ids: readonly string[]) => ReplacedState;
  /**
   * Gives open invitations of this log the state that they have in the replaced one. One that would break a rule here
   * stays as it is. Returns the ids of those that were changed.
   */
  readonly applyReplacedState: (later: ReplacedState) => readonly string[];
};

/** What a restore carries over from the invitations of the log that it replaces. */
export function createReplacedLog(db: Database.Database, statement: Statements): ReplacedLogVerbs {
  const takeOne = db.transaction((id: string, later: ReplacedRow): void => {
    const found = statement(REPLACED_SQL.here).get({ id });
    if (found === undefined) return;
    const here = columnsSchema.parse(found);
    const linked = statement(REPLACED_SQL.linked).pluck().get({ id });
    // A row that is put in anew may be in any state; the trigger would refuse most steps to it.
    statement(REPLACED_SQL.remove).run({ id });
    const { seq, replaces } = here;
    const names = Object.keys(here);
    const values = { ...here, ...pick(later.columns, names), seq, replaces };
    statement(
      `INSERT INTO invitation (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})`,
    ).run(values);
    for (const attempt of later.attempts)
      statement(REPLACED_SQL.attempt).run({ ...attempt, invitation: seq });
    statement(REPLACED_SQL.link).run({ id, linked });
  });
  const take = db.transaction(({ rows }: ReplacedState): readonly string[] => {
    const isEnd = ({ columns }: ReplacedRow) => !isOpenState(columns['state']);
    // What has ended makes room for what is still on its way to the same number.
    const inOrder = [...rows].toSorted(
      ([, one], [, other]) => Number(isEnd(other)) - Number(isEnd(one)),
    );
    return inOrder
      .filter(([id, later]) => unlessItBreaksARule(() => takeOne(id, later)))
      .map(([id]) => id);
  });
  return {
    listOpenIds: () => z.array(z.string()).parse(statement(REPLACED_SQL.openIds).pluck().all()),
    readReplacedState: (ids) => readByIndex(db, ids),
    applyReplacedState: (later) => take.immediate(later),
  };
}

/**
 * What can still be read of how these invitations ended, in files that are no longer used: broken logs that were set
 * aside, and backups. Ends only: they never change again, so an old or half-broken file tells them truly, while one that
 * is open there may have ended since. The files are only read.
 */
export function salvageEnds(paths: readonly string[], ids: readonly string[]): ReplacedState {
  const rows = new Map<string, ReplacedRow>();
  const replaced = new Set<string>();
  for (const path of paths) {
    const missing = ids.filter((id) => !rows.has(id));
    if (missing.length === 0) break;
    const found = readUnusedFile(path, NO_REPLACED_STATE, (db) => readByIndexOrScan(db, missing));
    for (const [id, row] of found.rows) if (hasEnded(row)) rows.set(id, row);
    for (const id of found.replaced) replaced.add(id);
  }
  return { rows, replaced: new Set([...replaced].filter((id) => !rows.has(id))) };
}

function readByIndexOrScan(db: Database.Database, ids: readonly string[]): ReplacedState {
  try {
    return readByIndex(db, ids);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  }
  const wanted = new Set(ids);
  const rows = new Map<string, ReplacedRow>();
  const replaced = new Set<string>();
  for (const sql of [REPLACED_SQL.scan, REPLACED_SQL.scanBackwards]) {
    const isWhole = tryToRead(() => {
      for (const found of db.prepare(sql).iterate()) {
        const columns = columnsSchema.parse(found);
        const { id, replaces } = columns;
        if (typeof id === 'string' && wanted.has(id)) rows.set(id, withAttempts(db, columns));
        if (typeof replaces === 'string' && wanted.has(replaces)) replaced.add(replaces);
      }
    });
    if (isWhole) break;
  }
  return { rows, replaced };
}

function readByIndex(db: Database.Database, ids: readonly string[]): ReplacedState {
  const wanted = JSON.stringify(ids);
  const rows = z.array(columnsSchema).parse(db.prepare(REPLACED_SQL.byIds).all(wanted));
  const replaced = z
    .array(z.string())
    .parse(db.prepare(REPLACED_SQL.replacing).pluck().all(wanted));
  return {
    rows: new Map(rows.map((columns) => [String(columns['id']), withAttempts(db, columns)])),
    replaced: new Set(replaced),
  };
}

/** The end of an invitation matters more than its attempts: attempts that cannot be read are left out. */
function withAttempts(db: Database.Database, columns: Columns): ReplacedRow {
  const attempts: Columns[] = [];
  tryToRead(() => {
    for (const found of db.prepare(REPLACED_SQL.attempts).iterate(columns['seq']))
      attempts.push(columnsSchema.parse(found));
  });
  return { columns, attempts };
}

/** Whether the invitation has ended and its whole row can be read: a row with an unreadable part proves no end. */
function hasEnded({ columns }: ReplacedRow): boolean {
  // An older version of the file has not these columns.
  const missing = {
    only_by_person: 0,
    promised_at: columns['queued_at'],
    refusal_status: null,
    consent_by: null,
  };
  const reading = parseRow({ ...missing, ...columns });
  return reading.ok && !isOpen(reading.row.invitation);
}

function isOpenState(state: unknown): boolean {
  return typeof state === 'string' && OPEN.includes(`'${state}'`);
}

function pick(columns: Columns, names: readonly string[]): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => names.includes(name)));
}

function tryToRead(read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return false;
  }
}

function unlessItBreaksARule(put: () => void): boolean {
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
