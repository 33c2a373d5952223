import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { gaps } from '../../../../electron/store/migrations/0005-gaps.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { NINE } from '../../../support/builders/row.ts';

const parts = { path: ':memory:', now: () => NINE };

/** A database as version 4 left it, with one invitation in each of these states. */
function versionFour(states: readonly ('waiting' | 'cancelled')[]): Database.Database {
  const db = new Database(':memory:');
  migrate(db, { ...parts, migrations: MIGRATIONS.filter(({ version }) => version <= 4) });
  for (const state of states) {
    const dueAt = state === 'waiting' ? NINE : 'NULL';
    db.exec(`
      INSERT INTO invitation (
        id, token, business_id, phone, name, queued_at, state, state_at, due_at, attempts, unclear_attempts
      ) VALUES (
        '${state}', 't-${state}', 'b', '+33639980012', 'Marie', ${NINE}, '${state}', ${NINE}, ${dueAt}, 0, 0
      )`);
  }
  return db;
}

const accept = (db: Database.Database, id: string): void => {
  db.prepare(
    "UPDATE invitation SET state = 'accepted', due_at = NULL, evidence = 'search', sent_at = state_at WHERE id = ?",
  ).run(id);
};

test('an older database has no starts, PC or gap, and refuses invalid ones', () => {
  const db = versionFour([]);
  db.transaction(() => gaps.up(db, parts))();
  const meta = db.prepare('SELECT starts, machine, gap FROM meta').all();
  expect(meta).toEqual([{ starts: 0, machine: null, gap: null }]);
  expect(() => db.exec('UPDATE meta SET starts = -1')).toThrow('CHECK');
  expect(() => db.exec("UPDATE meta SET machine = ''")).toThrow('CHECK');
  expect(() => db.exec("UPDATE meta SET gap = 'not JSON'")).toThrow('CHECK');
  db.exec(`UPDATE meta SET starts = 3, machine = 'm', gap = '{"why":"restored"}'`);
  expect(db.prepare('SELECT starts FROM meta').pluck().get()).toBe(3);
});

test('a waiting invitation may be proved by a search before its first attempt; earlier it might not', () => {
  const db = versionFour(['waiting']);
  expect(() => accept(db, 'waiting')).toThrow('not in the life of an invitation');
  db.transaction(() => gaps.up(db, parts))();
  accept(db, 'waiting');
  expect(db.prepare('SELECT state FROM invitation').pluck().get()).toBe('accepted');
});

test('an ended invitation stays ended', () => {
  const db = versionFour(['cancelled']);
  db.transaction(() => gaps.up(db, parts))();
  expect(() => db.exec(`UPDATE invitation SET state = 'waiting', due_at = ${NINE}`)).toThrow(
    'not in the life of an invitation',
  );
  expect(db.prepare('SELECT state FROM invitation').pluck().get()).toBe('cancelled');
});
