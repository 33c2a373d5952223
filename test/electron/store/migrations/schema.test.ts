import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { STATES } from '../../../../shared/invitation.ts';
import { NINE } from '../../../support/builders/row.ts';

const textsSchema = z.array(z.string());

function newest(): Database.Database {
  const db = new Database(':memory:');
  migrate(db, { path: ':memory:', now: () => NINE, migrations: MIGRATIONS });
  return db;
}

describe('the tables of the newest version', () => {
  test('match the golden schema', async () => {
    const found = newest().prepare(
      `SELECT sql FROM sqlite_master
      WHERE sql IS NOT NULL AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
      ORDER BY type DESC, tbl_name, name`,
    );
    const schema = textsSchema.parse(found.pluck().all());
    await expect(`${schema.join(';\n\n')};\n`).toMatchFileSnapshot('./schema.sql');
  });

  test('are all strict', () => {
    const loose = newest().prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND NOT strict",
    );
    expect(loose.pluck().all()).toEqual([]);
  });

  test('allow the same states as the domain', () => {
    const sql = z
      .string()
      .parse(
        newest().prepare("SELECT sql FROM sqlite_master WHERE name = 'invitation'").pluck().get(),
      );
    const list = /state TEXT NOT NULL CHECK \(\s*state IN \(([^)]*)\)/.exec(sql)?.[1] ?? '';
    const words = [...list.matchAll(/'([a-z_]+)'/g)].map((match) => match[1]);
    expect(words).toEqual(STATES);
  });
});

test('the migrations are numbered from 1 without a gap', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});
