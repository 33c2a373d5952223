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
import { foldedText } from './search-plan.ts';
import type { StatementCache } from '../statement-cache.ts';
import { readUnusedFile } from '../file/read-unused-file.ts';

const CARRY_SQL = {
  // The table itself: a damaged index could hide rows without an error.
  places: 'SELECT seq, id FROM invitation NOT INDEXED ORDER BY seq',
  // From the other end: damage in the middle hides only what lies around it.
  placesBackwards: 'SELECT seq, id FROM invitation NOT INDEXED ORDER BY seq DESC',
  bySeq: 'SELECT * FROM invitation WHERE seq = ?',
  has: 'SELECT 1 FROM invitation WHERE id = ?',
  hasToken: 'SELECT 1 FROM invitation WHERE token = ?',
  names: "SELECT name FROM pragma_table_info('invitation') WHERE name <> 'seq'",
  // What is in doubt makes room for what is not; a person decides about it.
  makeRoom: `
    UPDATE invitation SET state = 'needs_decision', why = 'unproved', due_at = NULL
    WHERE phone = ? AND state = 'unconfirmed' AND force_reason IS NULL AND only_by_person = 1`,
  relink: `
    UPDATE invitation SET replaces = :replaces
    WHERE id = :id AND EXISTS (SELECT 1 FROM invitation WHERE id = :replaces)`,
} as const;

export type CarryOverVerbs = {
  /**
   * Adds the invitations of another file that are not here, as they stand there, with their attempts. A form token or a
   * Partoo id that is here stays with the row that has it. Where two are on their way to one number, the one that is in
   * doubt, or else the added one, waits for a person. `partial`: SQLite could not read all of the file. Throws what writing
   * here throws; nothing was added then.
   */
  readonly carryOver: (path: string) => 'whole' | 'partial';
};

/** How many rows are read at once: a file can hold a million, which are too many for the memory. */
const ROWS_AT_ONCE = 500;

const placeSchema = z.object({ seq: z.int(), id: z.string() });
const namesSchema = z.array(z.string());

/** What a restore adds of the log that it replaces. */
export function createCarryOver(db: Database.Database, statement: StatementCache): CarryOverVerbs {
  const add = ({ columns, attempts }: RowCopy): void => {
    // Not a transaction of its own: at each savepoint SQLite would write the index of texts.
    const tryWith = (changes: Columns): boolean =>
      unlessItBreaksARule(() =>
        insertCopy(statement, { columns: { ...columns, ...changes }, attempts }),
      );
    if (tryWith({})) return;
    // The same form has made a row that is here, so what was typed is here too.
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

/** What was found, and whether SQLite could read everything. */
type Found<T> = { readonly found: readonly T[]; readonly isWhole: boolean };
const NOTHING: Found<never> = { found: [], isWhole: false };

/** The places of the rows that are not here. */
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

/** The rows in these places that this version can read: nobody has seen the others in a list. */
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

/** What keeps a row from being refused for the number or the Partoo id that another one has. */
function withoutConflict({ state }: Columns): Columns {
  const unnamed = { partoo_id: null, delivery_due_at: null };
  return isOpenState(state)
    ? { ...unnamed, state: 'needs_decision', why: 'unproved', due_at: null, only_by_person: 1 }
    : unnamed;
}
