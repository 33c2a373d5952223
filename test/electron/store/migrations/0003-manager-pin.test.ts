import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { managerPin } from '../../../../electron/store/migrations/0003-manager-pin.ts';
import { NINE } from '../../../support/builders/row.ts';

test('no PIN exists until one is set, and never a second one', () => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  migrate(db, {
    ...parts,
    migrations: MIGRATIONS.filter(({ version }) => version < managerPin.version),
  });
  db.transaction(() => managerPin.up(db, parts))();
  expect(db.prepare('SELECT count(*) FROM manager_pin').pluck().get()).toBe(0);
  const add = db.prepare('INSERT INTO manager_pin VALUES (?, ?, ?, 32768, 8, 3, 0)');
  add.run(1, Buffer.alloc(32), Buffer.alloc(16));
  expect(() => add.run(2, Buffer.alloc(32), Buffer.alloc(16))).toThrow('CHECK constraint');
});
