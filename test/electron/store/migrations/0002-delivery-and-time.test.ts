import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { firstTables } from '../../../../electron/store/migrations/0001-first-tables.ts';
import { deliveryAndTime } from '../../../../electron/store/migrations/0002-delivery-and-time.ts';
import { NINE } from '../../../support/builders/row.ts';

const SENT = `
  INSERT INTO invitation (
    id, token, business_id, phone, name, queued_at, state, state_at, evidence,
    attempts, last_attempt_at, unclear_attempts, sent_at, partoo_id
  ) VALUES ('i', 't', 'b', '+33639980000', 'Marie', ${NINE}, 'accepted', ${NINE}, 'response', 1, ${NINE}, 0, ${NINE}, 'p')`;

function migrated() {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  migrate(db, { ...parts, migrations: [firstTables] });
  db.exec(SENT);
  db.transaction(() => deliveryAndTime.up(db, parts))();
  return db;
}

test('older accepted invitations stay, and their delivery is not polled', () => {
  const row = migrated().prepare('SELECT state, delivery_checks, delivery_due_at FROM invitation');
  expect(row.get()).toEqual({ state: 'accepted', delivery_checks: 0, delivery_due_at: null });
});

test('the highest instant is not known yet', () => {
  expect(migrated().prepare('SELECT highest_instant FROM meta').pluck().get()).toBeNull();
});

test('an accepted invitation stays accepted from now on', () => {
  const db = migrated();
  expect(() => db.exec("UPDATE invitation SET state = 'waiting'")).toThrow('not in the life');
  db.exec('UPDATE invitation SET delivery_due_at = 5');
  expect(() => db.exec('UPDATE invitation SET partoo_id = NULL')).toThrow('CHECK constraint');
});
