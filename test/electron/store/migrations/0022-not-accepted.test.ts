import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { notAccepted } from '../../../../electron/store/migrations/0022-not-accepted.ts';
import { NINE } from '../../../support/builders/row.ts';

const parts = { path: ':memory:', now: () => NINE };

/** A database of the version before, with a finished, an open and a replaced invitation. */
function anOlderDatabase(): Database.Database {
  const db = new Database(':memory:');
  migrate(db, { ...parts, migrations: MIGRATIONS.filter((one) => one.version < 22) });
  const insert = db.prepare(`
    INSERT INTO invitation (
      seq, id, token, business_id, phone, name, queued_at, promised_at, state, state_at, why, evidence,
      attempts, last_attempt_at, unclear_attempts, sent_at, replaces
    ) VALUES (
      :seq, :id, :id, 'b', :phone, :name, ${NINE}, ${NINE}, :state, ${NINE}, :why, :evidence,
      :attempts, :sent, 0, :sent, :replaces
    )`);
  const open = { state: 'needs_decision', why: 'too-old', evidence: null, attempts: 0, sent: null };
  insert.run({ seq: 3, id: 'open', phone: '+33639980001', name: 'Jean', ...open, replaces: null });
  insert.run({
    seq: 7,
    id: 'sent',
    phone: '+33639980002',
    name: 'Marie Dupont',
    state: 'accepted',
    why: null,
    evidence: 'response',
    attempts: 1,
    sent: NINE,
    replaces: 'open',
  });
  db.exec(`
    INSERT INTO attempt VALUES (7, 1, ${NINE}, ${NINE}, '{}');
    INSERT INTO site_sharing (only_row, partner) VALUES (1, 'site');
  `);
  return db;
}

function read(db: Database.Database): Readonly<Record<string, unknown>> {
  const all = (sql: string) => db.prepare(sql).all();
  return {
    invitations: all('SELECT * FROM invitation ORDER BY seq'),
    attempts: all('SELECT * FROM attempt'),
    counts: all('SELECT * FROM tally'),
    unshared: all('SELECT * FROM unshared_invitation'),
    found: all("SELECT rowid FROM invitation_search WHERE text MATCH 'Dupont'"),
    schema: all(
      "SELECT type, name, sql FROM sqlite_schema WHERE name <> 'invitation' ORDER BY name",
    ),
    triggers: all("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid"),
  };
}

/** As `migrate` does, without the copy that it puts beside a file. */
function upgrade(db: Database.Database): void {
  db.pragma('foreign_keys = OFF');
  db.transaction(() => notAccepted.up(db, parts))();
  db.pragma('foreign_keys = ON');
}

describe('[row 328] an older database that allows the reason "not-accepted"', () => {
  test('keeps its rows, indices, triggers, views and counts', () => {
    const db = anOlderDatabase();
    const before = read(db);
    upgrade(db);
    expect(read(db)).toEqual(before);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });

  test('stores the new reason, and no unknown one', () => {
    const db = anOlderDatabase();
    const change = "UPDATE invitation SET why = 'not-accepted' WHERE id = 'open'";
    expect(() => db.exec(change)).toThrow('CHECK constraint failed');
    upgrade(db);
    expect(() => db.exec(change.replace('not-accepted', 'other'))).toThrow(
      'CHECK constraint failed',
    );
    db.exec(change);
    const stored = db.prepare("SELECT why FROM invitation WHERE id = 'open'").pluck().get();
    expect(stored).toBe('not-accepted');
  });

  test('stores why nobody at this desk has cancelled an invitation, or nothing', () => {
    const db = anOlderDatabase();
    upgrade(db);
    const cancel = (why: string) =>
      db.exec(`UPDATE invitation SET state = 'cancelled', why = ${why} WHERE id = 'open'`);
    expect(() => cancel("'window'")).toThrow('CHECK constraint failed');
    cancel("'said-no'");
    cancel("'taken-over'");
    cancel('NULL');
    expect(db.prepare("SELECT why FROM invitation WHERE id = 'open'").pluck().get()).toBeNull();
  });

  test('still counts, indexes and checks each change', () => {
    const db = anOlderDatabase();
    upgrade(db);
    db.exec(`UPDATE invitation SET state = 'cancelled', why = NULL WHERE id = 'open'`);
    expect(db.prepare("SELECT n FROM tally WHERE state = 'cancelled'").pluck().get()).toBe(1);
    const found = "SELECT rowid FROM invitation_search WHERE text MATCH 'Jean'";
    expect(db.prepare(found).pluck().get()).toBe(3);
    expect(db.prepare('SELECT id FROM unshared_invitation').pluck().all()).toEqual(['open']);
    expect(() => db.exec("UPDATE invitation SET state = 'waiting' WHERE id = 'sent'")).toThrow(
      'not in the life of an invitation',
    );
    db.exec("DELETE FROM invitation WHERE id = 'open'");
    const replaces = db.prepare("SELECT replaces FROM invitation WHERE id = 'sent'").pluck();
    expect(replaces.get()).toBeNull();
    db.exec("DELETE FROM invitation WHERE id = 'sent'");
    expect(db.prepare('SELECT count(*) FROM attempt').pluck().get()).toBe(0);
  });
});
