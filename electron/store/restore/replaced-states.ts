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
import { readUnusedFile } from '../file/read-replaced-file.ts';

const OPEN = "('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')";

const REPLACED_SQL = {
  openIds: `SELECT id FROM invitation WHERE state IN ${OPEN}`,
  byIds: 'SELECT * FROM invitation WHERE id IN (SELECT value FROM json_each(?))',
  replacing: 'SELECT replaces FROM invitation WHERE replaces IN (SELECT value FROM json_each(?))',
  scan: 'SELECT * FROM invitation ORDER BY seq',
  // From the other end: damage in the middle then hides only the rows around it.
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
  // This step removes the row from the counts and the search.
  reopen: `
    UPDATE invitation SET state = 'needs_decision', why = 'unproved', refusal_text = NULL
    WHERE id = :id AND state = 'refused'`,
  linked: 'SELECT json_group_array(seq) FROM invitation WHERE replaces = :id',
  remove: 'DELETE FROM invitation WHERE id = :id',
  link: 'UPDATE invitation SET replaces = :id WHERE seq IN (SELECT value FROM json_each(:linked))',
} as const;

const DELIVERY = ['delivery', 'delivery_checks', 'delivery_due_at'];
const idsSchema = z.array(z.string());

/** The state, in a replaced database or another copy of it, of invitations that are unsettled in the backup. */
export type ReplacedState = {
  readonly rows: ReadonlyMap<string, RowCopy>;
  /** Invitations that another invitation replaced. */
  readonly replaced: ReadonlySet<string>;
};

const NO_REPLACED_STATE: ReplacedState = { rows: new Map(), replaced: new Set() };

export type ReplacedStateVerbs = {
  readonly listOpenIds: () => readonly string[];
  /** Open invitations, refused ones that may reopen, and those without a final delivery state. */
  readonly listUnsettledIds: () => readonly string[];
  /** The state of these invitations here, with their attempts. Skips those that are missing here. */
  readonly readReplacedState: (ids: readonly string[]) => ReplacedState;
  /**
   * Gives unsettled invitations of this database their state from the replaced one. An invitation that would break a
   * rule here stays as it is. Returns the ids of the invitations that now have the state of the replaced database.
   */
  readonly applyReplacedState: (later: ReplacedState) => readonly string[];
};

/** Creates the step of a restore that carries over states from the replaced database. */
export function createReplacedStates(
  db: Database.Database,
  statement: StatementCache,
): ReplacedStateVerbs {
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
    // An inserted row may have any state; the trigger would refuse most updates.
    if (wasRefused) statement(REPLACED_SQL.reopen).run({ id });
    statement(REPLACED_SQL.remove).run({ id });
    const { seq, replaces } = here;
    const columns = { ...here, ...pick(later.columns, Object.keys(here)), seq, replaces };
    insertCopy(statement, { ...later, columns });
    statement(REPLACED_SQL.link).run({ id, linked });
  });
  const take = db.transaction(({ rows }: ReplacedState): readonly string[] => {
    const isEnd = ({ columns }: RowCopy) => !isOpenState(columns['state']);
    // Ended rows first: they make room for open ones to the same number.
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
 * Reads how these invitations ended from files that are not in use: damaged databases set aside, and backups. Only
 * ends: they never change again, so an old or half-damaged file is reliable about them, while an invitation that is
 * open there may have ended since. The files are not changed.
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
