import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { APPLICATION_ID, migrate } from '../../../../electron/store/file/migrate.ts';
import { firstTables } from '../../../../electron/store/migrations/0001-first-tables.ts';
import { NINE } from '../../../support/builders/row.ts';

test('turns an empty file into a database', () => {
  const db = new Database(':memory:');
  migrate(db, { path: ':memory:', now: () => NINE, migrations: [firstTables] });

  expect(db.pragma('user_version', { simple: true })).toBe(1);
  expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
  expect(db.prepare('SELECT created_at FROM meta').pluck().all()).toEqual([NINE]);
  expect(db.prepare('SELECT database_id FROM meta').pluck().get()).toMatch(/^[0-9a-f]{32}$/);
  for (const table of ['invitation', 'attempt', 'do_not_contact', 'setting']) {
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
  }
});

test('the database id is unique and constant', () => {
  const db = new Database(':memory:');
  migrate(db, { path: ':memory:', now: () => NINE, migrations: [firstTables] });
  const another = "INSERT INTO meta (only_row, database_id, created_at) VALUES (2, 'x', 1)";
  expect(() => db.exec(another)).toThrow('CHECK constraint failed');
});
