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

/** Matches numbers that contain one of the typed spellings; without digits it matches all. */
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

/** The columns of a list that contain numbers, as a manager chose them for lists with this heading. */
export const LIST_COLUMNS_SQL = {
  all: 'SELECT heading, columns FROM list_columns ORDER BY heading',
  keep: `
    INSERT INTO list_columns (heading, columns) VALUES (:heading, :columns)
    ON CONFLICT (heading) DO UPDATE SET columns = excluded.columns`,
} as const;

/** A place after the end of the list. */
const START = { since: Number.MAX_SAFE_INTEGER, phone: '' };

export type DoNotContactListVerbs = {
  /**
   * Lists the entries whose number contains one of `digits` (all without any), the last ones first. It scans the whole
   * list, which takes some milliseconds for 50,000.
   */
  readonly listDoNotContact: (query: {
    readonly digits: readonly string[];
    readonly before: ListPlace | null;
    readonly limit: number;
  }) => ListPage;
  readonly readDoNotContact: () => readonly DoNotContact[];
  readonly removeDoNotContact: (phone: E164) => void;
  /**
   * The columns that a person last chose for a file with these headings, given as a hash; undefined without a choice.
   */
  readonly readListColumns: (heading: string) => readonly number[] | undefined;
  readonly keepListColumns: (heading: string, columns: readonly number[]) => void;
  /** Adds all entries to the list, or none. Existing entries stay unchanged; returns the number of new ones. */
  readonly importDoNotContact: (entries: readonly DoNotContact[]) => number;
};

/** Creates the manager's view of the do-not-contact list. */
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

/** A saved choice of columns. */
export const listColumnsRowSchema = z.object({
  heading: z.string(),
  columns: z.string().check(z.refine((text) => columnsSchema.safeParse(text).success)),
});
