import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { listBackups } from '../../electron/store/file/backups.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { until } from '../support/clock.ts';
import { aPhone, HOTEL, openTestApp, valueOf, type TestApp } from '../support/app.ts';

const PIN = '4711';
const backUp = async (testApp: TestApp) => {
  const { name } = valueOf(await testApp.call('backup.make', {}));
  await testApp.clock.advance(1);
  return name;
};
const restore = async (testApp: TestApp, name: string) => {
  const answer = await testApp.call('backup.restore', { name });
  await testApp.rest();
  return answer;
};
const sayNo = async (testApp: TestApp, last: number) =>
  valueOf(await testApp.call('doNotContact.optOut', { phone: aPhone(last), staff: 'Léa' }));
const isRefused = async (testApp: TestApp, last: number) => {
  const question = { phone: aPhone(last), name: '', businessId: HOTEL.id, replaces: null };
  return valueOf(await testApp.call('verdict.check', question)).ruling.kind === 'do-not-contact';
};
const backupsHolding = (testApp: TestApp, last: number) => {
  const folder = join(testApp.folder, 'backups');
  // Without the running backup: it gets its name while it is checked.
  return listBackups(folder)
    .map(({ name }) => name)
    .filter((name) => readFileSync(join(folder, name)).includes(aPhone(last)));
};

/** The database file after a disk fault: a page of another table cannot be read. */
const damageAttempts = (path: string) => {
  const db = new Database(path);
  const page = Number(
    db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'attempt'").pluck().get(),
  );
  db.close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, (page - 1) * 4096, page * 4096);
  writeFileSync(path, bytes);
};

describe('[row 111] a restore replaces invitations only', () => {
  test('settings, PIN, last choices and the do-not-contact list stay', async () => {
    const testApp = await openTestApp();
    await sayNo(testApp, 1);
    await testApp.call('lastChoice.save', { kind: 'business', businessId: HOTEL.id });
    valueOf(await testApp.call('settings.save', { houseWindowDays: 30 }));
    const name = await backUp(testApp);
    await sayNo(testApp, 2);
    await testApp.call('lastChoice.save', { kind: 'on-duty', onDuty: null });
    valueOf(await testApp.call('settings.save', { houseWindowDays: 90 }));
    valueOf(await testApp.call('pin.save', { current: null, next: PIN }));

    valueOf(await restore(testApp, name));
    const { settings, pin } = valueOf(await testApp.call('settings.read', {}));
    expect(settings.houseWindowDays).toBe(90);
    expect(pin.kind).toBe('unlocked');
    valueOf(await testApp.call('settings.lock', {}));
    expect(await testApp.call('settings.save', { houseWindowDays: 0 })).toMatchObject({
      ok: false,
    });
    expect([await isRefused(testApp, 1), await isRefused(testApp, 2)]).toEqual([true, true]);
  });

  test('a removed PIN does not come back, and wrong tries still count', async () => {
    const testApp = await openTestApp();
    valueOf(await testApp.call('pin.save', { current: null, next: PIN }));
    const withPin = await backUp(testApp);
    valueOf(await testApp.call('pin.remove', { current: PIN }));
    const withoutPin = await backUp(testApp);
    valueOf(await restore(testApp, withPin));
    expect(valueOf(await testApp.call('settings.read', {})).pin).toEqual({ kind: 'none' });

    valueOf(await testApp.call('pin.save', { current: null, next: PIN }));
    for (const pin of ['1111', '2222', '3333'])
      expect(await testApp.call('kiosk.exit', { pin })).toMatchObject({ ok: false });
    valueOf(await restore(testApp, withoutPin));
    valueOf(await testApp.call('settings.lock', {}));
    expect(valueOf(await testApp.call('settings.read', {})).pin).toMatchObject({
      kind: 'locked',
      waitSeconds: expect.any(Number),
    });
    expect(await testApp.call('settings.unlock', { pin: PIN })).toMatchObject({
      failure: { kind: 'pin-wait', waitSeconds: expect.any(Number) },
    });
  });
});

describe('[row 112] an opt-out', () => {
  test('is in a backup within minutes, so that even a lost database keeps it', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await backUp(testApp);
    await sayNo(testApp, 2);
    await testApp.clock.advance(3 * MINUTE_MS);
    await until('a backup with it', () => backupsHolding(testApp, 2).length > 0);
    await testApp.app().close();
    rmSync(testApp.databaseFile);
    await testApp.boot();
    expect(await isRefused(testApp, 2)).toBe(true);
  });

  test('entered by a manager is there as soon', async () => {
    const testApp = await openTestApp();
    await backUp(testApp);
    expect(valueOf(await testApp.call('doNotContact.add', { phone: aPhone(2) })).added).toBe(1);
    await testApp.clock.advance(3 * MINUTE_MS);
    await until('a backup with it', () => backupsHolding(testApp, 2).length > 0);
  });

  test('[row 115] cannot be removed from the list by its date after a restart or an hour', async () => {
    const testApp = await openTestApp();
    const { since } = await sayNo(testApp, 1);
    await testApp.restart();
    await testApp.call('doNotContact.undoOptOut', { phone: aPhone(1), since });
    expect(await isRefused(testApp, 1)).toBe(true);
    const again = await sayNo(testApp, 2);
    await testApp.clock.advance(HOUR_MS);
    await testApp.call('doNotContact.undoOptOut', { phone: aPhone(2), since: again.since });
    expect(await isRefused(testApp, 2)).toBe(true);
  });
});

describe('during a restore', () => {
  test('[row 113] a saved invitation is in the backup of the replaced database, and an opt-out applies', async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    const name = await backUp(testApp);
    const restoring = testApp.call('backup.restore', { name });
    await testApp.invite(1);
    await sayNo(testApp, 2);
    valueOf(await restoring);
    await testApp.rest();
    expect(await isRefused(testApp, 2)).toBe(true);
    const { backups } = valueOf(await testApp.call('backup.list', {}));
    const before = backups.find(({ why }) => why === 'before-restore');
    expect(before?.invitations).toBe(1);
  });

  test('[row 113] [row 260] a second restore is refused, and the first one completes', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    const one = await backUp(testApp);
    await testApp.invite(2);
    const two = await backUp(testApp);
    const answers = await Promise.all([
      testApp.call('backup.restore', { name: one }),
      testApp.call('backup.restore', { name: two }),
    ]);
    await testApp.rest();
    expect(answers).toEqual([
      { ok: true, value: {} },
      { ok: false, failure: { kind: 'backup', why: 'busy' } },
    ]);
    expect(await testApp.states()).toEqual(['accepted', 'accepted']);
  });

  test('[row 113] a desk session that is reopened keeps its database', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    const name = await backUp(testApp);
    await testApp.invite(2);
    await Promise.all([
      testApp.call('backup.restore', { name }),
      testApp.call('app.retryStart', {}),
      testApp.call('app.retryStart', {}),
    ]);
    await testApp.rest();
    await testApp.clock.advance(HOUR_MS);
    expect(await testApp.states()).toEqual(['accepted', 'accepted']);
  });
});

describe('[row 114] an erasure that has not reached the backups yet', () => {
  const erased = async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.invite(2);
    await testApp.rest();
    await sayNo(testApp, 1);
    const name = await backUp(testApp);
    valueOf(await testApp.call('customer.erase', { phone: aPhone(1), refusal: 'kept', pin: null }));
    // Before the fresh backup is made.
    testApp.crash();
    expect(backupsHolding(testApp, 1)).toContain(name);
    return { testApp, name };
  };

  test('reaches them after the next start, and is then deleted from the list', async () => {
    const { testApp } = await erased();
    await testApp.boot();
    await testApp.clock.advance(3 * MINUTE_MS);
    await until(
      'fresh backups',
      () => !readdirSync(join(testApp.folder, 'backups')).some((file) => file.includes('erasures')),
    );
    const { backups } = valueOf(await testApp.call('backup.list', {}));
    expect(backups.map(({ invitations }) => invitations)).toEqual([1]);
    expect(await isRefused(testApp, 1)).toBe(true);
  });

  test('applies to a backup restored for a damaged database, and to one that a person restores', async () => {
    const { testApp, name } = await erased();
    rmSync(testApp.databaseFile);
    await testApp.boot();
    expect((await testApp.invitations()).map(({ phone }) => phone)).toEqual([aPhone(2)]);
    expect(await isRefused(testApp, 1)).toBe(true);
    valueOf(await restore(testApp, name));
    expect((await testApp.invitations()).map(({ phone }) => phone)).toEqual([aPhone(2)]);
    expect(readFileSync(testApp.databaseFile).includes('Marie Dupont')).toBe(true);
    await testApp.clock.advance(DAY_MS);
    expect(await isRefused(testApp, 1)).toBe(true);
  });
});

describe('[row 199] an unreadable list of erased customers', () => {
  const dueIn = (testApp: TestApp) => join(testApp.folder, 'backups', 'erasures-due.json');
  const twoInABackup = async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.invite(2);
    await testApp.rest();
    return { testApp, name: await backUp(testApp) };
  };
  const erase = (testApp: TestApp) =>
    testApp.call('customer.erase', { phone: aPhone(1), refusal: 'forgotten', pin: null });
  const phonesOf = async (testApp: TestApp) =>
    (await testApp.invitations()).map(({ phone }) => phone).toSorted();

  test('blocks a restore until all backups are replaced', async () => {
    const { testApp, name } = await twoInABackup();
    valueOf(await erase(testApp));
    // Before the fresh backup is made.
    testApp.crash();
    writeFileSync(dueIn(testApp), 'x');
    await testApp.boot();
    expect(await restore(testApp, name)).toEqual({
      ok: false,
      failure: { kind: 'backup', why: 'failed' },
    });
    expect(await phonesOf(testApp)).toEqual([aPhone(2)]);
    expect(readFileSync(dueIn(testApp), 'utf8')).toBe('x');
    await testApp.clock.advance(3 * MINUTE_MS);
    await until('backups without the customer', () => !existsSync(dueIn(testApp)));
    expect(backupsHolding(testApp, 1)).toEqual([]);
  });

  test('is not overwritten by the next erasure', async () => {
    const { testApp } = await twoInABackup();
    writeFileSync(dueIn(testApp), 'x');
    valueOf(await erase(testApp));
    testApp.crash();
    expect(readFileSync(dueIn(testApp), 'utf8')).toBe('x');
  });
});

describe('[row 122] an invitation that ended after the backup', () => {
  /** An invitation that waits for the network, and a backup of it. */
  const waitingInABackup = async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    const { id } = await testApp.invite(1);
    const name = await backUp(testApp);
    await testApp.clock.advance(MINUTE_MS);
    return { testApp, id, name };
  };
  const goOnline = async (testApp: TestApp) => {
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(HOUR_MS);
  };
  const attemptsOf = async (testApp: TestApp, id: string) =>
    valueOf(await testApp.call('invitation.attempts', { id })).attempts;

  test('stays cancelled, and nothing is sent', async () => {
    const { testApp, id, name } = await waitingInABackup();
    valueOf(await testApp.call('invitation.cancel', { id }));
    valueOf(await restore(testApp, name));
    await goOnline(testApp);
    expect((await testApp.find(id)).progress.state).toBe('cancelled');
    expect(testApp.vendor.sms()).toEqual([]);
    expect(await attemptsOf(testApp, id)).toEqual([]);
  });

  test('with a wrong number that Edit replaced is not sent', async () => {
    const { testApp, id, name } = await waitingInABackup();
    await testApp.invite(2, { replaces: id });
    valueOf(await restore(testApp, name));
    await goOnline(testApp);
    expect((await testApp.find(id)).progress.state).toBe('cancelled');
    expect(testApp.vendor.sms().map(({ phone }) => phone)).toEqual([aPhone(2)]);
  });

  test('keeps its proof when it was sent, and stays closed when a person closed it', async () => {
    const { testApp, id, name } = await waitingInABackup();
    await goOnline(testApp);
    const sent = await testApp.find(id);
    expect(sent.progress).toMatchObject({ state: 'accepted', evidence: 'response' });
    const attempts = await attemptsOf(testApp, id);
    valueOf(await restore(testApp, name));
    expect(await testApp.find(id)).toEqual(sent);
    expect(await attemptsOf(testApp, id)).toEqual(attempts);
  });

  test('is read from a database that is damaged elsewhere', async () => {
    const { testApp, id } = await waitingInABackup();
    valueOf(await testApp.call('invitation.cancel', { id }));
    await testApp.app().close();
    damageAttempts(testApp.databaseFile);
    await testApp.boot();
    expect((await testApp.find(id)).progress.state).toBe('cancelled');
    await goOnline(testApp);
    expect(testApp.vendor.sms()).toEqual([]);
  });

  test('with an unknown end waits for a person, and Check again does not send it', async () => {
    const { testApp, id } = await waitingInABackup();
    valueOf(await testApp.call('invitation.cancel', { id }));
    await testApp.app().close();
    rmSync(testApp.databaseFile);
    await testApp.boot();
    await goOnline(testApp);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'unproved',
    });
    valueOf(await testApp.call('invitation.checkAgain', { id }));
    await testApp.clock.advance(HOUR_MS);
    expect((await testApp.find(id)).progress.state).toBe('needs_decision');
    expect(testApp.vendor.sms()).toEqual([]);
  });

  test('is found in one of the backups after an earlier restore lost its end', async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    const before = await backUp(testApp);
    const { id } = await testApp.invite(1);
    const name = await backUp(testApp);
    valueOf(await testApp.call('invitation.cancel', { id }));
    await testApp.clock.advance(1);
    valueOf(await restore(testApp, before));
    await testApp.clock.advance(1);
    valueOf(await restore(testApp, name));
    await goOnline(testApp);
    expect((await testApp.find(id)).progress.state).toBe('cancelled');
    expect(testApp.vendor.sms()).toEqual([]);
  });

  test('the data gap names the restore, also after a start, and unchanged invitations are certain', async () => {
    const { testApp, id, name } = await waitingInABackup();
    const before = await attemptsOf(testApp, id);
    await testApp.restart();
    await testApp.restart();
    valueOf(await restore(testApp, name));
    const gapOf = async () => {
      const snapshot = valueOf(await testApp.call('app.read', {}));
      return snapshot.kind === 'open' ? snapshot.gap : null;
    };
    const gap = await gapOf();
    expect(gap).toMatchObject({ why: 'restored' });
    await testApp.restart();
    expect(await gapOf()).toEqual(gap);
    expect(await attemptsOf(testApp, id)).toEqual(before);
  });
});

describe('[row 197] an invitation that was typed after the backup', () => {
  const reached = (testApp: TestApp) =>
    testApp.vendor
      .sms()
      .map(({ phone }) => phone)
      .toSorted((one, other) => one.localeCompare(other));
  const storyOf = async (testApp: TestApp, id: string) =>
    valueOf(await testApp.call('invitation.attempts', { id }));
  const goOnline = async (testApp: TestApp) => {
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(HOUR_MS);
  };

  test('stays as it is, with its attempts; a waiting one is sent once', async () => {
    const testApp = await openTestApp();
    const name = await backUp(testApp);
    const message = 'Bonjour, votre avis nous intéresse : @link';
    const sent = await testApp.invite(1, { staff: 'Léa', consented: true, message });
    await testApp.rest();
    await testApp.vendor.refuseConnections();
    const waiting = await testApp.invite(2, { staff: 'Léa', consented: true, message });
    await testApp.rest();
    const before = await testApp.invitations();
    const stories = await Promise.all([sent, waiting].map(({ id }) => storyOf(testApp, id)));
    expect(stories[0]?.attempts).toHaveLength(1);
    valueOf(await restore(testApp, name));
    expect(await testApp.invitations()).toEqual(before);
    expect(await Promise.all([sent, waiting].map(({ id }) => storyOf(testApp, id)))).toEqual(
      stories,
    );
    await goOnline(testApp);
    expect(reached(testApp)).toEqual([1, 2].map(aPhone));
    expect(await testApp.states()).toEqual(['accepted', 'accepted']);
    await testApp.restart();
    expect(await testApp.invitations()).toHaveLength(2);
  });

  test('stays as Edit left it, and only the corrected number gets an SMS', async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    const [called, wrong] = [await testApp.invite(1), await testApp.invite(2)];
    const name = await backUp(testApp);
    valueOf(await testApp.call('invitation.cancel', { id: called.id }));
    const right = await testApp.invite(3, { replaces: wrong.id });
    const again = await testApp.invite(5, { replaces: right.id });
    const before = await testApp.invitations();
    valueOf(await restore(testApp, name));
    expect(await testApp.invitations()).toEqual(before);
    expect((await testApp.find(again.id)).replaces).toBe(right.id);
    await goOnline(testApp);
    expect(reached(testApp)).toEqual([aPhone(5)]);
  });

  test('and one that waits unchanged since before it is not in doubt', async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    const { id } = await testApp.invite(1);
    const name = await backUp(testApp);
    valueOf(await restore(testApp, name));
    expect(await testApp.find(id)).toMatchObject({
      mayHaveLeft: false,
      progress: { state: 'waiting' },
    });
    expect((await storyOf(testApp, id)).attempts).toEqual([]);
    await goOnline(testApp);
    expect(reached(testApp)).toEqual([aPhone(1)]);
  });

  test('and the later delivery of an SMS that had ended are kept', async () => {
    const testApp = await openTestApp();
    const { id } = await testApp.invite(1);
    await testApp.rest();
    const name = await backUp(testApp);
    await testApp.clock.advance(HOUR_MS);
    const before = await testApp.find(id);
    expect(before.progress).toMatchObject({ state: 'accepted', delivery: 'delivered' });
    await testApp.vendor.refuseConnections();
    valueOf(await restore(testApp, name));
    expect(await testApp.find(id)).toEqual(before);
  });

  test('is read from a damaged database: a sent one is known, a waiting one needs a decision', async () => {
    const testApp = await openTestApp();
    await backUp(testApp);
    await testApp.invite(1);
    await testApp.rest();
    await testApp.vendor.refuseConnections();
    const waiting = await testApp.invite(2);
    await testApp.app().close();
    damageAttempts(testApp.databaseFile);
    await testApp.boot();
    expect(await testApp.states()).toEqual(['accepted', 'unconfirmed']);
    await goOnline(testApp);
    expect((await testApp.find(waiting.id)).progress.state).toBe('needs_decision');
    expect(reached(testApp)).toEqual([aPhone(1)]);
  });

  test('is read from a damaged database without any backup', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.rest();
    await testApp.app().close();
    damageAttempts(testApp.databaseFile);
    await testApp.boot();
    expect(await testApp.states()).toEqual(['accepted']);
  });

  test('stays when its customer was erased before; the erased invitations do not return', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.rest();
    const name = await backUp(testApp);
    valueOf(
      await testApp.call('customer.erase', { phone: aPhone(1), refusal: 'forgotten', pin: null }),
    );
    // Before the fresh backup is made.
    testApp.crash();
    await testApp.boot();
    await testApp.vendor.refuseConnections();
    const again = await testApp.invite(1);
    valueOf(await restore(testApp, name));
    expect((await testApp.invitations()).map(({ id }) => id)).toEqual([again.id]);
  });
});
