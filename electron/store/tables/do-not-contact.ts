import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import {
  doNotContactSchema,
  type DoNotContact,
  type ListPage,
  type ListPlace,
} from '../../../shared/do-not-contact.ts';
import { instantSchema } from '../../../shared/invitation.ts';
import type { E164 } from '../../../shared/phone/e164.ts';
import type { EpochMs } from '../../../shared/time.ts';
import type { OutboxStore } from '../../outbox/store-port.ts';
import type { StatementCache } from '../statement-cache.ts';

/** Matches numbers that contain one of the typed spellings; without digits it matches all. */
const HOLDS = `(
  :digits = '[]' OR EXISTS (SELECT 1 FROM json_each(:digits) WHERE instr(phone, value) > 0)
)`;

export const DO_NOT_CONTACT_SQL = {
  find: 'SELECT since FROM do_not_contact WHERE phone = :phone',
  add: `
    INSERT INTO do_not_contact (phone, since, staff) VALUES (:phone, :since, :staff)
    ON CONFLICT (phone) DO NOTHING`,
  undoAdd: 'DELETE FROM do_not_contact WHERE phone = :phone AND since = :since',
  remove: 'DELETE FROM do_not_contact WHERE phone = :phone',
  all: 'SELECT phone, since, staff FROM do_not_contact ORDER BY since, phone',
  count: `SELECT count(*) FROM do_not_contact WHERE ${HOLDS}`,
  page: `
    SELECT phone, since, staff FROM do_not_contact
    WHERE ${HOLDS} AND (since, phone) < (:since, :phone)
    ORDER BY since DESC, phone DESC LIMIT :limit`,
} as const;

/** A place after the end of the list. */
const START = { since: Number.MAX_SAFE_INTEGER, phone: '' };

export type DoNotContactVerbs = Pick<OutboxStore, 'findDoNotContact'> & {
  /** Adds this number to the do-not-contact list. An earlier entry stays. */
  readonly addDoNotContact: (entry: {
    readonly phone: E164;
    readonly since: EpochMs;
    /** Who took the request, if known. */
    readonly staff: string | null;
  }) => void;
  /** Withdraws the entry made at `since`; an older one stays. */
  readonly undoAddDoNotContact: (entry: { readonly phone: E164; readonly since: EpochMs }) => void;
  /**
   * Lists the entries whose number contains one of `digits` (all without any), the last ones first. It scans the whole
   * list, which takes some milliseconds for 50,000.
   */
  readonly listDoNotContact: (query: {
    readonly digits: readonly string[];
    readonly before: ListPlace | null;
    readonly limit: number;
  }) => Omit<ListPage, 'elsewhere'>;
  readonly readDoNotContact: () => readonly DoNotContact[];
  readonly removeDoNotContact: (phone: E164) => void;
  /** Adds all entries to the list, or none. Existing entries stay unchanged; returns the number of new ones. */
  readonly importDoNotContact: (entries: readonly DoNotContact[]) => number;
};

/** Creates the reads and writes of the do-not-contact list. */
export function createDoNotContact(
  db: Database.Database,
  statement: StatementCache,
): DoNotContactVerbs {
  const addAll = db.transaction((entries: readonly DoNotContact[]): number => {
    let added = 0;
    for (const entry of entries) added += statement(DO_NOT_CONTACT_SQL.add).run(entry).changes;
    return added;
  });
  return {
    findDoNotContact: (phone) =>
      sinceSchema.parse(statement(DO_NOT_CONTACT_SQL.find).pluck().get({ phone })),
    addDoNotContact: (entry) => {
      statement(DO_NOT_CONTACT_SQL.add).run(entry);
    },
    undoAddDoNotContact: (entry) => {
      statement(DO_NOT_CONTACT_SQL.undoAdd).run(entry);
    },
    listDoNotContact: ({ digits: spellings, before, limit }) => {
      const digits = JSON.stringify(spellings);
      const place = before ?? START;
      const found = statement(DO_NOT_CONTACT_SQL.page).all({ digits, ...place, limit });
      const entries = entriesSchema.parse(found);
      const last = entries.length < limit ? undefined : entries.at(-1);
      return {
        entries,
        next: last === undefined ? null : { phone: last.phone, since: last.since },
        count: z.int().parse(statement(DO_NOT_CONTACT_SQL.count).pluck().get({ digits })),
      };
    },
    readDoNotContact: () => entriesSchema.parse(statement(DO_NOT_CONTACT_SQL.all).all()),
    removeDoNotContact: (phone) => {
      statement(DO_NOT_CONTACT_SQL.remove).run({ phone });
    },
    importDoNotContact: (entries) => addAll.immediate(entries),
  };
}

const sinceSchema = z.optional(instantSchema);
const entriesSchema = z.array(doNotContactSchema);
