import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aLiveDatabase } from '../../../support/builders/live-database.ts';
import { aPhone, aRow } from '../../../support/builders/row.ts';

/** A closed database, and a copy of its whole folder. */
async function aCopiedFolder() {
  const database = aLiveDatabase();
  const store = await database.open();
  const row = aRow({ phone: aPhone(1) });
  store.insertInvitation(row);
  store.close();
  const copy = join(dirname(database.folder), 'copy');
  cpSync(database.folder, copy, { recursive: true });
  const putBack = () => {
    rmSync(database.folder, { recursive: true });
    cpSync(copy, database.folder, { recursive: true });
  };
  return { database, copy, putBack, id: row.invitation.id };
}

describe('[row 135] a restored data folder', () => {
  test('with a database that was started since is older, and open invitations wait for a person', async () => {
    const { database, putBack, id } = await aCopiedFolder();
    const later = await database.open();
    later.insertInvitation(aRow({ phone: aPhone(2) }));
    later.close();
    putBack();
    const store = await database.open();
    expect(store.readGap()).toMatchObject({ why: 'older', to: database.now() });
    expect(store.readRow(id)).toMatchObject({ onlyByPerson: true });
    const gap = store.readGap();
    store.close();
    // Reported once.
    expect((await database.open()).readGap()).toEqual(gap);
  });

  test('copied while Deskbell ran is older than the end of that run', async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    const copies = ['', '-wal'].map((beside) => readFileSync(`${database.files.path}${beside}`));
    const sentinel = readFileSync(database.files.sentinel);
    store.insertInvitation(aRow({ phone: aPhone(1) }));
    store.close();
    for (const [at, beside] of ['', '-wal'].entries())
      writeFileSync(`${database.files.path}${beside}`, copies[at] ?? '');
    writeFileSync(database.files.sentinel, sentinel);
    expect((await database.open()).readGap()?.why).toBe('older');
  });

  test('unchanged is no loss, nor is one without a record: after an update, or on another PC', async () => {
    const { database, putBack } = await aCopiedFolder();
    putBack();
    const store = await database.open();
    expect(store.readGap()).toBeUndefined();
    store.close();
    rmSync(database.files.startRecords, { recursive: true });
    expect((await database.open()).readGap()).toBeUndefined();
  });

  test('in another place is older when this PC went on in the first one', async () => {
    const { database, copy } = await aCopiedFolder();
    const files = { ...database.files, path: join(copy, 'deskbell.db') };
    const moved = aLiveDatabase({
      ...files,
      sentinel: join(copy, 'log-memory.json'),
      backups: join(copy, 'backups'),
      reservedSpace: join(copy, 'room-to-write'),
    });
    // As far as the first one: both go on independently.
    (await moved.open()).close();
    (await moved.open()).close();
    const first = await database.open();
    expect(first.readGap()).toBeUndefined();
    first.close();
    rmSync(join(database.files.startRecords, recordOf(moved, database)), { force: true });
    (await database.open()).close();
    (await database.open()).close();
    expect((await moved.open()).readGap()?.why).toBe('older');
  });
});

/** The record of the second place: not the one that was written last. */
function recordOf(
  moved: ReturnType<typeof aLiveDatabase>,
  first: ReturnType<typeof aLiveDatabase>,
): string {
  expect(moved.files.startRecords).toBe(first.files.startRecords);
  const names = readdirSync(first.files.startRecords);
  expect(names).toHaveLength(2);
  const starts = (name: string) =>
    readFileSync(join(first.files.startRecords, name), 'utf8').match(/"starts":(\d+)/)?.[1];
  return names.toSorted((one, other) => Number(starts(other)) - Number(starts(one)))[0] ?? '';
}

describe('[row 196] a database lost together with its sentinel', () => {
  const aUsedDatabase = async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    store.insertInvitation(aRow({ phone: aPhone(1) }));
    await database.backUp(store);
    store.close();
    return database;
  };

  test('and its whole folder is a loss, in live mode, reported once', async () => {
    const database = await aUsedDatabase();
    rmSync(database.folder, { recursive: true });
    const store = await database.open();
    expect(store.readGap()).toMatchObject({ why: 'missing', from: null, to: database.now() });
    expect(store.readInUse()).toBe('invitations');
    const gap = store.readGap();
    store.close();
    expect((await database.open()).readGap()).toEqual(gap);
  });

  test('but not with its backups is restored from the newest', async () => {
    const database = await aUsedDatabase();
    for (const name of ['deskbell.db', 'log-memory.json']) rmSync(join(database.folder, name));
    const store = await database.open();
    expect(store.readGap()).toMatchObject({ why: 'missing' });
    expect(store.listOpen()).toHaveLength(1);
  });

  test('is a loss too when its record cannot be read, or a run did not end', async () => {
    for (const record of ['x', '{"starts":1,"state":"in-use","inUse":false}']) {
      const database = await aUsedDatabase();
      const [name = ''] = readdirSync(database.files.startRecords);
      writeFileSync(join(database.files.startRecords, name), record);
      rmSync(database.folder, { recursive: true });
      const store = await database.open();
      expect(store.readGap()).toMatchObject({ why: 'missing', from: null });
      expect(store.readInUse()).toBe('invitations');
    }
  });

  test('was never used when its newest record says so', async () => {
    const database = aLiveDatabase();
    (await database.open()).close();
    rmSync(database.folder, { recursive: true });
    expect((await database.open()).readInUse()).toBeUndefined();
  });

  test('is no loss in a new place, whatever this PC has had elsewhere', async () => {
    const { database, copy } = await aCopiedFolder();
    const path = join(dirname(copy), 'new', 'deskbell.db');
    const elsewhere = aLiveDatabase({
      ...database.files,
      path,
      sentinel: join(dirname(path), 'log-memory.json'),
      backups: join(dirname(path), 'backups'),
      reservedSpace: join(dirname(path), 'room-to-write'),
    });
    const store = await elsewhere.open();
    expect(store.readGap()).toBeUndefined();
    expect(store.readInUse()).toBeUndefined();
  });

  test('is a first start once the records are deleted as well', async () => {
    const database = await aUsedDatabase();
    rmSync(database.folder, { recursive: true });
    rmSync(database.files.startRecords, { recursive: true });
    const store = await database.open();
    expect(store.readGap()).toBeUndefined();
    expect(store.readInUse()).toBeUndefined();
  });
});

test('[row 135] a record that cannot be written or read is ignored', async () => {
  const database = aLiveDatabase();
  writeFileSync(join(dirname(database.folder), 'records'), 'a file where the folder should be');
  for (let start = 0; start < 2; start += 1) {
    const store = await database.open();
    expect(store.readGap()).toBeUndefined();
    store.close();
  }
  expect(statSync(database.files.startRecords).isFile()).toBe(true);
  rmSync(database.files.startRecords);
  (await database.open()).close();
  for (const name of readdirSync(database.files.startRecords))
    writeFileSync(join(database.files.startRecords, name), 'x');
  expect((await database.open()).readGap()).toBeUndefined();
});

test('[row 135] a record contains only counts, readable for this user only', async () => {
  const database = aLiveDatabase();
  const store = await database.open();
  store.insertInvitation(aRow({ phone: aPhone(1) }));
  store.close();
  const [name = ''] = readdirSync(database.files.startRecords);
  const path = join(database.files.startRecords, name);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    starts: 1,
    state: 'closed',
    inUse: true,
  });
  expect(existsSync(`${path}.unfinished`)).toBe(false);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
});
