import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import {
  type Columns,
  columnsSchema,
  insertCopy,
  isOpenState,
  pick,
  readCopy,
  type RowCopy,
  tryToRead,
  unlessItBreaksARule,
  withAttempts,
} from './copy-rows.ts';
import { foldedText } from '../history/search-plan.ts';
import type { StatementCache } from '../statement-cache.ts';
import { readUnusedFile } from '../file/read-replaced-file.ts';

const CARRY_SQL = {
  // Reads the table itself: a damaged index could hide rows without an error.
  places: 'SELECT seq, id FROM invitation NOT INDEXED ORDER BY seq',
  // From the other end: damage in the middle then hides only the rows around it.
  placesBackwards: 'SELECT seq, id FROM invitation NOT INDEXED ORDER BY seq DESC',
  bySeq: 'SELECT * FROM invitation WHERE seq = ?',
  has: 'SELECT 1 FROM invitation WHERE id = ?',
  hasToken: 'SELECT 1 FROM invitation WHERE token = ?',
  names: "SELECT name FROM pragma_table_info('invitation') WHERE name <> 'seq'",
  // An unclear row gives way to a certain one; a person decides about it.
  makeRoom: `
    UPDATE invitation SET state = 'needs_decision', why = 'unproved', due_at = NULL
    WHERE phone = ? AND state = 'unconfirmed' AND force_reason IS NULL AND only_by_person = 1`,
  relink: `
    UPDATE invitation SET replaces = :replaces
    WHERE id = :id AND EXISTS (SELECT 1 FROM invitation WHERE id = :replaces)`,
} as const;

export type CarryOverVerbs = {
  /**
   * Adds the invitations of another file that are missing here, in their state there, with their attempts. A form
   * token or a Partoo id that exists here stays with its row. When two are on their way to one number, the unclear
   * one, or else the added one, needs a person. `partial`: SQLite could not read all of the file. Throws write errors;
   * nothing was added then.
   */
  readonly carryOver: (path: string) => 'whole' | 'partial';
};

/** Rows per read: a file can hold a million, too many for the memory. */
const ROWS_AT_ONCE = 500;

const placeSchema = z.object({ seq: z.int(), id: z.string() });
const namesSchema = z.array(z.string());

/** Creates the step of a restore that adds missing invitations from the replaced database. */
export function createCarryOver(db: Database.Database, statement: StatementCache): CarryOverVerbs {
  const add = ({ columns, attempts }: RowCopy): void => {
    // Not a nested transaction: SQLite would write the text index at each savepoint.
    const tryWith = (changes: Columns): boolean =>
      unlessItBreaksARule(() =>
        insertCopy(statement, { columns: { ...columns, ...changes }, attempts }),
      );
    if (tryWith({})) return;
    // The same form has saved a row that is here, so no input is lost.
    if (statement(CARRY_SQL.hasToken).get(columns['token']) !== undefined) return;
    if (isOpenState(columns['state'])) statement(CARRY_SQL.makeRoom).run(columns['phone']);
    if (!tryWith({})) tryWith(withoutConflict(columns));
  };
  const carryOver = db.transaction((path: string): 'whole' | 'partial' => {
    const isHere = (id: string) => statement(CARRY_SQL.has).get(id) !== undefined;
    const names = namesSchema.parse(statement(CARRY_SQL.names).pluck().all());
    const missing = readUnusedFile(path, NOTHING, (file) => findMissing(file, isHere));
    const links: Columns[] = [];
    let { isWhole } = missing;
    for (let at = 0; at < missing.found.length; at += ROWS_AT_ONCE) {
      const seqs = missing.found.slice(at, at + ROWS_AT_ONCE);
      const copies = readUnusedFile(path, NOTHING, (file) => readCopies(file, seqs));
      isWhole &&= copies.isWhole;
      for (const { columns, attempts } of copies.found) {
        links.push(pick(columns, ['id', 'replaces']));
        add({ columns: { ...pick(columns, names), replaces: null }, attempts });
      }
    }
    for (const link of links) if (link['replaces'] !== null) statement(CARRY_SQL.relink).run(link);
    return isWhole ? 'whole' : 'partial';
  });
  return { carryOver: (path) => carryOver.immediate(path) };
}

/** The found rows, and whether SQLite could read everything. */
type Found<T> = { readonly found: readonly T[]; readonly isWhole: boolean };
const NOTHING: Found<never> = { found: [], isWhole: false };

/** Finds the `seq` of the rows that are missing here. */
function findMissing(file: Database.Database, isHere: (id: string) => boolean): Found<number> {
  const found = new Set<number>();
  const look = (sql: string): boolean =>
    tryToRead(() => {
      for (const row of file.prepare(sql).iterate()) {
        const place = placeSchema.safeParse(row);
        if (place.success && !isHere(place.data.id)) found.add(place.data.seq);
      }
    });
  const isWhole = look(CARRY_SQL.places);
  if (!isWhole) look(CARRY_SQL.placesBackwards);
  return { found: [...found].toSorted((one, other) => one - other), isWhole };
}

/** Reads the rows that this version understands: the others were never visible in a list. */
function readCopies(file: Database.Database, seqs: readonly number[]): Found<RowCopy> {
  let isWhole = true;
  const found: RowCopy[] = [];
  for (const seq of seqs) {
    const isRead = tryToRead(() => {
      const columns = columnsSchema.parse(file.prepare(CARRY_SQL.bySeq).get(seq));
      const { copy, isWhole: isComplete } = withAttempts(file, columns);
      isWhole &&= isComplete;
      const row = readCopy(copy);
      if (row !== undefined)
        found.push({ ...copy, columns: { ...columns, folded: foldedText(row.invitation) } });
    });
    isWhole &&= isRead;
  }
  return { found, isWhole };
}

/** The changes that avoid a conflict with another row's number or Partoo id. */
function withoutConflict({ state }: Columns): Columns {
  const unnamed = { partoo_id: null, delivery_due_at: null };
  return isOpenState(state)
    ? { ...unnamed, state: 'needs_decision', why: 'unproved', due_at: null, only_by_person: 1 }
    : unnamed;
}
