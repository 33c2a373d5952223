import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { foldedNames } from '../../../../electron/store/migrations/0015-folded-names.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { EVERYTHING } from '../../../../shared/history-query.ts';
import { NINE } from '../../../support/builders/row.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';

const NAMES = ['Андрей Йовчев', 'Marie Dupont', 'O’Brien', '김민수', 'Élodie'];

test('older names are found as they are typed, after some small steps [row 154]', () => {
  const path = newPath();
  mkdirSync(dirname(path), { recursive: true });
  tamper(path, (db) => {
    const earlier = MIGRATIONS.filter(({ version }) => version < foldedNames.version);
    migrate(db, { path, now: () => NINE, migrations: earlier });
    const insert = db.prepare(`
      INSERT INTO invitation (
        id, token, business_id, phone, name, queued_at, promised_at, state, state_at, attempts, unclear_attempts
      ) VALUES (:id, :id, 'b', :phone, :name, ${NINE}, ${NINE}, 'cancelled', ${NINE}, 0, 0)`);
    for (let turn = 0; turn < 600; turn += 1)
      insert.run({
        id: randomUUID(),
        phone: `+33639980${String(turn).padStart(3, '0')}`,
        name: NAMES[turn] ?? `Łukasz ${turn}`,
      });
  });
  const store = open(path);
  const find = (text: string) =>
    store.listFinished({ filter: { ...EVERYTHING, text }, before: null, limit: 9 }).invitations;
  // Names that the index folds by itself are found all the time.
  expect(find('elodie')).toHaveLength(1);
  expect(store.hasUnfolded()).toBe(true);
  let steps = 0;
  while (store.foldSome() === 'more') steps += 1;
  expect(steps).toBeGreaterThan(50);
  expect(store.hasUnfolded()).toBe(false);
  for (const name of NAMES) expect(find(name).map((one) => one.name)).toEqual([name]);
  expect(find("o'brien")).toHaveLength(1);
  expect(find('lukasz 599').map((one) => one.name)).toEqual(['Łukasz 599']);
});

test('a database without invitations has nothing to fold [row 154]', () => {
  expect(open(newPath()).hasUnfolded()).toBe(false);
});
