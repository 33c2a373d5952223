import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { partooPause } from '../../../../electron/store/migrations/0014-partoo-pause.ts';
import { NINE } from '../../../support/builders/row.ts';

test('[row 133] an older database has no pause', () => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  migrate(db, {
    ...parts,
    migrations: MIGRATIONS.filter(({ version }) => version < partooPause.version),
  });
  db.transaction(() => partooPause.up(db, parts))();
  expect(db.prepare('SELECT pause FROM meta').pluck().get()).toBeNull();
  expect(() => db.exec("UPDATE meta SET pause = 'soon'")).toThrow('CHECK constraint');
});
