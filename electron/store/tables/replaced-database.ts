import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import {
  columnsSchema,
  hasEnded,
  insertCopy,
  isOpenState,
  pick,
  type RowCopy,
  tryToRead,
  unlessItBreaksARule,
  withAttempts,
} from './copy-rows.ts';
import type { StatementCache } from '../statement-cache.ts';
import { readUnusedFile } from '../file/read-unused-file.ts';

const OPEN = "('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')";

const REPLACED_SQL = {
  openIds: `SELECT id FROM invitation WHERE state IN ${OPEN}`,
  byIds: 'SELECT * FROM invitation WHERE id IN (SELECT value FROM json_each(?))',
  replacing: 'SELECT replaces FROM invitation WHERE replaces IN (SELECT value FROM json_each(?))',
  scan: 'SELECT * FROM invitation ORDER BY seq',
  // From the other end: damage in the middle hides only what lies around it.
  scanBackwards: 'SELECT * FROM invitation ORDER BY seq DESC',
  unsettledIds: `
    SELECT id FROM invitation WHERE state IN ${OPEN}
    UNION ALL SELECT id FROM invitation WHERE state = 'refused'
    UNION ALL SELECT id FROM invitation WHERE delivery_due_at IS NOT NULL`,
  here: `
    SELECT * FROM invitation
    WHERE id = :id AND (state IN ${OPEN} OR state IN ('refused', 'accepted'))`,
  delivery: `
    UPDATE invitation
    SET delivery = :delivery, delivery_checks = :delivery_checks, delivery_due_at = :delivery_due_at
    WHERE id = :id`,
  // The counts and the search let it go with this step.
  reopen: `
    UPDATE invitation SET state = 'needs_decision', why = 'unproved', refusal_text = NULL
    WHERE id = :id AND state = 'refused'`,
  linked: 'SELECT json_group_array(seq) FROM invitation WHERE replaces = :id',
  remove: 'DELETE FROM invitation WHERE id = :id',
  link: 'UPDATE invitation SET replaces = :id WHERE seq IN (SELECT value FROM json_each(:linked))',
} as const;

const DELIVERY = ['delivery', 'delivery_checks', 'delivery_due_at'];
const idsSchema = z.array(z.string());

/** What a log that a backup takes the place of, or another copy of it, says of invitations that are not settled in the backup. */
export type ReplacedState = {
  readonly rows: ReadonlyMap<string, RowCopy>;
  /** Those in whose place another invitation was made. */
  readonly replaced: ReadonlySet<string>;
};

const NO_REPLACED_STATE: ReplacedState = { rows: new Map(), replaced: new Set() };

export type ReplacedDatabaseVerbs = {
  readonly listOpenIds: () => readonly string[];
  /** Those that are open, those that were refused and may be opened again, and those whose delivery is not known yet. */
  readonly listUnsettledIds: () => readonly string[];
  /** How these invitations stand here, with their attempts. Those that are not here are left out. */
  readonly readReplacedState: (ids: readonly string[]) => ReplacedState;
  /**
   * Gives unsettled invitations of this log the state that they have in the replaced one. One that would break a rule here
   * stays as it is. Returns the ids of those that stand here as they stand there.
   */
  readonly applyReplacedState: (later: ReplacedState) => readonly string[];
};

/** What a restore carries over from the invitations of the log that it replaces. */
export function createReplacedDatabase(
  db: Database.Database,
  statement: StatementCache,
): ReplacedDatabaseVerbs {
  const takeOne = db.transaction((id: string, later: RowCopy): void => {
    const found = statement(REPLACED_SQL.here).get({ id });
    if (found === undefined) return;
    const here = columnsSchema.parse(found);
    const wasRefused = here['state'] === 'refused';
    const isUnchanged = ['state', 'state_at'].every((name) => here[name] === later.columns[name]);
    if (wasRefused && isUnchanged) return;
    if (here['state'] === 'accepted') {
      if (later.columns['state'] === 'accepted')
        statement(REPLACED_SQL.delivery).run({ ...pick(later.columns, DELIVERY), id });
      return;
    }
    const linked = statement(REPLACED_SQL.linked).pluck().get({ id });
    // A row that is put in anew may be in any state; the trigger would refuse most steps to it.
    if (wasRefused) statement(REPLACED_SQL.reopen).run({ id });
    statement(REPLACED_SQL.remove).run({ id });
    const { seq, replaces } = here;
    const columns = { ...here, ...pick(later.columns, Object.keys(here)), seq, replaces };
    insertCopy(statement, { ...later, columns });
    statement(REPLACED_SQL.link).run({ id, linked });
  });
  const take = db.transaction(({ rows }: ReplacedState): readonly string[] => {
    const isEnd = ({ columns }: RowCopy) => !isOpenState(columns['state']);
    // What has ended makes room for what is still on its way to the same number.
    const inOrder = [...rows].toSorted(
      ([, one], [, other]) => Number(isEnd(other)) - Number(isEnd(one)),
    );
    return inOrder
      .filter(([id, later]) => unlessItBreaksARule(() => takeOne(id, later)))
      .map(([id]) => id);
  });
  return {
    listOpenIds: () => idsSchema.parse(statement(REPLACED_SQL.openIds).pluck().all()),
    listUnsettledIds: () => idsSchema.parse(statement(REPLACED_SQL.unsettledIds).pluck().all()),
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
  const rows = new Map<string, RowCopy>();
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
  const rows = new Map<string, RowCopy>();
  const replaced = new Set<string>();
  for (const sql of [REPLACED_SQL.scan, REPLACED_SQL.scanBackwards]) {
    const isWhole = tryToRead(() => {
      for (const found of db.prepare(sql).iterate()) {
        const columns = columnsSchema.parse(found);
        const { id, replaces } = columns;
        if (typeof id === 'string' && wanted.has(id)) rows.set(id, withAttempts(db, columns).copy);
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
    rows: new Map(rows.map((columns) => [String(columns['id']), withAttempts(db, columns).copy])),
    replaced: new Set(replaced),
  };
}
