import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../../electron/store/file/open-store.ts';
import { aPhone, aRow, NINE } from '../../../support/builders/row.ts';
import {
  newPath,
  open,
  tamper,
  temporaryFolder,
  tryOpen,
} from '../../../support/builders/store.ts';

const onPosix = process.platform !== 'win32';

/** A database with one invitation, closed. */
function filledPath(): string {
  const path = newPath();
  const store = open(path);
  store.insertInvitation(aRow());
  store.close();
  return path;
}

/** Opens as a user bound by file permissions; root is not. */
function tryOpenUnprivileged(path: string) {
  if (process.geteuid?.() !== 0) return tryOpen(path);
  process.seteuid?.(65_534);
  try {
    return tryOpen(path);
  } finally {
    process.seteuid?.(0);
  }
}

describe('a first start', () => {
  test('creates the folder and the file, for this user only', () => {
    const path = newPath();
    open(path).insertInvitation(aRow());
    const mode = (file: string) => statSync(file).mode & 0o777;
    if (onPosix) {
      expect(mode(dirname(path))).toBe(0o700);
      for (const name of readdirSync(dirname(path)))
        expect(mode(join(dirname(path), name))).toBe(0o600);
    }
    expect(readdirSync(dirname(path)).toSorted()).toEqual(['deskbell.db', 'deskbell.db-wal']);
  });

  test('fills an empty file left by a crash', () => {
    const path = join(temporaryFolder(), 'deskbell.db');
    writeFileSync(path, '');
    expect(open(path).countOpen()).toBe(0);
  });
});

describe('every later start', () => {
  test('finds the same database', () => {
    const path = newPath();
    const first = open(path);
    const { databaseId } = first;
    first.close();
    expect(databaseId).toMatch(/^[0-9a-f]{32}$/);
    expect(open(path).databaseId).toBe(databaseId);
    expect(open(newPath()).databaseId).not.toBe(databaseId);
  });

  test('commits durably, whatever the last connection had set', () => {
    const path = filledPath();
    tamper(path, (db) => {
      db.pragma('journal_mode = DELETE');
      db.pragma('synchronous = OFF');
    });
    // Opening reads every pragma back and throws when one differs.
    expect(open(path).countOpen()).toBe(1);
  });

  test('opens the database of a killed process', () => {
    const path = newPath();
    const store = open(path);
    store.insertInvitation(aRow());
    // A crash leaves the file with its journal, nothing written back.
    const crashed = join(temporaryFolder(), 'deskbell.db');
    copyFileSync(path, crashed);
    copyFileSync(`${path}-wal`, `${crashed}-wal`);
    expect(open(crashed).countOpen()).toBe(1);
  });

  test('opens the rest when the journal of a killed process was deleted', () => {
    const path = newPath();
    const store = open(path);
    store.insertInvitation(aRow());
    const bereft = join(temporaryFolder(), 'deskbell.db');
    copyFileSync(path, bereft);
    const reopened = open(bereft);
    expect(reopened.databaseId).toBe(store.databaseId);
    expect(reopened.countOpen()).toBe(0);
  });

  test('leaves one file after closing', () => {
    const path = filledPath();
    expect(readdirSync(dirname(path))).toEqual(['deskbell.db']);
  });
});

describe('an unusable folder is reported', () => {
  const why = (path: string) => {
    const opening = tryOpenUnprivileged(path);
    return opening.kind === 'cannot-open' ? [opening.why, opening.detail] : ['open'];
  };

  test('because a part of its path is a file', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(why(join(file, 'deskbell.db'))[0]).toBe('data-folder');
  });

  test('because the database is a folder', () => {
    const path = join(temporaryFolder(), 'deskbell.db');
    mkdirSync(path);
    chmodSync(path, 0o777);
    const [name, code] = why(path);
    expect(name).toBe('data-folder');
    // Windows is more specific: SQLITE_CANTOPEN_ISDIR.
    expect(code).toMatch(/^SQLITE_CANTOPEN/);
  });

  test.runIf(onPosix)('because the database is a dangling link', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    symlinkSync(join(folder, 'gone', 'deskbell.db'), join(folder, 'deskbell.db'));
    expect(why(join(folder, 'deskbell.db'))).toEqual(['data-folder', 'EEXIST']);
  });

  test.runIf(onPosix)('because no file may be created in it', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    expect(why(join(folder, 'data', 'deskbell.db'))).toEqual(['data-folder', 'EACCES']);
    expect(why(join(folder, 'deskbell.db'))).toEqual(['data-folder', 'EACCES']);
  });

  test.runIf(onPosix)('because the database is read-only', () => {
    const path = join(temporaryFolder(), 'deskbell.db');
    open(path).close();
    chmodSync(path, 0o444);
    expect(why(path)[0]).toBe('data-folder');
  });

  test.runIf(onPosix)('because no other file can be created beside the database', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'deskbell.db');
    open(path).close();
    chmodSync(folder, 0o555);
    if (process.geteuid?.() === 0) chownSync(path, 65_534, 65_534);
    expect(why(path)[0]).toBe('data-folder');
  });
});

describe('a database of a newer version', () => {
  test('is refused and left unchanged', () => {
    const path = filledPath();
    tamper(path, (db) => db.pragma('user_version = 1000'));
    const before = readFileSync(path);
    expect(tryOpen(path)).toEqual({
      kind: 'cannot-open',
      why: 'newer-database',
      detail: 'USER_VERSION_1000',
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['deskbell.db']);
  });
});

describe('a damaged database', () => {
  const why = (path: string) => {
    const opening = tryOpen(path);
    return opening.kind === 'cannot-open' ? [opening.why, opening.detail] : ['open'];
  };
  const damage = (path: string, change: (bytes: Buffer) => void) => {
    const bytes = readFileSync(path);
    change(bytes);
    writeFileSync(path, bytes);
  };

  test('with an overwritten header is refused', () => {
    const path = filledPath();
    damage(path, (bytes) => bytes.fill('x', 0, 100));
    expect(why(path)).toEqual(['damaged-database', 'SQLITE_NOTADB']);
  });

  test('that is truncated is refused', () => {
    const path = filledPath();
    truncateSync(path, 2 * 4096);
    expect(why(path)[0]).toBe('damaged-database');
  });

  test('with a page of zeros in the middle that no query reads is refused', () => {
    const path = filledPath();
    const page = tamper(path, (db) =>
      db
        .prepare("SELECT rootpage FROM sqlite_master WHERE name = 'invitation_finished'")
        .pluck()
        .get(),
    );
    damage(path, (bytes) => bytes.fill(0, (Number(page) - 1) * 4096, Number(page) * 4096));
    expect(why(path)[0]).toBe('damaged-database');
  });

  test('is left unchanged', () => {
    const path = filledPath();
    damage(path, (bytes) => bytes.fill('x', 0, 100));
    const before = readFileSync(path);
    tryOpen(path);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('of another program is not mistaken for ours', () => {
    const path = join(temporaryFolder(), 'deskbell.db');
    tamper(path, (db) => db.exec('CREATE TABLE note (text TEXT)'));
    expect(why(path)).toEqual(['damaged-database', 'APPLICATION_ID']);
    expect(tamper(path, (db) => db.pragma('user_version', { simple: true }))).toBe(0);
  });
});

describe('a database in use', () => {
  const HOLD = `
    const db = new (require('better-sqlite3'))(process.argv[1]);
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN IMMEDIATE');
    process.stdout.write('held');
    setInterval(() => {}, 1000);`;

  test('is refused after two seconds, and free as soon as the other process dies', async () => {
    const path = filledPath();
    const holder = spawn(process.execPath, ['-e', HOLD, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');

    const begin = performance.now();
    expect(tryOpen(path)).toEqual({ kind: 'cannot-open', why: 'in-use', detail: 'SQLITE_BUSY' });
    const waitedMs = performance.now() - begin;
    expect(waitedMs).toBeGreaterThan(1_500);
    expect(waitedMs).toBeLessThan(4_000);

    const dead = once(holder, 'exit');
    holder.kill('SIGKILL');
    await dead;
    expect(open(path).countOpen()).toBe(1);
  });

  test('by Deskbell is locked for others, even for reading, and is not disturbed by them', () => {
    const path = filledPath();
    const store = open(path);
    expect(tryOpen(path)).toMatchObject({ kind: 'cannot-open', why: 'in-use' });
    const peek = new Database(path, { readonly: true, timeout: 0 });
    onTestFinished(() => void peek.close());
    expect(() => peek.prepare('SELECT count(*) FROM invitation').get()).toThrow('locked');
    store.insertInvitation(aRow({ phone: aPhone(1) }));
    expect(store.countOpen()).toBe(2);
  });
});

test('a closed store does nothing', () => {
  const opening = openStore({ path: newPath(), now: () => NINE, onBadRow: () => {} });
  if (opening.kind !== 'open') throw new Error(opening.why);
  opening.store.close();
  opening.store.close();
  expect(() => opening.store.countOpen()).toThrow('not open');
});
