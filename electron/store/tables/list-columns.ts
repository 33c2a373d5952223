import * as z from 'zod/mini';
import { jsonColumn } from '../rows/json-column.ts';
import type { StatementCache } from '../statement-cache.ts';

/** The columns of a list that contain numbers, as a manager chose them for lists with this heading. */
export const LIST_COLUMNS_SQL = {
  all: 'SELECT heading, columns FROM list_columns ORDER BY heading',
  find: 'SELECT columns FROM list_columns WHERE heading = :heading',
  keep: `
    INSERT INTO list_columns (heading, columns) VALUES (:heading, :columns)
    ON CONFLICT (heading) DO UPDATE SET columns = excluded.columns`,
} as const;

export type ListColumnVerbs = {
  /**
   * The columns that a person last chose for a file with these headings, given as a hash; undefined without a choice.
   */
  readonly readListColumns: (heading: string) => readonly number[] | undefined;
  readonly keepListColumns: (heading: string, columns: readonly number[]) => void;
};

/** Creates the record of the columns that managers chose for imported do-not-contact lists. */
export function createListColumns(statement: StatementCache): ListColumnVerbs {
  return {
    readListColumns: (heading) => {
      const found = statement(LIST_COLUMNS_SQL.find).pluck().get({ heading });
      return found === undefined ? undefined : columnsSchema.parse(found);
    },
    keepListColumns: (heading, columns) => {
      statement(LIST_COLUMNS_SQL.keep).run({ heading, columns: JSON.stringify(columns) });
    },
  };
}

const columnsSchema = z.pipe(jsonColumn, z.array(z.int()));

/** A saved choice of columns. */
export const listColumnsRowSchema = z.object({
  heading: z.string(),
  columns: z.string().check(z.refine((text) => columnsSchema.safeParse(text).success)),
});
