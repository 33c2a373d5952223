import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { NINE } from '../../../support/builders/row.ts';

test('stores one choice of each kind, and a message for each business', () => {
  const db = new Database(':memory:');
  const migrations = MIGRATIONS.filter(({ version }) => version <= 6);
  migrate(db, { path: ':memory:', now: () => NINE, migrations });
  const insert = db.prepare('INSERT INTO remembered (kind, business_id, value) VALUES (?, ?, ?)');
  insert.run('business', '', '"b"');
  insert.run('message', 'b', '{}');
  insert.run('message', 'c', '{}');
  expect(() => insert.run('business', '', '"c"')).toThrow('UNIQUE');
  expect(() => insert.run('message', '', '{}')).toThrow('CHECK');
  expect(() => insert.run('colour', '', '{}')).toThrow('CHECK');
});
