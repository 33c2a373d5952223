import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import {
  doNotContactSchema,
  type DoNotContact,
  type ListPage,
  type ListPlace,
} from '../../../shared/do-not-contact.ts';
import type { E164 } from '../../../shared/phone/e164.ts';
import { DO_NOT_CONTACT_SQL } from './do-not-contact.ts';
import { jsonColumn } from './json-column.ts';
import type { StatementCache } from '../statement-cache.ts';

/** A number holds one of the spellings of what was typed; everybody's holds none. */
const HOLDS = `(
  :digits = '[]' OR EXISTS (SELECT 1 FROM json_each(:digits) WHERE instr(phone, value) > 0)
)`;

const LIST_SQL = {
  all: 'SELECT phone, since, staff FROM do_not_contact ORDER BY since, phone',
  count: `SELECT count(*) FROM do_not_contact WHERE ${HOLDS}`,
  page: `
    SELECT phone, since, staff FROM do_not_contact
    WHERE ${HOLDS} AND (since, phone) < (:since, :phone)
    ORDER BY since DESC, phone DESC LIMIT :limit`,
  remove: 'DELETE FROM do_not_contact WHERE phone = :phone',
  columns: 'SELECT columns FROM list_columns WHERE heading = :heading',
} as const;

/** Which columns of a list hold numbers, as a manager has chosen for lists with this heading. */
export const LIST_COLUMNS_SQL = {
  all: 'SELECT heading, columns FROM list_columns ORDER BY heading',
  keep: `
    INSERT INTO list_columns (heading, columns) VALUES (:heading, :columns)
    ON CONFLICT (heading) DO UPDATE SET columns = excluded.columns`,
} as const;

/** After every place of the list. */
const START = { since: Number.MAX_SAFE_INTEGER, phone: '' };

export type DoNotContactListVerbs = {
  /**
   * Those whose number holds one of `digits` (everybody when there are none), the last ones first. It looks through the whole list,
   * which takes some milliseconds for 50,000.
   */
  readonly listDoNotContact: (query: {
    readonly digits: readonly string[];
    readonly before: ListPlace | null;
    readonly limit: number;
  }) => ListPage;
  readonly readDoNotContact: () => readonly DoNotContact[];
  readonly removeDoNotContact: (phone: E164) => void;
  /** The columns that a person chose last in a file with these headings, given as a hash; undefined: none yet. */
  readonly readListColumns: (heading: string) => readonly number[] | undefined;
  readonly keepListColumns: (heading: string, columns: readonly number[]) => void;
  /** Puts all of them on the list, or none. Those that are on it stay as they are; returns how many are new. */
  readonly importDoNotContact: (entries: readonly DoNotContact[]) => number;
};

/** The list of those who want no SMS, as a manager keeps it. */
export function createDoNotContactList(
  db: Database.Database,
  statement: StatementCache,
): DoNotContactListVerbs {
  const addAll = db.transaction((entries: readonly DoNotContact[]): number => {
    let added = 0;
    for (const entry of entries) added += statement(DO_NOT_CONTACT_SQL.add).run(entry).changes;
    return added;
  });
  return {
    listDoNotContact: ({ digits: spellings, before, limit }) => {
      const digits = JSON.stringify(spellings);
      const place = before ?? START;
      const found = statement(LIST_SQL.page).all({ digits, ...place, limit });
      const entries = entriesSchema.parse(found);
      const last = entries.length < limit ? undefined : entries.at(-1);
      return {
        entries,
        next: last === undefined ? null : { phone: last.phone, since: last.since },
        count: z.int().parse(statement(LIST_SQL.count).pluck().get({ digits })),
      };
    },
    readDoNotContact: () => entriesSchema.parse(statement(LIST_SQL.all).all()),
    removeDoNotContact: (phone) => {
      statement(LIST_SQL.remove).run({ phone });
    },
    readListColumns: (heading) => {
      const found = statement(LIST_SQL.columns).pluck().get({ heading });
      return found === undefined ? undefined : columnsSchema.parse(found);
    },
    keepListColumns: (heading, columns) => {
      statement(LIST_COLUMNS_SQL.keep).run({ heading, columns: JSON.stringify(columns) });
    },
    importDoNotContact: (entries) => addAll.immediate(entries),
  };
}

const columnsSchema = z.pipe(jsonColumn, z.array(z.int()));
const entriesSchema = z.array(doNotContactSchema);

/** A choice as it is stored. */
export const listColumnsRowSchema = z.object({
  heading: z.string(),
  columns: z.string().check(z.refine((text) => columnsSchema.safeParse(text).success)),
});
