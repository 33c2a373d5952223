import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { promisedDeparture } from '../../../../electron/store/migrations/0009-promised-departure.ts';
import { HOUR_MS } from '../../../../shared/time.ts';
import { NINE } from '../../../support/builders/row.ts';

const INSERT = `
INSERT INTO invitation (
  id, token, business_id, phone, name, force_reason, queued_at, state, state_at, due_at, why,
  attempts, last_attempt_at, unclear_attempts
) VALUES (
  :id, :id, 'b', :phone, '', :force, :queued, :state, :at, :due, :why, :attempts, :last, 0
)`;

test('[row 126] an older invitation counts its age from its promised time', () => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  const { version } = promisedDeparture;
  migrate(db, { ...parts, migrations: MIGRATIONS.filter((one) => one.version < version) });
  const opening = NINE + 12 * HOUR_MS;
  const released = NINE + HOUR_MS;
  const rows = [
    { id: 'held', state: 'held', at: NINE, due: opening, why: 'hours' },
    { id: 'released', state: 'waiting', at: released, due: released },
    { id: 'tried', state: 'waiting', at: released, due: released, attempts: 1 },
    { id: 'forced', state: 'waiting', at: released, due: released, force: 'R' },
    { id: 'ended', state: 'cancelled', at: released },
  ];
  rows.forEach((row, nth) =>
    db.prepare(INSERT).run({
      phone: `+336399800${10 + nth}`,
      queued: NINE,
      force: null,
      due: null,
      why: null,
      attempts: 0,
      last: (row.attempts ?? 0) > 0 ? released : null,
      ...row,
    }),
  );
  db.transaction(() => promisedDeparture.up(db, parts))();
  const read = db.prepare('SELECT id, promised_at FROM invitation ORDER BY seq').raw();
  expect(read.all()).toEqual([
    ['held', opening],
    ['released', released],
    ['tried', NINE],
    ['forced', NINE],
    ['ended', NINE],
  ]);
});
