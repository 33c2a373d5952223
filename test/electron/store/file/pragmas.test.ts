import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  assertPragmas,
  assertSqliteVersion,
  setSessionPragmas,
} from '../../../../electron/store/file/pragmas.ts';
import { newPath, open, temporaryFolder } from '../../../support/builders/store.ts';

function connect(path: string): Database.Database {
  const db = new Database(path);
  onTestFinished(() => void db.close());
  return db;
}

function prepared(): Database.Database {
  const db = connect(join(temporaryFolder(), 'deskbell.db'));
  setSessionPragmas(db);
  db.pragma('journal_mode = WAL');
  return db;
}

describe('the pragmas of a connection', () => {
  test('hold once they are set', () => {
    expect(() => assertPragmas(prepared())).not.toThrow();
  });

  test.each([
    ['synchronous', 2],
    ['journal_mode', 'wal'],
    ['locking_mode', 'exclusive'],
    ['fullfsync', 1],
    ['checkpoint_fullfsync', 1],
    ['foreign_keys', 1],
    ['trusted_schema', 0],
    ['secure_delete', 1],
    ['cell_size_check', 1],
    ['temp_store', 2],
    ['busy_timeout', 2_000],
  ])('%s is %s', (name, value) => {
    expect(prepared().pragma(name, { simple: true })).toBe(value);
  });

  test('[row 60] end with it: the next connection would lose the last commits at a power cut', () => {
    const path = newPath();
    open(path).close();
    expect(connect(path).pragma('synchronous', { simple: true })).toBe(1);
  });

  test.each([
    'synchronous = NORMAL',
    'journal_mode = DELETE',
    'locking_mode = NORMAL',
    'fullfsync = OFF',
    'checkpoint_fullfsync = OFF',
    'foreign_keys = OFF',
    'ignore_check_constraints = ON',
    'trusted_schema = ON',
    'secure_delete = FAST',
    'cell_size_check = OFF',
    'temp_store = FILE',
    'busy_timeout = 0',
  ])('are checked: a wrong %s is noticed', (pragma) => {
    const db = prepared();
    db.pragma(pragma);
    expect(() => assertPragmas(db)).toThrow(`PRAGMA ${pragma.split(' ')[0]} is`);
  });
});

describe('[row 61] the version of SQLite', () => {
  test.each(['3.51.3', '3.51.10', '3.53.0', '4.0.0'])('%s is new enough', (version) => {
    expect(() => assertSqliteVersion(version)).not.toThrow();
  });

  test.each(['3.51.2', '3.50.9', '2.99.99', ''])('%s is too old', (version) => {
    expect(() => assertSqliteVersion(version)).toThrow('older than 3.51.3');
  });
});
