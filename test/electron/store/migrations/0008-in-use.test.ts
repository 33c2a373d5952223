import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { inUse } from '../../../../electron/store/migrations/0008-in-use.ts';
import { NINE } from '../../../support/builders/row.ts';

const INVITATION = `
  INSERT INTO invitation (
    id, token, business_id, phone, name, queued_at, state, state_at, attempts, unclear_attempts
  ) VALUES ('i', 't', 'b', '+33639980001', 'Marie', ${NINE}, 'cancelled', ${NINE}, 0, 0)`;

test.each([
  ['never used', '', null],
  ['with an invitation', INVITATION, 'invitations'],
  [
    'emptied by the retention: its counts stay',
    `${INVITATION}; DELETE FROM invitation`,
    'invitations',
  ],
])('[row 127] an older database %s', (_title, sql, expected) => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  migrate(db, {
    ...parts,
    migrations: MIGRATIONS.filter(({ version }) => version < inUse.version),
  });
  db.exec(sql);
  db.transaction(() => inUse.up(db, parts))();
  expect(db.prepare('SELECT in_use FROM meta').pluck().get()).toBe(expected);
  expect(() => db.exec("UPDATE meta SET in_use = 'perhaps'")).toThrow('CHECK constraint');
});
