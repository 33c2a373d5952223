import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { consentBy } from '../../../../electron/store/migrations/0012-consent-by.ts';
import { NINE } from '../../../support/builders/row.ts';

const INSERT = `
INSERT INTO invitation (
  id, token, business_id, phone, name, staff, consent_at, queued_at, state, state_at, attempts, unclear_attempts
) VALUES (:id, :id, 'b', '+33639980010', '', 'Léa', :consent, 1, 'cancelled', 1, 0, 0)`;

test('[row 132] an older consent was given to the colleague who sent', () => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  const { version } = consentBy;
  migrate(db, { ...parts, migrations: MIGRATIONS.filter((one) => one.version < version) });
  db.prepare(INSERT).run({ id: 'given', consent: NINE });
  db.prepare(INSERT).run({ id: 'not asked', consent: null });
  db.transaction(() => consentBy.up(db, parts))();
  expect(db.prepare('SELECT id, consent_by FROM invitation ORDER BY seq').raw().all()).toEqual([
    ['given', 'Léa'],
    ['not asked', null],
  ]);
  const nobodyAgreed = "UPDATE invitation SET consent_by = 'Paul' WHERE id = 'not asked'";
  expect(() => db.exec(nobodyAgreed)).toThrow('CHECK constraint');
});
