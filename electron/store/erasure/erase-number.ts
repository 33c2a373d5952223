import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import type { E164 } from '../../../shared/phone/e164.ts';

/** The tables about the desk itself. A number in them is the hotel's own, as in a custom text, and stays. */
export const TABLES_WITHOUT_CUSTOMERS = ['manager_pin', 'meta', 'remembered', 'setting', 'tally'];

/** Lists every text column of every table, read from the schema, so that no table is missed. */
export const TEXT_COLUMNS = `
  SELECT tables.name AS "table", columns.name AS "column"
  FROM pragma_table_list AS tables JOIN pragma_table_info(tables.name) AS columns
  WHERE tables.schema = 'main' AND tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND columns.type IN ('TEXT', 'ANY')`;

/** The rows of `TEXT_COLUMNS`. */
export const placesSchema = z.array(z.object({ table: z.string(), column: z.string() }));
export type Place = z.infer<typeof placesSchema>[number];

/** Replaces the number in a text about another person. */
const TAKEN_OUT = '…';

/**
 * Erases a number from every table except `kept` and the desk's own: deletes rows with the number in a column `phone`,
 * and replaces it in all other texts. Uses no index, because a damaged one would hide rows. Returns the number of
 * deleted invitations. Throws when the number remains anywhere; call it inside a transaction.
 */
export function eraseNumber(db: Database.Database, phone: E164, kept: readonly string[]): number {
  const places = placesSchema
    .parse(db.prepare(TEXT_COLUMNS).all())
    .filter(({ table }) => !TABLES_WITHOUT_CUSTOMERS.includes(table) && !kept.includes(table));
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
  if (left !== undefined) throw new Error(`An erased number remains in ${left.table}`);
  return rows.get('invitation') ?? 0;
}

function holds(db: Database.Database, { table, column }: Place, digits: string): boolean {
  const found = db.prepare(
    `SELECT 1 FROM "${table}" WHERE instr("${column}", :digits) > 0 LIMIT 1`,
  );
  return found.get({ digits }) !== undefined;
}
