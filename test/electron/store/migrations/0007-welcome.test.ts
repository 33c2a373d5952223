import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { welcome } from '../../../../electron/store/migrations/0007-welcome.ts';
import { NINE } from '../../../support/builders/row.ts';

test('the step of the first start is not known yet', () => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  migrate(db, {
    ...parts,
    migrations: MIGRATIONS.filter(({ version }) => version < welcome.version),
  });
  db.transaction(() => welcome.up(db, parts))();
  expect(db.prepare('SELECT welcome FROM meta').pluck().get()).toBeNull();
  expect(() => db.exec("UPDATE meta SET welcome = 'key'")).toThrow('CHECK constraint');
});
