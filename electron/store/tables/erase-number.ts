import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import type { E164 } from '../../../shared/phone/e164.ts';

/** What the desk keeps about itself. A number in it is the hotel's own, as in a custom text, and stays. */
export const TABLES_OF_THE_DESK = ['manager_pin', 'meta', 'remembered', 'setting', 'tally'];

/** Every text column of every table: read off the schema, so that no table can be forgotten. */
export const TEXT_COLUMNS = `
  SELECT tables.name AS "table", columns.name AS "column"
  FROM pragma_table_list AS tables JOIN pragma_table_info(tables.name) AS columns
  WHERE tables.schema = 'main' AND tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND columns.type IN ('TEXT', 'ANY')`;

/** The rows of `TEXT_COLUMNS`. */
export const placesSchema = z.array(z.object({ table: z.string(), column: z.string() }));
export type Place = z.infer<typeof placesSchema>[number];

/** What takes the place of the number in a text about somebody else. */
const TAKEN_OUT = '…';

/**
 * Takes a number out of every table but `kept` and those of the desk itself: a row with the number in a column `phone`
 * goes; in any other text the number is taken out. No index is asked, because one that is damaged would hide rows.
 * Returns how many invitations went. Throws when the number is left anywhere; call it inside a transaction.
 */
export function eraseNumber(db: Database.Database, phone: E164, kept: readonly string[]): number {
  const places = placesSchema
    .parse(db.prepare(TEXT_COLUMNS).all())
    .filter(({ table }) => !TABLES_OF_THE_DESK.includes(table) && !kept.includes(table));
  const rows = new Map(
    places
      .filter(({ column }) => column === 'phone')
      .map(({ table }) => [
        table,
        db.prepare(`DELETE FROM "${table}" WHERE +phone = :phone`).run({ phone }).changes,
      ]),
  );
  const digits = phone.slice(1);
  const holding = places.filter((place) => holds(db, place, digits));
  for (const { table, column } of holding)
    db.prepare(
      `UPDATE "${table}" SET "${column}" = replace("${column}", :digits, '${TAKEN_OUT}')
      WHERE instr("${column}", :digits) > 0`,
    ).run({ digits });
  const left = holding.find((place) => holds(db, place, digits));
  if (left !== undefined) throw new Error(`An erased number is left in ${left.table}`);
  return rows.get('invitation') ?? 0;
}

function holds(db: Database.Database, { table, column }: Place, digits: string): boolean {
  const found = db.prepare(
    `SELECT 1 FROM "${table}" WHERE instr("${column}", :digits) > 0 LIMIT 1`,
  );
  return found.get({ digits }) !== undefined;
}
