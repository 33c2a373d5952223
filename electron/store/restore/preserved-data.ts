import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { instantSchema } from '../../../shared/invitation.ts';
import { e164Schema } from '../../../shared/phone/e164.ts';
import { welcomeProgressSchema } from '../../../shared/welcome.ts';
import type { DoNotContact } from '../../../shared/do-not-contact.ts';
import { LIST_COLUMNS_SQL, listColumnsRowSchema } from '../tables/list-columns.ts';
import { DO_NOT_CONTACT_SQL } from '../tables/do-not-contact.ts';
import { realUseSchema } from '../tables/real-use.ts';
import { LAST_SEND_SQL, lastSendRowSchema } from '../tables/last-sends.ts';
import { PIN_SQL, pinRowSchema } from '../tables/manager-pin.ts';
import { LAST_CHOICE_SQL, lastChoiceRowSchema } from '../tables/last-choices.ts';
import { erasureOrderRowSchema, SITE_FEED_SQL } from '../tables/site-feed.ts';
import { SETTING_SQL, settingRowSchema } from '../tables/settings.ts';
import type { StatementCache } from '../statement-cache.ts';
import { tryToRead, unlessItBreaksARule } from './copy-rows.ts';
import { readUnusedFile } from '../file/read-replaced-file.ts';

const LIST_SQL = {
  list: 'SELECT phone, since, staff FROM do_not_contact ORDER BY phone',
  // From the other end: damage in the middle then hides only the rows around it.
  listBackwards: 'SELECT phone, since, staff FROM do_not_contact ORDER BY phone DESC',
} as const;

const META_SQL = {
  read: 'SELECT * FROM meta',
  keep: `
    UPDATE meta SET
      welcome = coalesce(:welcome, welcome),
      machine = coalesce(:machine, machine),
      noticed_on = coalesce(:noticed_on, noticed_on),
      starts = max(starts, :starts),
      highest_instant = max(coalesce(highest_instant, :highest_instant), coalesce(:highest_instant, highest_instant)),
      pause = :pause,
      in_use = CASE WHEN in_use = 'invitations' THEN in_use ELSE :in_use END`,
} as const;

/** All data of a desk except its invitations. A backup must never restore an older version of these. */
export type PreservedData = {
  /** The do-not-contact entries that could be read. */
  readonly doNotContact: readonly DoNotContact[];
  readonly list: 'whole' | 'partial';
  /** The rows of the other tables; `unreadable` when the file is too damaged. */
  readonly settings: Found<z.infer<typeof settingRowSchema>>;
  readonly remembered: Found<z.infer<typeof lastChoiceRowSchema>>;
  readonly pin: Found<z.infer<typeof pinRowSchema>>;
  /** The columns of imported lists. */
  readonly listColumns: Found<z.infer<typeof listColumnsRowSchema>>;
  /** The last sends to numbers whose invitations were purged. */
  readonly lastSends: Found<z.infer<typeof lastSendRowSchema>>;
  /** The orders to erase customers at the other desks: a restore must not lose one that was not given. */
  readonly erasureOrders: Found<z.infer<typeof erasureOrderRowSchema>>;
  /**
   * Data about the database: the progress of the first start, its owner, its count of starts, whether it is in use,
   * and the pause that Partoo asked for.
   */
  readonly meta: Found<z.infer<typeof metaRowSchema>>;
};
type Found<T> = readonly T[] | 'unreadable';

const NO_BELONGINGS: PreservedData = {
  doNotContact: [],
  list: 'partial',
  settings: 'unreadable',
  remembered: 'unreadable',
  pin: 'unreadable',
  listColumns: 'unreadable',
  lastSends: 'unreadable',
  erasureOrders: 'unreadable',
  meta: 'unreadable',
};

export type PreservedDataVerbs = {
  readonly readBelongings: () => PreservedData;
  /**
   * Takes over a desk's data: every do-not-contact entry, the settings, the last choices, and the PIN or its absence.
   * Unreadable parts keep their value here. All or nothing.
   */
  readonly takeOver: (preservedData: PreservedData) => void;
};

// An older version of the file lacks some of these columns.
const metaRowSchema = z.object({
  welcome: z.catch(z.nullable(welcomeProgressSchema), null),
  machine: z.catch(z.nullable(z.string()), null),
  noticed_on: z.catch(z.nullable(z.string()), null),
  starts: z.catch(z.int(), 0),
  highest_instant: z.catch(z.nullable(instantSchema), null),
  in_use: z.catch(z.nullable(realUseSchema), null),
  pause: z.catch(z.nullable(z.string()), null),
});

/** Creates the reads and the takeover of a desk's data in an open database. */
export function createPreservedData(
  db: Database.Database,
  statement: StatementCache,
): PreservedDataVerbs {
  const takeOver = db.transaction((preservedData: PreservedData): void => {
    for (const entry of preservedData.doNotContact) statement(DO_NOT_CONTACT_SQL.add).run(entry);
    const rows = [
      ...rowsOf(preservedData.settings).map((row) => [SETTING_SQL.save, row] as const),
      ...rowsOf(preservedData.remembered).map(
        ({ business_id: businessId, ...row }) =>
          [LAST_CHOICE_SQL.keep, { ...row, businessId }] as const,
      ),
      ...rowsOf(preservedData.meta).map((row) => [META_SQL.keep, row] as const),
      ...rowsOf(preservedData.listColumns).map((row) => [LIST_COLUMNS_SQL.keep, row] as const),
      ...rowsOf(preservedData.lastSends).map((row) => [LAST_SEND_SQL.keep, row] as const),
      ...rowsOf(preservedData.erasureOrders).map(
        (row) => [SITE_FEED_SQL.keepErasure, row] as const,
      ),
      ...rowsOf(preservedData.pin).map((row) => [PIN_SQL.takeOver, row] as const),
    ];
    // A row from a damaged file may break a rule of its table; the existing row stays.
    for (const [sql, row] of rows) unlessItBreaksARule(() => statement(sql).run(row));
    if (preservedData.pin !== 'unreadable' && preservedData.pin.length === 0)
      statement(PIN_SQL.remove).run();
  });
  return {
    readBelongings: () => readFrom(db),
    takeOver: (preservedData) => takeOver.immediate(preservedData),
  };
}

/** Reads as much as possible from a file that is not in use, without changing it. */
export function salvagePreservedData(path: string): PreservedData {
  return readUnusedFile(path, NO_BELONGINGS, readFrom);
}

function readFrom(db: Database.Database): PreservedData {
  return {
    ...readList(db),
    settings: readAll(db, SETTING_SQL.all, settingRowSchema),
    remembered: readAll(db, LAST_CHOICE_SQL.all, lastChoiceRowSchema),
    pin: readAll(db, PIN_SQL.read, pinRowSchema),
    listColumns: readAll(db, LIST_COLUMNS_SQL.all, listColumnsRowSchema),
    lastSends: readAll(db, LAST_SEND_SQL.all, lastSendRowSchema),
    erasureOrders: readAll(db, SITE_FEED_SQL.allErasures, erasureOrderRowSchema),
    meta: readAll(db, META_SQL.read, metaRowSchema),
  };
}

// The number matters more than who took the request, and when.
const entrySchema = z.object({
  phone: e164Schema,
  since: z.catch(instantSchema, 1),
  staff: z.catch(z.nullable(z.string()), null),
});

function readList(db: Database.Database): Pick<PreservedData, 'doNotContact' | 'list'> {
  const { rows, isWhole } = readRows(db, LIST_SQL.list);
  const others = isWhole ? [] : readRows(db, LIST_SQL.listBackwards).rows;
  const doNotContact = [...rows, ...others].flatMap((row) => {
    const parsed = entrySchema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
  return { doNotContact, list: isWhole ? 'whole' : 'partial' };
}

function readAll<T>(db: Database.Database, sql: string, schema: z.ZodMiniType<T>): Found<T> {
  const { rows, isWhole } = readRows(db, sql);
  if (!isWhole) return 'unreadable';
  return rows.flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Reads the rows up to the first that SQLite cannot read; `isWhole` says whether those are all. */
function readRows(
  db: Database.Database,
  sql: string,
): { readonly rows: readonly unknown[]; readonly isWhole: boolean } {
  const rows: unknown[] = [];
  // Fails too for a table that this version of the file lacks.
  const isWhole = tryToRead(() => {
    for (const row of db.prepare(sql).iterate()) rows.push(row);
  });
  return { rows, isWhole };
}

function rowsOf<T>(found: Found<T>): readonly T[] {
  return found === 'unreadable' ? [] : found;
}
