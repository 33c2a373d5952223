import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrate, type Migration, readVersion } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { aRow, NINE } from '../../../support/builders/row.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';
import { bundle, linesOf, run } from './in-a-process.ts';
import { keepOnDisk } from '../../../support/on-disk.ts';

keepOnDisk();

const CURRENT = MIGRATIONS.length;
const row = aRow();

/** A database of the current version with one invitation, closed. */
function filledPath(): string {
  const path = newPath();
  const store = open(path);
  store.insertInvitation(row);
  store.close();
  return path;
}

function upgrade(path: string, ...next: readonly Migration['up'][]): void {
  const added = next.map((up, index) => ({ version: CURRENT + 1 + index, up }));
  const migrations = [...MIGRATIONS, ...added];
  tamper(path, (db) => {
    migrate(db, { path, now: () => NINE, migrations });
  });
}

const columns = (path: string, table = 'invitation') =>
  tamper(path, (db) => db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all());
const version = (path: string) => tamper(path, readVersion);
const addColour: Migration['up'] = (db) => {
  db.exec('ALTER TABLE invitation ADD COLUMN colour TEXT');
};

describe('an upgrade', () => {
  test('runs every pending migration once', () => {
    const path = filledPath();
    upgrade(path, addColour, (db) => {
      db.exec("UPDATE invitation SET colour = 'red'");
    });
    expect(version(path)).toBe(CURRENT + 2);
    upgrade(path, addColour, addColour);
    expect(tamper(path, (db) => db.prepare('SELECT colour FROM invitation').pluck().all())).toEqual(
      ['red'],
    );
  });

  test('copies the database first, for this user only, unchanged', () => {
    const path = filledPath();
    upgrade(path, addColour);
    const copy = `${path}.before-v${CURRENT + 1}`;
    if (process.platform !== 'win32') expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(version(copy)).toBe(CURRENT);
    expect(columns(copy)).not.toContain('colour');
    // The copy is a complete database that this version works with.
    expect(open(copy).readRow(row.invitation.id)).toEqual(row);
  });

  test('copies nothing without a pending migration or a database', () => {
    const path = filledPath();
    upgrade(path);
    expect(readdirSync(dirname(path))).toEqual(['deskbell.db']);
  });

  test('changes nothing when it fails in the middle', () => {
    const path = filledPath();
    const before = columns(path);
    const fail = () => {
      throw new Error('in the middle');
    };
    expect(() => upgrade(path, addColour, fail)).toThrow('in the middle');
    expect(columns(path)).toEqual(before);
    expect(version(path)).toBe(CURRENT);
    expect(open(path).readRow(row.invitation.id)).toEqual(row);
  });

  test('may rebuild a table that others refer to, if all references still exist', () => {
    const rebuild = (where: string) => (db: Database.Database) => {
      db.exec(`
        CREATE TABLE copy AS SELECT * FROM invitation WHERE ${where};
        DELETE FROM invitation;
        INSERT INTO invitation SELECT * FROM copy;
        DROP TABLE copy`);
    };
    const path = newPath();
    const store = open(path);
    store.insertInvitation(row);
    store.claim(row.invitation.id, NINE);
    store.close();

    expect(() => upgrade(path, rebuild('0'))).toThrow('refer to nothing');
    upgrade(path, rebuild('1'));
    const attempts = 'SELECT count(*) FROM attempt JOIN invitation ON seq = invitation';
    expect(tamper(path, (db) => db.prepare(attempts).pluck().get())).toBe(1);
  });

  test('changes nothing and leaves no partial copy when the copy fails', () => {
    const path = filledPath();
    const copy = `${path}.before-v${CURRENT + 1}`;
    mkdirSync(join(copy, 'in the way'), { recursive: true });
    expect(() => upgrade(path, addColour)).toThrow(/EISDIR|EPERM|EEXIST|ENOTEMPTY/);
    expect(version(path)).toBe(CURRENT);
    expect(readdirSync(dirname(path)).toSorted()).toEqual(['deskbell.db', basename(copy)]);
  });

  test('overwrites the leftovers of an unfinished copy', () => {
    const path = filledPath();
    const copy = `${path}.before-v${CURRENT + 1}`;
    tamper(`${copy}.unfinished`, (db) => db.exec('CREATE TABLE old (x)'));
    upgrade(path, addColour);
    expect(existsSync(`${copy}.unfinished`)).toBe(false);
    expect(columns(copy, 'old')).toEqual([]);
  });
});

test('[row 6] killed at any step it leaves the old database and its copy; the next start completes it', async () => {
  const script = await bundle(join(import.meta.dirname, 'migrate-process.ts'));
  onTestFinished(script.remove);
  for (const step of [0, 1, 2, 3]) {
    const path = filledPath();
    const before = columns(path);
    await linesOf(run(script.path, [path, String(step)]));
    expect([step, version(path)]).toEqual([step, CURRENT]);
    expect(columns(path)).toEqual(before);
    expect(version(`${path}.before-v${CURRENT + 1}`)).toBe(CURRENT);

    await linesOf(run(script.path, [path, 'never']));
    expect(version(path)).toBe(CURRENT + 1);
    expect(tamper(path, (db) => db.prepare('SELECT colour FROM invitation').pluck().get())).toBe(
      'red',
    );
  }
});
