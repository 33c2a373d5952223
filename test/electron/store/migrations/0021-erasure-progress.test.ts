import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { erasureProgress } from '../../../../electron/store/migrations/0021-erasure-progress.ts';
import { NINE } from '../../../support/builders/row.ts';

test('the orders to erase of an older database keep everything, and have no position', () => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  const { version } = erasureProgress;
  migrate(db, { ...parts, migrations: MIGRATIONS.filter((one) => one.version < version) });
  db.exec("INSERT INTO erasure_order VALUES ('given', 5, 1, 1), ('not given', 6, 0, 0)");
  db.transaction(() => erasureProgress.up(db, parts))();
  expect(db.prepare('SELECT * FROM erasure_order ORDER BY erased_at').all()).toEqual([
    { number_key: 'given', erased_at: 5, forgets_refusal: 1, is_given: 1, seq: null },
    { number_key: 'not given', erased_at: 6, forgets_refusal: 0, is_given: 0, seq: null },
  ]);
});
