import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { classifyStorageError } from '../../../../electron/store/file/storage-errors.ts';
import { temporaryFolder } from '../../../support/builders/store.ts';

function connect(path: string, options?: Database.Options): Database.Database {
  const db = new Database(path, options);
  onTestFinished(() => void db.close());
  return db;
}

function whyFails(work: () => unknown) {
  try {
    work();
  } catch (error) {
    return classifyStorageError(error);
  }
  throw new Error('It worked');
}

describe('the errors that SQLite throws', () => {
  test('when the disk is full', () => {
    const db = connect(':memory:');
    db.exec('CREATE TABLE t (x)');
    db.pragma('max_page_count = 4');
    expect(whyFails(() => db.exec('INSERT INTO t VALUES (zeroblob(100000))'))).toBe('full');
  });

  test('when the file can only be read', () => {
    const path = join(temporaryFolder(), 'a.db');
    connect(path).exec('CREATE TABLE t (x)');
    const db = connect(path, { readonly: true });
    expect(whyFails(() => db.exec('INSERT INTO t VALUES (1)'))).toBe('read-only');
  });

  test('when it cannot be opened', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    expect(whyFails(() => new Database(folder))).toBe('read-only');
  });

  test('when another program writes', () => {
    const path = join(temporaryFolder(), 'a.db');
    connect(path).exec('BEGIN IMMEDIATE');
    expect(whyFails(() => connect(path, { timeout: 0 }).exec('BEGIN IMMEDIATE'))).toBe('busy');
  });

  test('when the file is no database', () => {
    const path = join(temporaryFolder(), 'a.db');
    writeFileSync(path, 'x'.repeat(4096));
    expect(whyFails(() => connect(path).pragma('user_version'))).toBe('damaged');
  });

  test('when a page is damaged', () => {
    const path = join(temporaryFolder(), 'a.db');
    const db = new Database(path);
    db.exec('CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(50000))');
    db.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 4096, 8192));
    expect(whyFails(() => connect(path).prepare('SELECT * FROM t').all())).toBe('damaged');
  });
});

test.each([
  ['SQLITE_IOERR_FSYNC', 'failed'],
  ['SQLITE_NOMEM', 'failed'],
  ['SQLITE_READONLY_DBMOVED', 'read-only'],
  ['SQLITE_BUSY_SNAPSHOT', 'busy'],
  ['SQLITE_CORRUPT_INDEX', 'damaged'],
  ['SQLITE_CONSTRAINT_UNIQUE', undefined],
  ['SQLITE_ERROR', undefined],
  ['SQLITE_MISUSE', undefined],
])('%s is %s', (code, why) => {
  expect(classifyStorageError(new Database.SqliteError('', code))).toBe(why);
});

test.each([new Error('SQLITE_FULL'), { code: 'SQLITE_FULL' }, 'SQLITE_FULL', null, undefined])(
  '%j was not thrown by SQLite and is a bug',
  (error) => {
    expect(classifyStorageError(error)).toBeUndefined();
  },
);
