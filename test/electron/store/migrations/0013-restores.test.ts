import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { restores } from '../../../../electron/store/migrations/0013-restores.ts';
import { NINE } from '../../../support/builders/row.ts';

test('a waiting invitation is still sent by itself', () => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  migrate(db, {
    ...parts,
    migrations: MIGRATIONS.filter(({ version }) => version < restores.version),
  });
  db.exec(`
    INSERT INTO invitation (
      id, token, business_id, phone, name, queued_at, state, state_at, due_at, attempts, unclear_attempts
    ) VALUES ('i', 't', 'b', '+33639980001', 'Marie', ${NINE}, 'waiting', ${NINE}, ${NINE}, 0, 0)`);
  db.transaction(() => restores.up(db, parts))();
  expect(db.prepare('SELECT only_by_person FROM invitation').pluck().get()).toBe(0);
  expect(() => db.exec('UPDATE invitation SET only_by_person = 2')).toThrow('CHECK constraint');
});
