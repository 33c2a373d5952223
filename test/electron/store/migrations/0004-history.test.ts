import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { firstTables } from '../../../../electron/store/migrations/0001-first-tables.ts';
import { deliveryAndTime } from '../../../../electron/store/migrations/0002-delivery-and-time.ts';
import { managerPin } from '../../../../electron/store/migrations/0003-manager-pin.ts';
import { history } from '../../../../electron/store/migrations/0004-history.ts';
import { NINE } from '../../../support/builders/row.ts';

const rowOf = (id: string, phone: string, state: 'cancelled' | 'waiting') => `
  INSERT INTO invitation (
    id, token, business_id, phone, name, queued_at, state, state_at, due_at, attempts, unclear_attempts
  ) VALUES (
    '${id}', 't-${id}', 'b', '${phone}', 'Marie', ${NINE}, '${state}', ${NINE},
    ${state === 'waiting' ? NINE : 'NULL'}, 0, 0
  )`;

test('older ended invitations are indexed and counted, open ones are not', () => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  migrate(db, { ...parts, migrations: [firstTables, deliveryAndTime, managerPin] });
  db.exec(rowOf('old', '+33639980001', 'cancelled'));
  db.exec(rowOf('open', '+33639980002', 'waiting'));
  db.transaction(() => history.up(db, parts))();
  const found = db.prepare(
    'SELECT rowid FROM invitation_search WHERE invitation_search MATCH \'"063"\'',
  );
  expect(found.pluck().all()).toEqual([1]);
  expect(db.prepare('SELECT state, n FROM tally').all()).toEqual([{ state: 'cancelled', n: 1 }]);
});

test.each([
  ['+33639980001', '0639980001'],
  ['+12025550123', '02025550123'],
  ['+393331234567', '03331234567'],
  ['+35312345678', '012345678'],
])('stores %s in its national form %s', (phone, atHome) => {
  const db = new Database(':memory:');
  const parts = { path: ':memory:', now: () => NINE };
  migrate(db, { ...parts, migrations: [firstTables, deliveryAndTime, managerPin, history] });
  db.exec(rowOf('id', phone, 'cancelled'));
  const text = db.prepare('SELECT text FROM invitation_text').pluck().get();
  expect(text).toBe(`${phone} ${atHome}\nMarie\n`);
  // The index and the rows agree.
  db.exec("INSERT INTO invitation_search (invitation_search, rank) VALUES ('integrity-check', 1)");
});
