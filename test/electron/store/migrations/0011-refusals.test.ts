import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { refusals } from '../../../../electron/store/migrations/0011-refusals.ts';
import { NINE } from '../../../support/builders/row.ts';

const INSERT = `
  INSERT INTO invitation (
    id, token, business_id, phone, name, queued_at, state, state_at, why, refusal_text,
    attempts, last_attempt_at, unclear_attempts
  )
  VALUES (:id, :id, 'hotel', '+33639980001', '', ${NINE}, 'refused', ${NINE}, 'invalid', 'No', 2, ${NINE}, 0)`;
const ATTEMPT = `
  INSERT INTO attempt (invitation, nth, started_at, ended_at, outcome)
  SELECT seq, :nth, ${NINE}, ${NINE}, :outcome FROM invitation WHERE id = :id`;

test('[row 124] an older refusal gets its status from its last attempt', () => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  migrate(db, {
    ...parts,
    migrations: MIGRATIONS.filter(({ version }) => version < refusals.version),
  });
  const refuse = (id: string, last: object) => {
    db.prepare(INSERT).run({ id });
    const not = { kind: 'not-sent', cause: 'dns' };
    db.prepare(ATTEMPT).run({ id, nth: 1, outcome: JSON.stringify(not) });
    db.prepare(ATTEMPT).run({ id, nth: 2, outcome: JSON.stringify(last) });
  };
  refuse('asked', { kind: 'refused', status: 400, text: 'No' });
  refuse('absent', { kind: 'refused', status: 404, text: 'No' });
  refuse('odd', { kind: 'unclear', cause: 'reset' });
  db.transaction(() => refusals.up(db, parts))();

  const read = db.prepare('SELECT id, refusal_status FROM invitation ORDER BY seq').raw();
  expect(read.all()).toEqual([
    ['asked', 400],
    ['absent', 404],
    ['odd', null],
  ]);
  expect(() => db.exec('UPDATE invitation SET refusal_status = 200')).toThrow('CHECK constraint');
});
