import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { seenBusiness } from '../../../../electron/store/migrations/0017-seen-business.ts';
import { NINE } from '../../../support/builders/row.ts';

const INSERT = `
INSERT INTO invitation (
  id, token, business_id, phone, name, force_reason, seen_sent_at, queued_at, promised_at, state, state_at,
  attempts, unclear_attempts
) VALUES (:id, :id, 'b', '+33639980010', '', :reason, :seen, 2, 2, 'cancelled', 2, 0, 0)`;

test('[row 202] an older forced invitation has no business of the SMS that was seen', () => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  const { version } = seenBusiness;
  migrate(db, { ...parts, migrations: MIGRATIONS.filter((one) => one.version < version) });
  db.prepare(INSERT).run({ id: 'forced', reason: 'Lost it', seen: 1 });
  db.prepare(INSERT).run({ id: 'plain', reason: null, seen: null });
  db.transaction(() => seenBusiness.up(db, parts))();
  const found = db.prepare('SELECT id, seen_business_id FROM invitation ORDER BY seq').raw();
  expect(found.all()).toEqual([
    ['forced', null],
    ['plain', null],
  ]);
  const nothingSeen = "UPDATE invitation SET seen_business_id = 'b' WHERE id = 'plain'";
  expect(() => db.exec(nothingSeen)).toThrow('CHECK constraint');
});
