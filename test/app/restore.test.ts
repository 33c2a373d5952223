import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { listBackups } from '../../electron/store/file/backups.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { until } from '../support/clock.ts';
import { aPhone, HOTEL, openHouse, valueOf, type House } from '../support/app.ts';

const PIN = '4711';
const backUp = async (house: House) => {
  const { name } = valueOf(await house.call('backup.make', {}));
  await house.clock.advance(1);
  return name;
};
const restore = async (house: House, name: string) => {
  const answer = await house.call('backup.restore', { name });
  await house.rest();
  return answer;
};
const sayNo = async (house: House, last: number) =>
  valueOf(await house.call('doNotContact.optOut', { phone: aPhone(last), staff: 'Léa' }));
const isRefused = async (house: House, last: number) => {
  const question = { phone: aPhone(last), name: '', businessId: HOTEL.id, replaces: null };
  return valueOf(await house.call('verdict.check', question)).ruling.kind === 'do-not-contact';
};
const backupsHolding = (house: House, last: number) => {
  const folder = join(house.folder, 'backups');
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
    const house = await openHouse();
    await sayNo(house, 1);
    await house.call('lastChoice.save', { kind: 'business', businessId: HOTEL.id });
    valueOf(await house.call('settings.save', { houseWindowDays: 30 }));
    const name = await backUp(house);
    await sayNo(house, 2);
    await house.call('lastChoice.save', { kind: 'on-duty', onDuty: null });
    valueOf(await house.call('settings.save', { houseWindowDays: 90 }));
    valueOf(await house.call('pin.save', { current: null, next: PIN }));

    valueOf(await restore(house, name));
    const { settings, pin } = valueOf(await house.call('settings.read', {}));
    expect(settings.houseWindowDays).toBe(90);
    expect(pin.kind).toBe('unlocked');
    valueOf(await house.call('settings.lock', {}));
    expect(await house.call('settings.save', { houseWindowDays: 0 })).toMatchObject({ ok: false });
    expect([await isRefused(house, 1), await isRefused(house, 2)]).toEqual([true, true]);
  });

  test('a removed PIN does not come back, and wrong tries still count', async () => {
    const house = await openHouse();
    valueOf(await house.call('pin.save', { current: null, next: PIN }));
    const withPin = await backUp(house);
    valueOf(await house.call('pin.remove', { current: PIN }));
    const withoutPin = await backUp(house);
    valueOf(await restore(house, withPin));
    expect(valueOf(await house.call('settings.read', {})).pin).toEqual({ kind: 'none' });

    valueOf(await house.call('pin.save', { current: null, next: PIN }));
    for (const pin of ['1111', '2222', '3333'])
      expect(await house.call('kiosk.exit', { pin })).toMatchObject({ ok: false });
    valueOf(await restore(house, withoutPin));
    valueOf(await house.call('settings.lock', {}));
    expect(valueOf(await house.call('settings.read', {})).pin).toMatchObject({
      kind: 'locked',
      waitSeconds: expect.any(Number),
    });
    expect(await house.call('settings.unlock', { pin: PIN })).toMatchObject({
      failure: { kind: 'pin-wait', waitSeconds: expect.any(Number) },
    });
  });
});

describe('[row 112] an opt-out', () => {
  test('is in a backup within minutes, so that even a lost database keeps it', async () => {
    const house = await openHouse();
    await house.invite(1);
    await backUp(house);
    await sayNo(house, 2);
    await house.clock.advance(3 * MINUTE_MS);
    await until('a backup with it', () => backupsHolding(house, 2).length > 0);
    await house.app().close();
    rmSync(house.databaseFile);
    await house.boot();
    expect(await isRefused(house, 2)).toBe(true);
  });

  test('entered by a manager is there as soon', async () => {
    const house = await openHouse();
    await backUp(house);
    expect(valueOf(await house.call('doNotContact.add', { phone: aPhone(2) })).added).toBe(1);
    await house.clock.advance(3 * MINUTE_MS);
    await until('a backup with it', () => backupsHolding(house, 2).length > 0);
  });

  test('[row 115] cannot be removed from the list by its date after a restart or an hour', async () => {
    const house = await openHouse();
    const { since } = await sayNo(house, 1);
    await house.restart();
    await house.call('doNotContact.undoOptOut', { phone: aPhone(1), since });
    expect(await isRefused(house, 1)).toBe(true);
    const again = await sayNo(house, 2);
    await house.clock.advance(HOUR_MS);
    await house.call('doNotContact.undoOptOut', { phone: aPhone(2), since: again.since });
    expect(await isRefused(house, 2)).toBe(true);
  });
});

describe('during a restore', () => {
  test('[row 113] a saved invitation is in the backup of the replaced database, and an opt-out applies', async () => {
    const house = await openHouse();
    await house.vendor.refuseConnections();
    const name = await backUp(house);
    const restoring = house.call('backup.restore', { name });
    await house.invite(1);
    await sayNo(house, 2);
    valueOf(await restoring);
    await house.rest();
    expect(await isRefused(house, 2)).toBe(true);
    const { backups } = valueOf(await house.call('backup.list', {}));
    const before = backups.find(({ why }) => why === 'before-restore');
    expect(before?.invitations).toBe(1);
  });

  test('[row 113] [row 260] a second restore is refused, and the first one completes', async () => {
    const house = await openHouse();
    await house.invite(1);
    const one = await backUp(house);
    await house.invite(2);
    const two = await backUp(house);
    const answers = await Promise.all([
      house.call('backup.restore', { name: one }),
      house.call('backup.restore', { name: two }),
    ]);
    await house.rest();
    expect(answers).toEqual([
      { ok: true, value: {} },
      { ok: false, failure: { kind: 'backup', why: 'busy' } },
    ]);
    expect(await house.states()).toEqual(['accepted', 'accepted']);
  });

  test('[row 113] a desk session that is reopened keeps its database', async () => {
    const house = await openHouse();
    await house.invite(1);
    const name = await backUp(house);
    await house.invite(2);
    await Promise.all([
      house.call('backup.restore', { name }),
      house.call('app.retryStart', {}),
      house.call('app.retryStart', {}),
    ]);
    await house.rest();
    await house.clock.advance(HOUR_MS);
    expect(await house.states()).toEqual(['accepted', 'accepted']);
  });
});

describe('[row 114] an erasure that has not reached the backups yet', () => {
  const erased = async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.invite(2);
    await house.rest();
    await sayNo(house, 1);
    const name = await backUp(house);
    valueOf(await house.call('customer.erase', { phone: aPhone(1), refusal: 'kept', pin: null }));
    // Before the fresh backup is made.
    house.crash();
    expect(backupsHolding(house, 1)).toContain(name);
    return { house, name };
  };

  test('reaches them after the next start, and is then deleted from the list', async () => {
    const { house } = await erased();
    await house.boot();
    await house.clock.advance(3 * MINUTE_MS);
    await until(
      'fresh backups',
      () => !readdirSync(join(house.folder, 'backups')).some((file) => file.includes('erasures')),
    );
    const { backups } = valueOf(await house.call('backup.list', {}));
    expect(backups.map(({ invitations }) => invitations)).toEqual([1]);
    expect(await isRefused(house, 1)).toBe(true);
  });

  test('applies to a backup restored for a damaged database, and to one that a person restores', async () => {
    const { house, name } = await erased();
    rmSync(house.databaseFile);
    await house.boot();
    expect((await house.invitations()).map(({ phone }) => phone)).toEqual([aPhone(2)]);
    expect(await isRefused(house, 1)).toBe(true);
    valueOf(await restore(house, name));
    expect((await house.invitations()).map(({ phone }) => phone)).toEqual([aPhone(2)]);
    expect(readFileSync(house.databaseFile).includes('Marie Dupont')).toBe(true);
    await house.clock.advance(DAY_MS);
    expect(await isRefused(house, 1)).toBe(true);
  });
});

describe('[row 199] an unreadable list of erased customers', () => {
  const dueIn = (house: House) => join(house.folder, 'backups', 'erasures-due.json');
  const twoInABackup = async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.invite(2);
    await house.rest();
    return { house, name: await backUp(house) };
  };
  const erase = (house: House) =>
    house.call('customer.erase', { phone: aPhone(1), refusal: 'forgotten', pin: null });
  const phonesOf = async (house: House) =>
    (await house.invitations()).map(({ phone }) => phone).toSorted();

  test('blocks a restore until all backups are replaced', async () => {
    const { house, name } = await twoInABackup();
    valueOf(await erase(house));
    // Before the fresh backup is made.
    house.crash();
    writeFileSync(dueIn(house), 'x');
    await house.boot();
    expect(await restore(house, name)).toEqual({
      ok: false,
      failure: { kind: 'backup', why: 'failed' },
    });
    expect(await phonesOf(house)).toEqual([aPhone(2)]);
    expect(readFileSync(dueIn(house), 'utf8')).toBe('x');
    await house.clock.advance(3 * MINUTE_MS);
    await until('backups without the customer', () => !existsSync(dueIn(house)));
    expect(backupsHolding(house, 1)).toEqual([]);
  });

  test('is not overwritten by the next erasure', async () => {
    const { house } = await twoInABackup();
    writeFileSync(dueIn(house), 'x');
    valueOf(await erase(house));
    house.crash();
    expect(readFileSync(dueIn(house), 'utf8')).toBe('x');
  });
});

describe('[row 122] an invitation that ended after the backup', () => {
  /** An invitation that waits for the network, and a backup of it. */
  const waitingInABackup = async () => {
    const house = await openHouse();
    await house.vendor.refuseConnections();
    const { id } = await house.invite(1);
    const name = await backUp(house);
    await house.clock.advance(MINUTE_MS);
    return { house, id, name };
  };
  const goOnline = async (house: House) => {
    await house.vendor.acceptConnections();
    await house.clock.advance(HOUR_MS);
  };
  const attemptsOf = async (house: House, id: string) =>
    valueOf(await house.call('invitation.attempts', { id })).attempts;

  test('stays cancelled, and nothing is sent', async () => {
    const { house, id, name } = await waitingInABackup();
    valueOf(await house.call('invitation.cancel', { id }));
    valueOf(await restore(house, name));
    await goOnline(house);
    expect((await house.find(id)).progress.state).toBe('cancelled');
    expect(house.vendor.sms()).toEqual([]);
    expect(await attemptsOf(house, id)).toEqual([]);
  });

  test('with a wrong number that Edit replaced is not sent', async () => {
    const { house, id, name } = await waitingInABackup();
    await house.invite(2, { replaces: id });
    valueOf(await restore(house, name));
    await goOnline(house);
    expect((await house.find(id)).progress.state).toBe('cancelled');
    expect(house.vendor.sms().map(({ phone }) => phone)).toEqual([aPhone(2)]);
  });

  test('keeps its proof when it was sent, and stays closed when a person closed it', async () => {
    const { house, id, name } = await waitingInABackup();
    await goOnline(house);
    const sent = await house.find(id);
    expect(sent.progress).toMatchObject({ state: 'accepted', evidence: 'response' });
    const attempts = await attemptsOf(house, id);
    valueOf(await restore(house, name));
    expect(await house.find(id)).toEqual(sent);
    expect(await attemptsOf(house, id)).toEqual(attempts);
  });

  test('is read from a database that is damaged elsewhere', async () => {
    const { house, id } = await waitingInABackup();
    valueOf(await house.call('invitation.cancel', { id }));
    await house.app().close();
    damageAttempts(house.databaseFile);
    await house.boot();
    expect((await house.find(id)).progress.state).toBe('cancelled');
    await goOnline(house);
    expect(house.vendor.sms()).toEqual([]);
  });

  test('with an unknown end waits for a person, and Check again does not send it', async () => {
    const { house, id } = await waitingInABackup();
    valueOf(await house.call('invitation.cancel', { id }));
    await house.app().close();
    rmSync(house.databaseFile);
    await house.boot();
    await goOnline(house);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'unproved',
    });
    valueOf(await house.call('invitation.checkAgain', { id }));
    await house.clock.advance(HOUR_MS);
    expect((await house.find(id)).progress.state).toBe('needs_decision');
    expect(house.vendor.sms()).toEqual([]);
  });

  test('is found in one of the backups after an earlier restore lost its end', async () => {
    const house = await openHouse();
    await house.vendor.refuseConnections();
    const before = await backUp(house);
    const { id } = await house.invite(1);
    const name = await backUp(house);
    valueOf(await house.call('invitation.cancel', { id }));
    await house.clock.advance(1);
    valueOf(await restore(house, before));
    await house.clock.advance(1);
    valueOf(await restore(house, name));
    await goOnline(house);
    expect((await house.find(id)).progress.state).toBe('cancelled');
    expect(house.vendor.sms()).toEqual([]);
  });

  test('the data gap names the restore, also after a start, and unchanged invitations are certain', async () => {
    const { house, id, name } = await waitingInABackup();
    const before = await attemptsOf(house, id);
    await house.restart();
    await house.restart();
    valueOf(await restore(house, name));
    const gapOf = async () => {
      const desk = valueOf(await house.call('app.read', {}));
      return desk.kind === 'open' ? desk.gap : null;
    };
    const gap = await gapOf();
    expect(gap).toMatchObject({ why: 'restored' });
    await house.restart();
    expect(await gapOf()).toEqual(gap);
    expect(await attemptsOf(house, id)).toEqual(before);
  });
});

describe('[row 197] an invitation that was typed after the backup', () => {
  const reached = (house: House) =>
    house.vendor
      .sms()
      .map(({ phone }) => phone)
      .toSorted((one, other) => one.localeCompare(other));
  const storyOf = async (house: House, id: string) =>
    valueOf(await house.call('invitation.attempts', { id }));
  const goOnline = async (house: House) => {
    await house.vendor.acceptConnections();
    await house.clock.advance(HOUR_MS);
  };

  test('stays as it is, with its attempts; a waiting one is sent once', async () => {
    const house = await openHouse();
    const name = await backUp(house);
    const message = 'Bonjour, votre avis nous intéresse : @link';
    const sent = await house.invite(1, { staff: 'Léa', consented: true, message });
    await house.rest();
    await house.vendor.refuseConnections();
    const waiting = await house.invite(2, { staff: 'Léa', consented: true, message });
    await house.rest();
    const before = await house.invitations();
    const stories = await Promise.all([sent, waiting].map(({ id }) => storyOf(house, id)));
    expect(stories[0]?.attempts).toHaveLength(1);
    valueOf(await restore(house, name));
    expect(await house.invitations()).toEqual(before);
    expect(await Promise.all([sent, waiting].map(({ id }) => storyOf(house, id)))).toEqual(stories);
    await goOnline(house);
    expect(reached(house)).toEqual([1, 2].map(aPhone));
    expect(await house.states()).toEqual(['accepted', 'accepted']);
    await house.restart();
    expect(await house.invitations()).toHaveLength(2);
  });

  test('stays as Edit left it, and only the corrected number gets an SMS', async () => {
    const house = await openHouse();
    await house.vendor.refuseConnections();
    const [called, wrong] = [await house.invite(1), await house.invite(2)];
    const name = await backUp(house);
    valueOf(await house.call('invitation.cancel', { id: called.id }));
    const right = await house.invite(3, { replaces: wrong.id });
    const again = await house.invite(5, { replaces: right.id });
    const before = await house.invitations();
    valueOf(await restore(house, name));
    expect(await house.invitations()).toEqual(before);
    expect((await house.find(again.id)).replaces).toBe(right.id);
    await goOnline(house);
    expect(reached(house)).toEqual([aPhone(5)]);
  });

  test('and one that waits unchanged since before it is not in doubt', async () => {
    const house = await openHouse();
    await house.vendor.refuseConnections();
    const { id } = await house.invite(1);
    const name = await backUp(house);
    valueOf(await restore(house, name));
    expect(await house.find(id)).toMatchObject({
      mayHaveLeft: false,
      progress: { state: 'waiting' },
    });
    expect((await storyOf(house, id)).attempts).toEqual([]);
    await goOnline(house);
    expect(reached(house)).toEqual([aPhone(1)]);
  });

  test('and the later delivery of an SMS that had ended are kept', async () => {
    const house = await openHouse();
    const { id } = await house.invite(1);
    await house.rest();
    const name = await backUp(house);
    await house.clock.advance(HOUR_MS);
    const before = await house.find(id);
    expect(before.progress).toMatchObject({ state: 'accepted', delivery: 'delivered' });
    await house.vendor.refuseConnections();
    valueOf(await restore(house, name));
    expect(await house.find(id)).toEqual(before);
  });

  test('is read from a damaged database: a sent one is known, a waiting one needs a decision', async () => {
    const house = await openHouse();
    await backUp(house);
    await house.invite(1);
    await house.rest();
    await house.vendor.refuseConnections();
    const waiting = await house.invite(2);
    await house.app().close();
    damageAttempts(house.databaseFile);
    await house.boot();
    expect(await house.states()).toEqual(['accepted', 'unconfirmed']);
    await goOnline(house);
    expect((await house.find(waiting.id)).progress.state).toBe('needs_decision');
    expect(reached(house)).toEqual([aPhone(1)]);
  });

  test('is read from a damaged database without any backup', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.rest();
    await house.app().close();
    damageAttempts(house.databaseFile);
    await house.boot();
    expect(await house.states()).toEqual(['accepted']);
  });

  test('stays when its customer was erased before; the erased invitations do not return', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.rest();
    const name = await backUp(house);
    valueOf(
      await house.call('customer.erase', { phone: aPhone(1), refusal: 'forgotten', pin: null }),
    );
    // Before the fresh backup is made.
    house.crash();
    await house.boot();
    await house.vendor.refuseConnections();
    const again = await house.invite(1);
    valueOf(await restore(house, name));
    expect((await house.invitations()).map(({ id }) => id)).toEqual([again.id]);
  });
});
