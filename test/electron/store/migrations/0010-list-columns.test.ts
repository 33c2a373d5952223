import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { listColumns } from '../../../../electron/store/migrations/0010-list-columns.ts';
import { NINE } from '../../../support/builders/row.ts';

test('stores the columns of a list under a hash of its headings [row 152]', () => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  migrate(db, {
    ...parts,
    migrations: MIGRATIONS.filter(({ version }) => version < listColumns.version),
  });
  db.transaction(() => listColumns.up(db, parts))();
  const keep = db.prepare('INSERT INTO list_columns (heading, columns) VALUES (?, ?)');
  keep.run('a'.repeat(64), '[0,2]');
  expect(() => keep.run('Phone', '[0]')).toThrow('CHECK constraint');
  expect(() => keep.run('b'.repeat(64), '0,2')).toThrow('CHECK constraint');
});
