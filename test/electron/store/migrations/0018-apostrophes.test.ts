import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { apostrophes } from '../../../../electron/store/migrations/0018-apostrophes.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { EVERYTHING } from '../../../../shared/history-query.ts';
import { NINE } from '../../../support/builders/row.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';

/** A stored name, and its folded form in the version before; null where the index folded it. */
const NAMES: readonly (readonly [name: string, folded: string | null])[] = [
  ["O'Brien", null],
  ['D’Arcy', "d'arcy\n"],
  ['Marie Dupont', null],
  ['Łukasz', 'lukasz\n'],
];

test('names with an apostrophe are found without it, after some small steps [row 240]', () => {
  const path = newPath();
  mkdirSync(dirname(path), { recursive: true });
  tamper(path, (db) => {
    const earlier = MIGRATIONS.filter(({ version }) => version < apostrophes.version);
    migrate(db, { path, now: () => NINE, migrations: earlier });
    const insert = db.prepare(`
      INSERT INTO invitation (
        id, token, business_id, phone, name, folded, queued_at, promised_at, state, state_at, attempts, unclear_attempts
      ) VALUES (:id, :id, 'b', '+33639980010', :name, :folded, ${NINE}, ${NINE}, 'cancelled', ${NINE}, 0, 0)`);
    for (const [name, folded] of NAMES) insert.run({ id: randomUUID(), name, folded });
  });
  const store = open(path);
  const find = (text: string) =>
    store
      .listFinished({ filter: { ...EVERYTHING, text }, before: null, limit: 9 })
      .invitations.map(({ name }) => name);
  expect(store.hasUnfolded()).toBe(true);
  while (store.foldSome() === 'more') expect(store.hasUnfolded()).toBe(true);
  expect(store.hasUnfolded()).toBe(false);
  expect(find('obrien')).toEqual(["O'Brien"]);
  expect(find('darcy')).toEqual(['D’Arcy']);
  expect(find("d'arcy")).toEqual(['D’Arcy']);
  expect(find('lukasz')).toEqual(['Łukasz']);
  expect(find('marie')).toEqual(['Marie Dupont']);
});

test('a database without invitations has nothing to fold [row 240]', () => {
  expect(open(newPath()).hasUnfolded()).toBe(false);
});
