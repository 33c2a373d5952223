import Database from 'better-sqlite3';
import { cpSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { until } from '../support/clock.ts';
import { openStore } from '../../electron/store/file/open-store.ts';
import { aRow } from '../support/builders/row.ts';
import { filesHolding } from '../support/find-text-in-files.ts';
import { aPhone, NINE, openHouse, valueOf, WINDOW_SCOPES, type House } from '../support/app.ts';

const SEARCH = '/review_booster/search-invitation';

const numbers = (house: House) =>
  house.vendor
    .sms()
    .map(({ phone }) => phone)
    .toSorted((one, other) => one.localeCompare(other));
const gapOf = async (house: House) => {
  const desk = valueOf(await house.call('app.read', {}));
  if (desk.kind !== 'open') throw new Error(desk.problem.kind);
  return desk.gap;
};
const backUp = async (house: House) => valueOf(await house.call('backup.make', {}));
const restore = async (house: House, name: string) => {
  const answer = await house.call('backup.restore', { name });
  await house.rest();
  return answer;
};

describe('the daily backup', () => {
  test('[row 7] is made in the background once a day, and old ones are deleted', async () => {
    const house = await openHouse();
    await house.invite(1);
    const list = async () => valueOf(await house.call('backup.list', {})).backups;
    expect(await list()).toEqual([]);
    for (let day = 1; day <= 9; day += 1) {
      const before = readdirSync(house.folder).includes('backups')
        ? readdirSync(join(house.folder, 'backups'))
        : [];
      await house.clock.advance(day === 1 ? 3 * MINUTE_MS : DAY_MS);
      await until('a backup', () => {
        const now = readdirSync(join(house.folder, 'backups'));
        return now.some((name) => name.includes('daily') && !before.includes(name));
      });
      // The running check sets the timer of the next one.
      await house.restart();
    }
    const backups = await list();
    expect(new Set(backups.map(({ takenAt }) => Math.floor(takenAt / DAY_MS))).size).toBe(7);
    expect(backups.every(({ why, invitations }) => why === 'daily' && invitations === 1)).toBe(
      true,
    );
  });

  test('is not made for practice', async () => {
    const house = await openHouse({ start: 'practice' });
    await house.invite(1);
    await backUp(house);
    expect(readdirSync(join(house.folder, 'practice'))).not.toContain('backups');
  });
});

describe.each(WINDOW_SCOPES)(
  '[row 103] restoring a backup (ten days for each %s)',
  (windowScope) => {
    test('sends nothing again that was sent since, and finds its proof', async () => {
      const house = await openHouse({ rules: { windowScope } });
      await house.vendor.refuseConnections();
      await house.invite(1);
      await house.invite(2);
      const backup = await backUp(house);
      await house.vendor.acceptConnections();
      await house.clock.advance(HOUR_MS);
      await house.invite(3);
      await house.rest();
      expect(numbers(house)).toEqual([1, 2, 3].map(aPhone));

      expect(await restore(house, backup.name)).toEqual({ ok: true, value: {} });
      expect(await gapOf(house)).toMatchObject({ why: 'restored' });
      await house.clock.advance(HOUR_MS);
      expect(await house.states()).toEqual(['accepted', 'accepted', 'accepted']);
      const third = await house.call('invitation.enqueue', house.draft(3));
      expect(third).toMatchObject({ failure: { kind: 'not-allowed' } });
      expect(numbers(house)).toEqual([1, 2, 3].map(aPhone));
    });

    test('sends each waiting invitation once, also a forced one', async () => {
      const house = await openHouse({ rules: { windowScope } });
      await house.invite(1);
      await house.rest();
      await house.vendor.refuseConnections();
      const [sent] = await house.invitations();
      if (sent?.progress.state !== 'accepted') throw new Error('not accepted');
      const { businessId } = house.draft(1);
      const asked = {
        phone: aPhone(1),
        businessId,
        shownAt: sent.progress.at,
        replaces: null,
        pin: null,
      };
      const { ticket } = valueOf(await house.call('force.requestTicket', asked));
      await house.invite(1, { force: { ticket, reason: 'Lost it' } });
      await house.invite(2);
      const backup = await backUp(house);
      await restore(house, backup.name);
      await house.vendor.acceptConnections();
      await house.clock.advance(HOUR_MS);
      expect(numbers(house)).toEqual([1, 1, 2].map(aPhone));
      expect(await house.states()).toEqual(['accepted', 'accepted', 'accepted']);
    });

    test('holds invitations while Partoo cannot be searched, until the gap ends after ten days', async () => {
      const house = await openHouse({ rules: { windowScope } });
      const backup = await backUp(house);
      await restore(house, backup.name);
      house.vendor.fault({ kind: 'status', status: 500, path: SEARCH });
      const { id } = await house.invite(1);
      await house.clock.advance(2 * HOUR_MS);
      expect(house.posts()).toEqual([]);
      expect((await house.find(id)).progress.state).toBe('waiting');
      house.vendor.behave();
      await house.clock.advance(HOUR_MS);
      expect(numbers(house)).toEqual([aPhone(1)]);
      expect(await gapOf(house)).not.toBeNull();
      await house.clock.advance(11 * DAY_MS);
      expect(await gapOf(house)).toBeNull();
    });

    test('keeps the later opt-outs and a backup of the replaced database', async () => {
      const house = await openHouse({ rules: { windowScope } });
      const backup = await backUp(house);
      await house.clock.advance(1);
      await house.invite(1);
      await house.rest();
      await restore(house, backup.name);
      const { backups } = valueOf(await house.call('backup.list', {}));
      expect(backups.map(({ why, invitations }) => [why, invitations])).toEqual([
        ['before-restore', 1],
        ['daily', 0],
      ]);
      const [newest] = backups;
      await restore(house, newest?.name ?? '');
      expect(await house.states()).toEqual(['accepted']);
      expect(numbers(house)).toEqual([aPhone(1)]);
    });

    test('[row 62] changes nothing when the backup is damaged or missing', async () => {
      const house = await openHouse({ rules: { windowScope } });
      await house.invite(1);
      const backup = await backUp(house);
      truncateSync(join(house.folder, 'backups', backup.name), 3 * 4096);
      expect(await restore(house, backup.name)).toMatchObject({ failure: { why: 'damaged' } });
      expect(await restore(house, 'deskbell-1-1-daily.db')).toMatchObject({
        failure: { why: 'gone' },
      });
      expect(await gapOf(house)).toBeNull();
      expect(await house.states()).toEqual(['accepted']);
    });
  },
);

test.each(WINDOW_SCOPES)(
  '[row 54] a database damaged at the start: restores the backup, no double SMS (ten days for each %s)',
  async (windowScope) => {
    const house = await openHouse({ rules: { windowScope } });
    await house.vendor.refuseConnections();
    await house.invite(1);
    await backUp(house);
    await house.vendor.acceptConnections();
    await house.clock.advance(HOUR_MS);
    await house.invite(2);
    await house.rest();
    await house.app().close();
    truncateSync(house.databaseFile, 2 * 4096);
    await house.boot();
    expect(await gapOf(house)).toMatchObject({ why: 'damaged' });
    await house.clock.advance(HOUR_MS);
    expect(await house.states()).toEqual(['accepted']);
    await house.invite(2);
    await house.clock.advance(HOUR_MS);
    expect(numbers(house)).toEqual([1, 2].map(aPhone));
  },
);

test.each(WINDOW_SCOPES)(
  '[row 55] a lost database without a backup: retyped customers get one SMS each (ten days for each %s)',
  async (windowScope) => {
    const house = await openHouse({ rules: { windowScope } });
    await house.invite(1);
    await house.rest();
    await house.app().close();
    rmSync(house.databaseFile);
    await house.boot();
    expect(await gapOf(house)).toMatchObject({ why: 'missing', from: null });
    await house.invite(1);
    await house.invite(2);
    await house.clock.advance(HOUR_MS);
    expect(numbers(house)).toEqual([1, 2].map(aPhone));
    expect(await house.states()).toEqual(['needs_decision', 'accepted']);
  },
);

test('[row 53] the database fails at its n-th use after a restore, for every n: one SMS each, nothing lost', async () => {
  let uses = Number.POSITIVE_INFINITY;
  for (let nth = 1; nth <= uses; nth += 1) {
    uses = 0;
    let isCounting = false;
    const counted =
      <A extends readonly unknown[], R>(verb: (...args: A) => R) =>
      (...args: A): R => {
        if (isCounting) uses += 1;
        if (isCounting && uses === nth)
          throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR');
        return verb(...args);
      };
    const house = await openHouse({
      wrapStore: (store) => ({
        ...store,
        readGap: counted(store.readGap),
        dateGap: counted(store.dateGap),
        listRows: counted(store.listRows),
        findByPartooId: counted(store.findByPartooId),
        claim: counted(store.claim),
        recordAttempt: counted(store.recordAttempt),
        recordDecision: counted(store.recordDecision),
      }),
    });
    await house.vendor.refuseConnections();
    await house.invite(1);
    const backup = await backUp(house);
    await house.vendor.acceptConnections();
    await house.clock.advance(10 * MINUTE_MS);
    await restore(house, backup.name);
    isCounting = true;
    await house.clock.advance(10 * MINUTE_MS);
    const answer = await house.call('invitation.enqueue', house.draft(2));
    if (!answer.ok) await house.call('invitation.enqueue', house.draft(2));
    await house.clock.advance(30 * MINUTE_MS);
    isCounting = false;
    expect(await house.states()).toEqual(['accepted', 'accepted']);
    expect(numbers(house)).toEqual([1, 2].map(aPhone));
    await house.close();
  }
  expect(uses).toBeGreaterThan(5);
});

test('[row 54] damage found in use: reopens the database, repaired or from its backup', async () => {
  let isDamaged = false;
  const house = await openHouse({
    wrapStore: (store) => ({
      ...store,
      claim: (...args) => {
        if (isDamaged) throw new Database.SqliteError('malformed', 'SQLITE_CORRUPT');
        return store.claim(...args);
      },
    }),
  });
  await house.invite(1);
  await house.rest();
  const before = house.emitted().length;
  isDamaged = true;
  await house.invite(2);
  await until('another opening', () => house.emitted().slice(before).includes('app.changed'));
  isDamaged = false;
  await house.clock.advance(HOUR_MS);
  expect(house.connections()).toContainEqual({ kind: 'storage', why: 'damaged' });
  expect(await house.states()).toEqual(['accepted', 'accepted']);
  expect(numbers(house)).toEqual([1, 2].map(aPhone));
});

test('[row 54] damage found at a save: reports it, repairs it, and the same Enter works', async () => {
  let isDamaged = true;
  const house = await openHouse({
    wrapStore: (store) => ({
      ...store,
      insertInvitation: (...args) => {
        if (isDamaged) throw new Database.SqliteError('malformed', 'SQLITE_CORRUPT');
        return store.insertInvitation(...args);
      },
    }),
  });
  const draft = house.draft(1);
  expect(await house.call('invitation.enqueue', draft)).toEqual({
    ok: false,
    failure: { kind: 'storage', why: 'damaged' },
  });
  await until('another opening', () => house.emitted().includes('app.changed'));
  isDamaged = false;
  valueOf(await house.call('invitation.enqueue', draft));
  await house.rest();
  expect(numbers(house)).toEqual([aPhone(1)]);
});

test('[rows 8, 130] an erased customer is in no backup and in no other file', async () => {
  const house = await openHouse();
  await house.invite(1);
  await house.rest();
  await backUp(house);
  const holding = async () => (await filesHolding(join(house.folder, 'backups'), aPhone(1))).length;
  expect(await holding()).toBe(1);
  const erasure = { phone: aPhone(1), refusal: 'forgotten', pin: null } as const;
  const answer = await house.call('customer.erase', erasure);
  expect(answer.ok).toBe(true);
  await expect.poll(holding).toBe(0);
  const { backups } = valueOf(await house.call('backup.list', {}));
  expect(backups.map(({ invitations }) => invitations)).toEqual([0]);
  // Without the plus: no digits that read as the number either.
  const elsewhere = async () => (await filesHolding(house.folder, aPhone(1).slice(1))).length;
  await expect.poll(elsewhere).toBe(0);
});

test('[row 70] the do-not-contact list needs no key: it applies with an empty keychain', async () => {
  const house = await openHouse({ key: null });
  await house.app().close();
  const opening = openStore({ path: house.databaseFile, now: house.clock.now, onBadRow: () => {} });
  if (opening.kind !== 'open') throw new Error(opening.why);
  opening.store.insertInvitation(aRow({ phone: aPhone(9) }));
  opening.store.addDoNotContact({ phone: aPhone(1), since: NINE, staff: null });
  opening.store.close();
  await house.boot();
  expect(await house.call('invitation.enqueue', house.draft(1))).toMatchObject({
    failure: { kind: 'not-allowed', verdict: { ruling: { kind: 'do-not-contact' } } },
  });
});

/** Windows deletes no open file. */
function removeAfter(house: House, folder: string): void {
  onTestFinished(async () => {
    await house.app().close();
    rmSync(folder, { recursive: true, force: true });
  });
}

describe.each(WINDOW_SCOPES)(
  '[row 63] a copy of the database on another PC (ten days for each %s)',
  (windowScope) => {
    const aCopy = async () => {
      const house = await openHouse({ rules: { windowScope } });
      await house.vendor.refuseConnections();
      await house.invite(1);
      await house.invite(2);
      const folder = mkdtempSync(join(tmpdir(), 'deskbell-copy-'));
      removeAfter(house, folder);
      await house.app().close();
      cpSync(house.folder, folder, { recursive: true });
      // The first PC goes on and sends its waiting invitations.
      await house.vendor.acceptConnections();
      await house.boot();
      await house.clock.advance(HOUR_MS);
      expect(numbers(house)).toEqual([1, 2].map(aPhone));
      await house.app().close();
      await house.boot(folder, 'another PC');
      return house;
    };

    test('sends nothing until a person has chosen', async () => {
      const house = await aCopy();
      await house.invite(3);
      await house.call('outbox.flush', {});
      await house.clock.advance(DAY_MS);
      expect(house.connections().at(-1)).toEqual({ kind: 'other-pc' });
      expect(numbers(house)).toEqual([1, 2].map(aPhone));
      expect(await house.states()).toEqual(['unconfirmed', 'unconfirmed', 'waiting']);
    });

    test('taking over: the search finds what the other PC has sent', async () => {
      const house = await aCopy();
      await house.invite(3);
      await house.call('databaseOwner.choose', { as: 'take-over' });
      await house.clock.advance(HOUR_MS);
      expect(numbers(house)).toEqual([1, 2, 3].map(aPhone));
      expect(await house.states()).toEqual(['accepted', 'accepted', 'accepted']);
      expect(await gapOf(house)).toMatchObject({ why: 'other-pc' });
      await house.restart();
      expect(house.connections().at(-1)).not.toEqual({ kind: 'other-pc' });
    });

    test('leaving: closes the copied invitations, and sends those typed here', async () => {
      const house = await aCopy();
      await house.clock.advance(MINUTE_MS);
      await house.invite(3);
      await house.call('databaseOwner.choose', { as: 'leave' });
      await house.clock.advance(HOUR_MS);
      expect(numbers(house)).toEqual([1, 2, 3].map(aPhone));
      expect(await house.states()).toEqual(['maybe_sent', 'maybe_sent', 'accepted']);
    });

    test('[row 134] keeps invitations typed here, also with a clock behind that of the other PC', async () => {
      const house = await openHouse({ rules: { windowScope } });
      await house.vendor.refuseConnections();
      await house.invite(1);
      const folder = mkdtempSync(join(tmpdir(), 'deskbell-copy-'));
      removeAfter(house, folder);
      await house.app().close();
      cpSync(house.folder, folder, { recursive: true });
      house.clock.jump(-2 * HOUR_MS);
      await house.boot(folder, 'another PC');
      const { id } = await house.invite(3);
      await house.app().close();
      await house.boot(folder, 'another PC');
      valueOf(await house.call('databaseOwner.choose', { as: 'leave' }));
      await house.vendor.acceptConnections();
      await house.clock.advance(3 * HOUR_MS);
      expect(numbers(house)).toEqual([aPhone(3)]);
      expect((await house.find(id)).progress.state).toBe('accepted');
      expect(await house.states()).toEqual(['maybe_sent', 'accepted']);
    });

    test('[row 122] taking over: asks a person about invitations that the other PC may have cancelled', async () => {
      const house = await openHouse({ rules: { windowScope } });
      await house.vendor.refuseConnections();
      const { id } = await house.invite(1);
      await house.app().close();
      await house.boot(house.folder, 'another PC');
      await house.invite(2);
      valueOf(await house.call('databaseOwner.choose', { as: 'take-over' }));
      await house.vendor.acceptConnections();
      await house.clock.advance(HOUR_MS);
      expect(numbers(house)).toEqual([aPhone(2)]);
      expect(await house.states()).toEqual(['needs_decision', 'accepted']);
      const { attempts } = valueOf(await house.call('invitation.attempts', { id }));
      expect(attempts.filter(({ end }) => end?.outcome.kind === 'unclear')).toHaveLength(1);
    });

    test('[row 134] recognises the machine id of an earlier version and replaces it with the new one', async () => {
      const house = await openHouse({ rules: { windowScope } });
      await house.invite(1);
      await house.app().close();
      await house.boot(house.folder, 'the same PC', { formerMachines: ['reception'] });
      await house.invite(2);
      await house.rest();
      expect(numbers(house)).toEqual([1, 2].map(aPhone));
      // From now on the former id is ignored.
      await house.app().close();
      await house.boot(house.folder, 'the same PC');
      await house.invite(3);
      await house.rest();
      expect(numbers(house)).toEqual([1, 2, 3].map(aPhone));
      expect(await gapOf(house)).toBeNull();
    });

    test('[row 134] a roaming folder is no copy', async () => {
      const house = await openHouse({ rules: { windowScope } });
      await house.vendor.refuseConnections();
      await house.invite(1);
      await house.app().close();
      await house.vendor.acceptConnections();
      await house.boot(house.folder, 'another PC', { isRoaming: true });
      await house.clock.advance(HOUR_MS);
      expect(house.connections()).not.toContainEqual({ kind: 'other-pc' });
      expect(await house.states()).toEqual(['accepted']);
      expect(await gapOf(house)).toBeNull();
    });

    test('[row 134] restoring a backup from before this PC took over does not ask again', async () => {
      const house = await openHouse({ rules: { windowScope } });
      const backup = await backUp(house);
      await house.app().close();
      await house.boot(house.folder, 'another PC');
      valueOf(await house.call('databaseOwner.choose', { as: 'take-over' }));
      await restore(house, backup.name);
      await house.invite(1);
      await house.clock.advance(HOUR_MS);
      expect(house.connections().at(-1)).not.toEqual({ kind: 'other-pc' });
      expect(numbers(house)).toEqual([aPhone(1)]);
    });

    test('a PC without a machine id goes on', async () => {
      const house = await openHouse({ rules: { windowScope } });
      await house.invite(1);
      await house.app().close();
      await house.boot(house.folder, null);
      await house.invite(2);
      await house.rest();
      expect(numbers(house)).toEqual([1, 2].map(aPhone));
    });
  },
);
