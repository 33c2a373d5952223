import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { foldedText } from './search-plan.ts';
import type { StatementCache } from '../statement-cache.ts';

/** Limits of one step: a millisecond for reading, and two for each name whose text in the index changes. */
const LOOKED_AT = 500;
const FOLDED_AT_ONCE = 10;

const FOLDING_SQL = {
  place: 'SELECT unfolded_below FROM meta',
  keepPlace: 'UPDATE meta SET unfolded_below = :below',
  older: `
    SELECT seq, name, staff FROM invitation
    WHERE seq < :below ORDER BY seq DESC LIMIT ${LOOKED_AT}`,
  fold: 'UPDATE invitation SET folded = :folded WHERE seq = :seq',
} as const;

export type SearchableNameVerbs = {
  /** Whether some older names are not yet folded for the search. */
  readonly hasUnfolded: () => boolean;
  /**
   * Folds some of those names for the search, the newest first: some milliseconds of work. `done` when there are no
   * more.
   */
  readonly foldSome: () => 'done' | 'more';
};

const placeSchema = z.nullable(z.int());
const olderSchema = z.array(
  z.object({ seq: z.int(), name: z.string(), staff: z.nullable(z.string()) }),
);

/** Creates the steps that fold the names of an earlier version's invitations for the search. */
export function createSearchableNames(
  db: Database.Database,
  statement: StatementCache,
): SearchableNameVerbs {
  const place = () => placeSchema.parse(statement(FOLDING_SQL.place).pluck().get());
  const foldSome = db.transaction((): 'done' | 'more' => {
    const below = place();
    if (below === null) return 'done';
    const older = olderSchema.parse(statement(FOLDING_SQL.older).all({ below }));
    let changed = 0;
    for (const row of older) {
      const folded = foldedText(row);
      if (folded !== null) {
        statement(FOLDING_SQL.fold).run({ seq: row.seq, folded });
        changed += 1;
      }
      if (changed === FOLDED_AT_ONCE) {
        statement(FOLDING_SQL.keepPlace).run({ below: row.seq });
        return 'more';
      }
    }
    const last = older.length < LOOKED_AT ? undefined : older.at(-1);
    statement(FOLDING_SQL.keepPlace).run({ below: last?.seq ?? null });
    return last === undefined ? 'done' : 'more';
  });
  return { hasUnfolded: () => place() !== null, foldSome: () => foldSome.immediate() };
}
