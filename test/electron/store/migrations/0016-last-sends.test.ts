import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { lastSends } from '../../../../electron/store/migrations/0016-last-sends.ts';
import { DAY_MS } from '../../../../shared/time.ts';
import { NINE } from '../../../support/builders/row.ts';

const INSERT = `
INSERT INTO invitation (
  id, token, business_id, phone, name, queued_at, state, state_at, attempts, unclear_attempts
) VALUES (:id, :id, 'b', '+33639980010', '', :at, 'cancelled', :at, 0, 0)`;

/** Since when an older database knows of every send, derived from its remaining invitations. */
function knownSince(work: (db: Database.Database) => void): unknown {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  const { version } = lastSends;
  migrate(db, { ...parts, migrations: MIGRATIONS.filter((one) => one.version < version) });
  db.prepare(INSERT).run({ id: 'old', at: NINE - 40 * DAY_MS });
  db.prepare(INSERT).run({ id: 'young', at: NINE - DAY_MS });
  work(db);
  db.transaction(() => lastSends.up(db, parts))();
  return db.prepare('SELECT known_since FROM meta').pluck().get();
}

describe('[row 131] an older database knows', () => {
  test('of every send, while no invitation was removed', () => {
    expect(knownSince(() => {})).toBeNull();
  });

  test('of sends since the oldest invitation that is left', () => {
    expect(knownSince((db) => db.exec("DELETE FROM invitation WHERE id = 'old'"))).toBe(
      NINE - DAY_MS,
    );
  });

  test('of no send before now, when none is left', () => {
    expect(knownSince((db) => db.exec('DELETE FROM invitation'))).toBe(NINE);
  });
});
