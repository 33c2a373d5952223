import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { salvagePreservedData } from '../../../../electron/store/restore/preserved-data.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';

/**
 * How a restore treats each table. `of the backup`: the next hello to the site database notices that it is older, and shares and pulls
 * everything again.
 */
const TABLES: Readonly<
  Record<string, 'goes on' | 'is added' | 'column by column' | 'of the backup'>
> = {
  invitation: 'is added',
  attempt: 'is added',
  tally: 'is added',
  do_not_contact: 'goes on',
  last_send: 'goes on',
  list_columns: 'goes on',
  manager_pin: 'goes on',
  remembered: 'goes on',
  setting: 'goes on',
  meta: 'column by column',
  erasure_order: 'goes on',
  site_sharing: 'of the backup',
  unshared_invitation: 'of the backup',
  unshared_refusal: 'of the backup',
  site_claim: 'of the backup',
  refusal_hint: 'of the backup',
  erasure_to_apply: 'of the backup',
};

/** `own`: about the invitations of the backup. `doubted`: a restore writes a gap of its own. */
const META: Readonly<Record<string, 'goes on' | 'own' | 'doubted' | 'key'>> = {
  only_row: 'key',
  database_id: 'own',
  created_at: 'own',
  unfolded_below: 'own',
  known_since: 'own',
  gap: 'doubted',
  highest_instant: 'goes on',
  starts: 'goes on',
  machine: 'goes on',
  noticed_on: 'goes on',
  welcome: 'goes on',
  in_use: 'goes on',
  pause: 'goes on',
};

const SAMPLES = `
  INSERT INTO do_not_contact VALUES ('+33639980001', 5, 'Léa');
  INSERT INTO last_send (phone, sent_at, proof) VALUES ('+33639980002', 6, 'here');
  INSERT INTO list_columns VALUES ('${'a'.repeat(64)}', '[1,3]');
  INSERT INTO erasure_order VALUES ('key', 5, 1, 1, 9);
  INSERT INTO manager_pin VALUES (1, zeroblob(32), zeroblob(16), 2, 8, 1, 3);
  INSERT INTO remembered VALUES ('business', '', '"hotel"');
  INSERT INTO setting VALUES ('houseWindowDays', '90');
  UPDATE meta SET highest_instant = 9e12, starts = 7, machine = 'this-pc', noticed_on = 'this-pc',
    welcome = 'done', in_use = 'invitations', pause = '{"until":9}'`;

const namesOf = <T>(record: Readonly<Record<string, T>>, what: T) =>
  Object.keys(record).filter((name) => record[name] === what);

function aLogWith(sql: string): string {
  const path = newPath();
  open(path).close();
  tamper(path, (db) => db.exec(sql));
  return path;
}

function read(path: string, sql: string): readonly unknown[] {
  const db = new Database(path, { readonly: true });
  onTestFinished(() => void db.close());
  return db.prepare(sql).all();
}

test('[row 111] each table and each meta value either survives a restore or belongs to the invitations', () => {
  const path = aLogWith('');
  const tables = read(
    path,
    `SELECT name FROM pragma_table_list
     WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  const columns = read(path, "SELECT name FROM pragma_table_info('meta')");
  const inOrder = (names: readonly string[]) => names.map((name) => ({ name })).toSorted(byName);
  expect([...tables].toSorted(byName)).toEqual(inOrder(Object.keys(TABLES)));
  expect([...columns].toSorted(byName)).toEqual(inOrder(Object.keys(META)));
});

test('[row 111] the surviving data is taken over completely', () => {
  const [from, to] = [aLogWith(SAMPLES), aLogWith('')];
  const store = open(to);
  store.takeOver(salvagePreservedData(from));
  store.close();
  for (const table of namesOf(TABLES, 'goes on')) {
    const rows = read(from, `SELECT * FROM ${table}`);
    expect(rows, table).not.toEqual([]);
    expect(read(to, `SELECT * FROM ${table}`), table).toEqual(rows);
  }
  for (const column of namesOf(META, 'goes on')) {
    const value = read(from, `SELECT ${column} FROM meta`);
    expect(value, column).not.toEqual([{ [column]: null }]);
    expect(read(to, `SELECT ${column} FROM meta`), column).toEqual(value);
  }
});

function byName(one: unknown, other: unknown): number {
  return JSON.stringify(one).localeCompare(JSON.stringify(other));
}
