import { spawnSync } from 'node:child_process';
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkCopy } from '../../../../electron/store/file/check-copy.ts';
import { recordDamage } from '../../../../electron/store/file/recorded-starts.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../shared/time.ts';
import { replaceInFs } from '../../../support/builtin-fs.ts';
import { aLiveDatabase } from '../../../support/builders/live-database.ts';
import { A_PROGRESS, aDecision, aPhone, aRow, NINE } from '../../../support/builders/row.ts';
import { tamper } from '../../../support/builders/store.ts';

const onPosix = process.platform !== 'win32';

/** A database with a backup of three invitations, and a fourth one from an hour later. */
async function aDay() {
  const database = aLiveDatabase();
  const store = await database.open();
  for (const last of [1, 2, 3]) store.insertInvitation(aRow({ phone: aPhone(last) }));
  store.addDoNotContact({ phone: aPhone(50), since: NINE, staff: null });
  await database.backUp(store);
  database.passTime(HOUR_MS);
  store.insertInvitation(aRow({ phone: aPhone(4) }));
  store.addDoNotContact({ phone: aPhone(51), since: NINE + HOUR_MS, staff: null });
  store.close();
  database.passTime(MINUTE_MS);
  return database;
}

const damage = (path: string, change: (bytes: Buffer) => void) => {
  const bytes = readFileSync(path);
  change(bytes);
  writeFileSync(path, bytes);
};

const rootPageOf = (path: string, table: string) =>
  Number(
    tamper(path, (db) =>
      db.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').pluck().get(table),
    ),
  );

describe('an unusable database is replaced by the newest backup', () => {
  test.each([
    ['a damaged header', 3, (bytes: Buffer) => bytes.fill('x', 0, 100)],
    ['only zeros', 3, (bytes: Buffer) => bytes.fill(0)],
    ['a damaged page in the middle', 4, (bytes: Buffer) => bytes.fill(0xff, 3 * 4096, 4 * 4096)],
    ['an id of another program', 4, (bytes: Buffer) => bytes.fill(1, 68, 72)],
  ])('[row 54] [row 197] %s', async (_title, readable, change) => {
    const database = await aDay();
    damage(database.files.path, change);
    const broken = readFileSync(database.files.path);
    const store = await database.open();
    expect(store.listOpen()).toHaveLength(readable);
    expect(store.readGap()).toMatchObject({ why: 'damaged', from: NINE, to: database.now() });
    // It is kept unchanged, and no other files are left.
    const [aside = ''] = database.setAside();
    expect(readFileSync(join(database.folder, aside)).equals(broken)).toBe(true);
    expect(existsSync(`${database.files.path}.restored`)).toBe(false);
  });

  test('[row 54] [row 197] truncated after any page: restored, with the invitations before the cut', async () => {
    const database = await aDay();
    const whole = readFileSync(database.files.path);
    const sentinel = readFileSync(database.files.sentinel);
    let found = 0;
    for (let bytes = 4096; bytes < whole.length; bytes += 4096) {
      writeFileSync(database.files.path, whole);
      writeFileSync(database.files.sentinel, sentinel);
      truncateSync(database.files.path, bytes);
      const store = await database.open();
      found = store.countOpen();
      expect(found).toBeGreaterThanOrEqual(3);
      expect(store.readGap()?.why).toBe('damaged');
      store.close();
    }
    expect(found).toBe(4);
  });

  test('[row 54] with bytes flipped anywhere: no error, and never fewer invitations than the backup has', async () => {
    const database = await aDay();
    const whole = readFileSync(database.files.path);
    const sentinel = readFileSync(database.files.sentinel);
    for (let at = 0; at < whole.length; at += 2_039) {
      writeFileSync(database.files.path, whole);
      writeFileSync(database.files.sentinel, sentinel);
      damage(database.files.path, (bytes) => {
        for (let place = at; place < at + 16 && place < bytes.length; place += 1)
          bytes.writeUInt8((bytes[place] ?? 0) ^ 0xff, place);
      });
      let badRows = 0;
      const opening = await aLogAt(database, () => (badRows += 1));
      if (opening.kind === 'cannot-open') {
        // A flipped version number looks like a newer version: refused and kept.
        expect(opening.why).toBe('newer-database');
        continue;
      }
      expect(opening.store.countOpen() + badRows).toBeGreaterThanOrEqual(3);
      opening.store.close();
    }
  });

  test('[row 199] but not while the list of erased customers cannot be read', async () => {
    const database = await aDay();
    const due = join(database.files.backups, 'erasures-due.json');
    writeFileSync(due, 'x');
    damage(database.files.path, (bytes) => bytes.fill('x', 0, 100));
    const broken = readFileSync(database.files.path);
    expect(await database.tryOpen()).toEqual({
      kind: 'cannot-open',
      why: 'data-folder',
      detail: 'ERASURES_DUE',
    });
    expect(readFileSync(database.files.path)).toEqual(broken);
    rmSync(due);
    expect((await database.open()).listOpen()).toHaveLength(3);
  });

  test('[row 55] also when it is an empty file', async () => {
    const database = await aDay();
    truncateSync(database.files.path, 0);
    const store = await database.open();
    expect(store.listOpen()).toHaveLength(3);
    expect(store.readGap()).toMatchObject({ why: 'missing', from: NINE });
  });

  test('[row 55] or, without a backup, by an empty database that knows that it lacks everything', async () => {
    const database = await aDay();
    rmSync(database.files.path);
    rmSync(database.files.backups, { recursive: true });
    const store = await database.open();
    expect(store.listOpen()).toEqual([]);
    expect(store.readGap()).toMatchObject({ why: 'missing', from: null, to: database.now() });
  });

  test('[row 55] with an unreadable sentinel the loss is still noticed', async () => {
    const database = await aDay();
    rmSync(database.files.path);
    writeFileSync(database.files.sentinel, 'x');
    expect((await database.open()).readGap()?.why).toBe('missing');
  });

  test('[row 62] a damaged backup is skipped', async () => {
    const database = await aDay();
    const store = await database.open();
    const newer = await database.backUp(store);
    store.close();
    if (newer.kind !== 'made') throw new Error(newer.kind);
    damage(join(database.files.backups, newer.backup.name), (bytes) => bytes.fill(0xff, 2 * 4096));
    damage(database.files.path, (bytes) => bytes.fill('x', 0, 100));
    const restored = await database.open();
    expect(restored.listOpen()).toHaveLength(3);
    expect(restored.readGap()?.from).toBe(NINE);
  });

  test('[row 54] [row 111] later opt-outs, settings and PIN are kept, as far as they can be read', async () => {
    const database = await aDay();
    const before = await database.open();
    const pin = { hash: Buffer.alloc(32, 1), salt: Buffer.alloc(16, 2) };
    before.savePin({ ...pin, cost: 2, blockSize: 8, parallelism: 1 });
    before.countWrongTry();
    before.saveSettings({ houseWindowDays: 90 });
    before.remember({ kind: 'business', businessId: 'hotel' });
    before.keepWelcome('done');
    before.close();
    const page = rootPageOf(database.files.path, 'attempt');
    damage(database.files.path, (bytes) => bytes.fill(0xff, (page - 1) * 4096, page * 4096));
    const store = await database.open();
    expect(store.readGap()).toMatchObject({ why: 'damaged', from: NINE });
    expect(store.findDoNotContact(aPhone(51))).toBe(NINE + HOUR_MS);
    expect(store.findDoNotContact(aPhone(50))).toBe(NINE);
    expect(store.readPin()).toMatchObject({ ...pin, wrongTries: 1 });
    expect(store.readSettings()).toEqual({ houseWindowDays: 90 });
    expect(store.readRemembered().businessId).toBe('hotel');
    expect(store.readWelcome()).toBe('done');
  });

  test('[row 111] the unreadable part of list, settings and PIN comes from the backup', async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    // On several pages.
    const staff = 'Léa'.repeat(60);
    const phones = Array.from({ length: 99 }, (_, last) => aPhone(last));
    for (const phone of phones) store.addDoNotContact({ phone, since: NINE, staff });
    store.savePin({
      hash: Buffer.alloc(32, 1),
      salt: Buffer.alloc(16, 2),
      cost: 2,
      blockSize: 8,
      parallelism: 1,
    });
    store.saveSettings({ houseWindowDays: 30 });
    await database.backUp(store);
    store.saveSettings({ houseWindowDays: 90 });
    const last = aPhone(99);
    store.addDoNotContact({ phone: last, since: NINE, staff: null });
    store.close();
    for (const table of ['manager_pin', 'setting']) {
      const page = rootPageOf(database.files.path, table);
      damage(database.files.path, (bytes) => bytes.fill(0xff, (page - 1) * 4096, page * 4096));
    }
    damage(database.files.path, (bytes) => {
      const page = Math.floor(bytes.indexOf(aPhone(50)) / 4096);
      bytes.fill(0xff, page * 4096, (page + 1) * 4096);
    });
    const restored = await database.open();
    expect(restored.readGap()?.why).toBe('damaged');
    expect(restored.readPin()).toBeDefined();
    expect(restored.readSettings()).toEqual({ houseWindowDays: 30 });
    for (const phone of [...phones, last]) expect(restored.findDoNotContact(phone)).toBe(NINE);
  });

  test('[row 112] opt-outs are read from a newer, damaged backup too', async () => {
    const database = await aDay();
    const store = await database.open();
    store.addDoNotContact({ phone: aPhone(52), since: NINE, staff: null });
    const newer = await database.backUp(store);
    store.close();
    if (newer.kind !== 'made') throw new Error(newer.kind);
    const path = join(database.files.backups, newer.backup.name);
    const page = rootPageOf(path, 'attempt');
    damage(path, (bytes) => bytes.fill(0xff, (page - 1) * 4096, page * 4096));
    rmSync(database.files.path);
    const restored = await database.open();
    expect(restored.readGap()).toMatchObject({ why: 'missing', from: NINE });
    expect(restored.findDoNotContact(aPhone(52))).toBe(NINE);
  });

  test('[row 7] a restore that was killed in the middle is completed', async () => {
    const database = await aDay();
    // Between its last two steps: the damaged one is set aside, the copy has no name yet.
    rmSync(database.files.path);
    writeFileSync(`${database.files.path}.restored`, 'half a copy');
    const store = await database.open();
    expect(store.listOpen()).toHaveLength(3);
    expect(existsSync(`${database.files.path}.restored`)).toBe(false);
  });
});

test('[row 7] a restore killed before its last step leaves the old database and no other files', async () => {
  const database = await aDay();
  writeFileSync(`${database.files.path}.restored`, 'half a copy');
  const store = await database.open();
  expect(store.listOpen()).toHaveLength(4);
  expect(store.readGap()).toBeUndefined();
  expect(existsSync(`${database.files.path}.restored`)).toBe(false);
});

test('[row 171] a folder with the name of the database is no lost database, though Windows reports no size for it', async () => {
  const database = await aDay();
  rmSync(database.files.path);
  mkdirSync(database.files.path);
  asOnWindows();
  expect(await database.tryOpen()).toMatchObject({ kind: 'cannot-open', why: 'data-folder' });
  expect(statSync(database.files.path).isDirectory()).toBe(true);
  expect(database.setAside()).toEqual([]);
});

/** Folders have no size on Windows. */
function asOnWindows() {
  replaceInFs(fs, 'statSync', (real) =>
    Object.assign((...given: Parameters<typeof real>) => {
      const found = real(...given);
      return found?.isDirectory() ? Object.assign(found, { size: 0 }) : found;
    }, real),
  );
}

/** Opens the same files with rows that may be unreadable. */
function aLogAt(database: Awaited<ReturnType<typeof aDay>>, onBadRow: () => void) {
  return import('../../../../electron/store/file/open-live-database.ts').then(
    ({ openLiveDatabase }) => openLiveDatabase({ ...database.files, onBadRow }),
  );
}

describe('a database that is not the one that was closed', () => {
  test('[row 57] after a kill without its journal: open invitations are in doubt', async () => {
    const database = await aDay();
    const store = await database.open();
    const row = aRow({ phone: aPhone(9) });
    store.insertInvitation(row);
    database.kill(store);
    rmSync(`${database.files.path}-wal`);
    const opened = await database.open();
    expect(opened.readGap()).toMatchObject({ why: 'older', to: database.now() });
    expect(opened.listOpen().every(({ progress }) => progress.state === 'unconfirmed')).toBe(true);
  });

  test('[row 2] after a kill with its journal nothing is in doubt', async () => {
    const database = await aDay();
    const store = await database.open();
    const row = aRow({ phone: aPhone(9) });
    store.insertInvitation(row);
    database.kill(store);
    const opened = await database.open();
    expect(opened.readGap()).toBeUndefined();
    expect(opened.readRow(row.invitation.id)).toEqual(row);
  });

  test('[row 103] an older copy of the file, restored by hand, is noticed', async () => {
    const database = await aDay();
    const old = readFileSync(database.files.path);
    (await database.open()).close();
    writeFileSync(database.files.path, old);
    expect((await database.open()).readGap()?.why).toBe('older');
  });

  test('[row 103] another database is noticed', async () => {
    const [one, other] = [await aDay(), await aDay()];
    writeFileSync(one.files.path, readFileSync(other.files.path));
    expect((await one.open()).readGap()?.why).toBe('older');
  });

  test('one start after another causes no doubt', async () => {
    const database = await aDay();
    for (let start = 0; start < 3; start += 1) {
      const store = await database.open();
      expect(store.readGap()).toBeUndefined();
      store.close();
    }
    expect(database.setAside()).toEqual([]);
  });

  test('a database from before the sentinel is accepted as it is', async () => {
    const database = await aDay();
    rmSync(database.files.sentinel);
    expect((await database.open()).readGap()).toBeUndefined();
  });
});

test('[row 56] rebuilds an index that does not match its table, without a restore', async () => {
  const database = await aDay();
  const redefine = (sql: (before: string) => string) =>
    tamper(database.files.path, (db) => {
      db.unsafeMode(true);
      db.pragma('writable_schema = ON');
      const name = 'invitation_open_by_state';
      const before = db.prepare('SELECT sql FROM sqlite_master WHERE name = ?').pluck().get(name);
      db.prepare('UPDATE sqlite_master SET sql = ? WHERE name = ?').run(sql(String(before)), name);
      return String(before);
    });
  const right = redefine((before) => before.replace(/WHERE[^]*/, "WHERE state = 'accepted'"));
  tamper(database.files.path, (db) => db.exec('UPDATE invitation SET queued_at = queued_at + 1'));
  redefine(() => right);
  expect(
    tamper(database.files.path, (db) => db.pragma('integrity_check(1)', { simple: true })),
  ).not.toBe('ok');
  const store = await database.open();
  expect(store.listOpen()).toHaveLength(4);
  expect(store.readGap()).toBeUndefined();
  store.close();
  expect(checkCopy(database.files.path).kind).toBe('sound');
});

test('[row 54] checks a large database fully once damage was found in it', async () => {
  const database = await aDay();
  tamper(database.files.path, (db) => {
    db.exec('CREATE TABLE filling (bytes BLOB) STRICT');
    db.prepare('INSERT INTO filling VALUES (zeroblob(9000000))').run();
  });
  const page = rootPageOf(database.files.path, 'do_not_contact');
  damage(database.files.path, (bytes) => bytes.fill(0, (page - 1) * 4096, page * 4096));
  const unaware = await database.open();
  expect(unaware.readGap()).toBeUndefined();
  expect(await database.backUp(unaware)).toEqual({ kind: 'damaged' });
  unaware.close();
  recordDamage(database.files.sentinel);
  expect((await database.open()).readGap()?.why).toBe('damaged');
});

test('[row 164] damage found in use is remembered when the database closes', async () => {
  const database = await aDay();
  tamper(database.files.path, (db) => {
    db.exec('CREATE TABLE filling (bytes BLOB) STRICT');
    db.prepare('INSERT INTO filling VALUES (zeroblob(9000000))').run();
  });
  const page = rootPageOf(database.files.path, 'do_not_contact');
  damage(database.files.path, (bytes) => bytes.fill(0, (page - 1) * 4096, page * 4096));
  const unaware = await database.open();
  recordDamage(database.files.sentinel);
  unaware.close();
  const restored = await database.open();
  expect(restored.readGap()?.why).toBe('damaged');
  restored.close();
  // The restored database is sound: it is no longer checked fully.
  expect(readFileSync(database.files.sentinel, 'utf8')).not.toContain('damageMet');
});

test('[row 164] a false alarm of damage causes no doubt', async () => {
  const database = await aDay();
  const store = await database.open();
  recordDamage(database.files.sentinel);
  store.close();
  expect((await database.open()).readGap()).toBeUndefined();
});

describe('a file that is locked for a moment', () => {
  test('[row 51] is waited for without blocking the process', async () => {
    const database = await aDay();
    const holder = aLiveDatabase({ path: database.files.path });
    const held = await holder.open();
    let pauses = 0;
    let waitedMs = Infinity;
    const begin = performance.now();
    const patient = aLiveDatabase({
      ...database.files,
      pause: async () => {
        pauses += 1;
        if (pauses !== 2) return;
        waitedMs = performance.now() - begin;
        held.close();
      },
    });
    const store = await patient.open();
    expect(waitedMs).toBeLessThan(1_500);
    expect(pauses).toBe(2);
    expect(store.countOpen()).toBe(4);
  });

  test('[row 51] for longer is reported', async () => {
    const database = await aDay();
    await aLiveDatabase({ path: database.files.path }).open();
    const pauses: number[] = [];
    const patient = aLiveDatabase({
      ...database.files,
      pause: async (forMs) => void pauses.push(forMs),
    });
    expect(await patient.tryOpen()).toMatchObject({ kind: 'cannot-open', why: 'in-use' });
    expect(pauses).toEqual([300, 700, 1_000]);
  });
});

test.runIf(onPosix)(
  'database, journal, sentinel, reserved space and backups are readable for this user only',
  async () => {
    const database = aLiveDatabase();
    const store = await database.open();
    store.insertInvitation(aRow());
    const made = await database.backUp(store);
    if (made.kind !== 'made') throw new Error(made.kind);
    const { path, sentinel, reservedSpace, backups } = database.files;
    const modeOf = (file: string) => statSync(file).mode & 0o777;
    for (const file of [
      path,
      `${path}-wal`,
      sentinel,
      reservedSpace,
      join(backups, made.backup.name),
    ])
      expect([file, modeOf(file)]).toEqual([file, 0o600]);
    for (const folder of [dirname(path), backups])
      expect([folder, modeOf(folder)]).toEqual([folder, 0o700]);
  },
);

// Real disks: only root can make them this small.
describe.runIf(process.platform === 'linux' && process.geteuid?.() === 0)('on a small disk', () => {
  const mount = (folder: string, size: string) => {
    const disk = ['-t', 'tmpfs', '-o', `size=${size}`, 'deskbell-test', folder];
    if (spawnSync('mount', disk).status !== 0) return false;
    onTestFinished(() => void spawnSync('umount', ['-l', folder]));
    return true;
  };
  const fill = (folder: string) => {
    for (const bytes of [1 << 20, 4_096, 512]) {
      for (let nth = 0; ; nth += 1) {
        try {
          writeFileSync(join(folder, `fill-${bytes}-${nth}`), Buffer.alloc(bytes, 1));
        } catch {
          rmSync(join(folder, `fill-${bytes}-${nth}`), { force: true });
          break;
        }
      }
    }
  };

  test('[row 50] uses the reserved space to record an answer', async ({ skip }) => {
    const folder = join(dirname(aLiveDatabase().folder), 'disk');
    const database = aLiveDatabase();
    mkdirSync(folder, { recursive: true });
    if (!mount(folder, '3m')) return skip('mounting is not permitted here');
    const files = {
      ...database.files,
      path: join(folder, 'deskbell.db'),
      reservedSpace: join(folder, 'room'),
    };
    const store = await aLiveDatabase(files).open();
    const rows = Array.from({ length: 3 }, (_, place) => aRow({ phone: aPhone(place) }));
    for (const row of rows) store.insertInvitation(row);
    for (const row of rows) store.claim(row.invitation.id, NINE);
    fill(folder);
    for (const row of rows) {
      const outcome = { kind: 'refused', status: 400, text: 'x'.repeat(300) } as const;
      const decision = aDecision({ ...A_PROGRESS.refused, text: 'x'.repeat(300) });
      store.recordAttempt(row.invitation.id, { endedAt: NINE, outcome }, decision);
    }
    expect(existsSync(files.reservedSpace)).toBe(false);
    expect(rows.map((row) => store.readRow(row.invitation.id)?.invitation.progress.state)).toEqual(
      rows.map(() => 'refused'),
    );
  });

  test('[row 54] a damaged database is not set aside while there is no room for its backup', async ({
    skip,
  }) => {
    const database = await aDay();
    const broken = Buffer.from(readFileSync(database.files.path));
    broken.fill('x', 0, 100);
    const folder = join(database.folder, 'disk');
    mkdirSync(folder);
    if (!mount(folder, '1m')) return skip('mounting is not permitted here');
    const path = join(folder, 'deskbell.db');
    writeFileSync(path, broken);
    fill(folder);
    const small = aLiveDatabase({ ...database.files, path });
    expect(await small.tryOpen()).toMatchObject({ kind: 'cannot-open', why: 'disk-full' });
    expect(readFileSync(path).equals(broken)).toBe(true);
  });
});

test.runIf(onPosix && process.geteuid?.() !== 0)(
  '[row 52] reports a read-only folder',
  async () => {
    const database = await aDay();
    chmodSync(database.folder, 0o500);
    onTestFinished(() => chmodSync(database.folder, 0o700));
    expect(await database.tryOpen()).toMatchObject({ kind: 'cannot-open', why: 'data-folder' });
  },
);
