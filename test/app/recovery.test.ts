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
import { aPhone, NINE, openTestApp, valueOf, WINDOW_SCOPES, type TestApp } from '../support/app.ts';

const SEARCH = '/review_booster/search-invitation';

const numbers = (testApp: TestApp) =>
  testApp.vendor
    .sms()
    .map(({ phone }) => phone)
    .toSorted((one, other) => one.localeCompare(other));
const gapOf = async (testApp: TestApp) => {
  const snapshot = valueOf(await testApp.call('app.read', {}));
  if (snapshot.kind !== 'open') throw new Error(snapshot.problem.kind);
  return snapshot.gap;
};
const backUp = async (testApp: TestApp) => valueOf(await testApp.call('backup.make', {}));
const restore = async (testApp: TestApp, name: string) => {
  const answer = await testApp.call('backup.restore', { name });
  await testApp.rest();
  return answer;
};

describe('the daily backup', () => {
  test('[row 7] is made in the background once a day, and old ones are deleted', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    const list = async () => valueOf(await testApp.call('backup.list', {})).backups;
    expect(await list()).toEqual([]);
    for (let day = 1; day <= 9; day += 1) {
      const before = readdirSync(testApp.folder).includes('backups')
        ? readdirSync(join(testApp.folder, 'backups'))
        : [];
      await testApp.clock.advance(day === 1 ? 3 * MINUTE_MS : DAY_MS);
      await until('a backup', () => {
        const now = readdirSync(join(testApp.folder, 'backups'));
        return now.some((name) => name.includes('daily') && !before.includes(name));
      });
      // The running check sets the timer of the next one.
      await testApp.restart();
    }
    const backups = await list();
    expect(new Set(backups.map(({ takenAt }) => Math.floor(takenAt / DAY_MS))).size).toBe(7);
    expect(backups.every(({ why, invitations }) => why === 'daily' && invitations === 1)).toBe(
      true,
    );
  });

  test('is not made for practice', async () => {
    const testApp = await openTestApp({ start: 'practice' });
    await testApp.invite(1);
    await backUp(testApp);
    expect(readdirSync(join(testApp.folder, 'practice'))).not.toContain('backups');
  });
});

describe.each(WINDOW_SCOPES)(
  '[row 103] restoring a backup (ten days for each %s)',
  (windowScope) => {
    test('sends nothing again that was sent since, and finds its proof', async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      await testApp.vendor.refuseConnections();
      await testApp.invite(1);
      await testApp.invite(2);
      const backup = await backUp(testApp);
      await testApp.vendor.acceptConnections();
      await testApp.clock.advance(HOUR_MS);
      await testApp.invite(3);
      await testApp.rest();
      expect(numbers(testApp)).toEqual([1, 2, 3].map(aPhone));

      expect(await restore(testApp, backup.name)).toEqual({ ok: true, value: {} });
      expect(await gapOf(testApp)).toMatchObject({ why: 'restored' });
      await testApp.clock.advance(HOUR_MS);
      expect(await testApp.states()).toEqual(['accepted', 'accepted', 'accepted']);
      const third = await testApp.call('invitation.enqueue', testApp.draft(3));
      expect(third).toMatchObject({ failure: { kind: 'not-allowed' } });
      expect(numbers(testApp)).toEqual([1, 2, 3].map(aPhone));
    });

    test('sends each waiting invitation once, also a forced one', async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      await testApp.invite(1);
      await testApp.rest();
      await testApp.vendor.refuseConnections();
      const [sent] = await testApp.invitations();
      if (sent?.progress.state !== 'accepted') throw new Error('not accepted');
      const { businessId } = testApp.draft(1);
      const asked = {
        phone: aPhone(1),
        businessId,
        shownAt: sent.progress.at,
        replaces: null,
        pin: null,
      };
      const { ticket } = valueOf(await testApp.call('force.requestTicket', asked));
      await testApp.invite(1, { force: { ticket, reason: 'Lost it' } });
      await testApp.invite(2);
      const backup = await backUp(testApp);
      await restore(testApp, backup.name);
      await testApp.vendor.acceptConnections();
      await testApp.clock.advance(HOUR_MS);
      expect(numbers(testApp)).toEqual([1, 1, 2].map(aPhone));
      expect(await testApp.states()).toEqual(['accepted', 'accepted', 'accepted']);
    });

    test('holds invitations while Partoo cannot be searched, until the gap ends after ten days', async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      const backup = await backUp(testApp);
      await restore(testApp, backup.name);
      testApp.vendor.fault({ kind: 'status', status: 500, path: SEARCH });
      const { id } = await testApp.invite(1);
      await testApp.clock.advance(2 * HOUR_MS);
      expect(testApp.posts()).toEqual([]);
      expect((await testApp.find(id)).progress.state).toBe('waiting');
      testApp.vendor.behave();
      await testApp.clock.advance(HOUR_MS);
      expect(numbers(testApp)).toEqual([aPhone(1)]);
      expect(await gapOf(testApp)).not.toBeNull();
      await testApp.clock.advance(11 * DAY_MS);
      expect(await gapOf(testApp)).toBeNull();
    });

    test('keeps the later opt-outs and a backup of the replaced database', async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      const backup = await backUp(testApp);
      await testApp.clock.advance(1);
      await testApp.invite(1);
      await testApp.rest();
      await restore(testApp, backup.name);
      const { backups } = valueOf(await testApp.call('backup.list', {}));
      expect(backups.map(({ why, invitations }) => [why, invitations])).toEqual([
        ['before-restore', 1],
        ['daily', 0],
      ]);
      const [newest] = backups;
      await restore(testApp, newest?.name ?? '');
      expect(await testApp.states()).toEqual(['accepted']);
      expect(numbers(testApp)).toEqual([aPhone(1)]);
    });

    test('[row 62] changes nothing when the backup is damaged or missing', async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      await testApp.invite(1);
      const backup = await backUp(testApp);
      truncateSync(join(testApp.folder, 'backups', backup.name), 3 * 4096);
      expect(await restore(testApp, backup.name)).toMatchObject({ failure: { why: 'damaged' } });
      expect(await restore(testApp, 'deskbell-1-1-daily.db')).toMatchObject({
        failure: { why: 'gone' },
      });
      expect(await gapOf(testApp)).toBeNull();
      expect(await testApp.states()).toEqual(['accepted']);
    });
  },
);

test.each(WINDOW_SCOPES)(
  '[row 54] a database damaged at the start: restores the backup, no double SMS (ten days for each %s)',
  async (windowScope) => {
    const testApp = await openTestApp({ rules: { windowScope } });
    await testApp.vendor.refuseConnections();
    await testApp.invite(1);
    await backUp(testApp);
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(HOUR_MS);
    await testApp.invite(2);
    await testApp.rest();
    await testApp.app().close();
    truncateSync(testApp.databaseFile, 2 * 4096);
    await testApp.boot();
    expect(await gapOf(testApp)).toMatchObject({ why: 'damaged' });
    await testApp.clock.advance(HOUR_MS);
    expect(await testApp.states()).toEqual(['accepted']);
    await testApp.invite(2);
    await testApp.clock.advance(HOUR_MS);
    expect(numbers(testApp)).toEqual([1, 2].map(aPhone));
  },
);

test.each(WINDOW_SCOPES)(
  '[row 55] a lost database without a backup: retyped customers get one SMS each (ten days for each %s)',
  async (windowScope) => {
    const testApp = await openTestApp({ rules: { windowScope } });
    await testApp.invite(1);
    await testApp.rest();
    await testApp.app().close();
    rmSync(testApp.databaseFile);
    await testApp.boot();
    expect(await gapOf(testApp)).toMatchObject({ why: 'missing', from: null });
    await testApp.invite(1);
    await testApp.invite(2);
    await testApp.clock.advance(HOUR_MS);
    expect(numbers(testApp)).toEqual([1, 2].map(aPhone));
    expect(await testApp.states()).toEqual(['needs_decision', 'accepted']);
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
    const testApp = await openTestApp({
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
    await testApp.vendor.refuseConnections();
    await testApp.invite(1);
    const backup = await backUp(testApp);
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(10 * MINUTE_MS);
    await restore(testApp, backup.name);
    isCounting = true;
    await testApp.clock.advance(10 * MINUTE_MS);
    const answer = await testApp.call('invitation.enqueue', testApp.draft(2));
    if (!answer.ok) await testApp.call('invitation.enqueue', testApp.draft(2));
    await testApp.clock.advance(30 * MINUTE_MS);
    isCounting = false;
    expect(await testApp.states()).toEqual(['accepted', 'accepted']);
    expect(numbers(testApp)).toEqual([1, 2].map(aPhone));
    await testApp.close();
  }
  expect(uses).toBeGreaterThan(5);
});

test('[row 54] damage found in use: reopens the database, repaired or from its backup', async () => {
  let isDamaged = false;
  const testApp = await openTestApp({
    wrapStore: (store) => ({
      ...store,
      claim: (...args) => {
        if (isDamaged) throw new Database.SqliteError('malformed', 'SQLITE_CORRUPT');
        return store.claim(...args);
      },
    }),
  });
  await testApp.invite(1);
  await testApp.rest();
  const before = testApp.emitted().length;
  isDamaged = true;
  await testApp.invite(2);
  await until('another opening', () => testApp.emitted().slice(before).includes('app.changed'));
  isDamaged = false;
  await testApp.clock.advance(HOUR_MS);
  expect(testApp.connections()).toContainEqual({ kind: 'storage', why: 'damaged' });
  expect(await testApp.states()).toEqual(['accepted', 'accepted']);
  expect(numbers(testApp)).toEqual([1, 2].map(aPhone));
});

test('[row 54] damage found at a save: reports it, repairs it, and the same Enter works', async () => {
  let isDamaged = true;
  const testApp = await openTestApp({
    wrapStore: (store) => ({
      ...store,
      insertInvitation: (...args) => {
        if (isDamaged) throw new Database.SqliteError('malformed', 'SQLITE_CORRUPT');
        return store.insertInvitation(...args);
      },
    }),
  });
  const draft = testApp.draft(1);
  expect(await testApp.call('invitation.enqueue', draft)).toEqual({
    ok: false,
    failure: { kind: 'storage', why: 'damaged' },
  });
  await until('another opening', () => testApp.emitted().includes('app.changed'));
  isDamaged = false;
  valueOf(await testApp.call('invitation.enqueue', draft));
  await testApp.rest();
  expect(numbers(testApp)).toEqual([aPhone(1)]);
});

test('[rows 8, 130] an erased customer is in no backup and in no other file', async () => {
  const testApp = await openTestApp();
  await testApp.invite(1);
  await testApp.rest();
  await backUp(testApp);
  const holding = async () =>
    (await filesHolding(join(testApp.folder, 'backups'), aPhone(1))).length;
  expect(await holding()).toBe(1);
  const erasure = { phone: aPhone(1), refusal: 'forgotten', pin: null } as const;
  const answer = await testApp.call('customer.erase', erasure);
  expect(answer.ok).toBe(true);
  await expect.poll(holding).toBe(0);
  const { backups } = valueOf(await testApp.call('backup.list', {}));
  expect(backups.map(({ invitations }) => invitations)).toEqual([0]);
  // Without the plus: no digits that read as the number either.
  const elsewhere = async () => (await filesHolding(testApp.folder, aPhone(1).slice(1))).length;
  await expect.poll(elsewhere).toBe(0);
});

test('[row 70] the do-not-contact list needs no key: it applies with an empty keychain', async () => {
  const testApp = await openTestApp({ key: null });
  await testApp.app().close();
  const opening = openStore({
    path: testApp.databaseFile,
    now: testApp.clock.now,
    onBadRow: () => {},
  });
  if (opening.kind !== 'open') throw new Error(opening.why);
  opening.store.insertInvitation(aRow({ phone: aPhone(9) }));
  opening.store.addDoNotContact({ phone: aPhone(1), since: NINE, staff: null });
  opening.store.close();
  await testApp.boot();
  expect(await testApp.call('invitation.enqueue', testApp.draft(1))).toMatchObject({
    failure: { kind: 'not-allowed', verdict: { ruling: { kind: 'do-not-contact' } } },
  });
});

/** Windows deletes no open file. */
function removeAfter(testApp: TestApp, folder: string): void {
  onTestFinished(async () => {
    await testApp.app().close();
    rmSync(folder, { recursive: true, force: true });
  });
}

describe.each(WINDOW_SCOPES)(
  '[row 63] a copy of the database on another PC (ten days for each %s)',
  (windowScope) => {
    const aCopy = async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      await testApp.vendor.refuseConnections();
      await testApp.invite(1);
      await testApp.invite(2);
      const folder = mkdtempSync(join(tmpdir(), 'deskbell-copy-'));
      removeAfter(testApp, folder);
      await testApp.app().close();
      cpSync(testApp.folder, folder, { recursive: true });
      // The first PC goes on and sends its waiting invitations.
      await testApp.vendor.acceptConnections();
      await testApp.boot();
      await testApp.clock.advance(HOUR_MS);
      expect(numbers(testApp)).toEqual([1, 2].map(aPhone));
      await testApp.app().close();
      await testApp.boot(folder, 'another PC');
      return testApp;
    };

    test('sends nothing until a person has chosen', async () => {
      const testApp = await aCopy();
      await testApp.invite(3);
      await testApp.call('outbox.flush', {});
      await testApp.clock.advance(DAY_MS);
      expect(testApp.connections().at(-1)).toEqual({ kind: 'other-pc' });
      expect(numbers(testApp)).toEqual([1, 2].map(aPhone));
      expect(await testApp.states()).toEqual(['unconfirmed', 'unconfirmed', 'waiting']);
    });

    test('taking over: the search finds what the other PC has sent', async () => {
      const testApp = await aCopy();
      await testApp.invite(3);
      await testApp.call('databaseOwner.choose', { as: 'take-over' });
      await testApp.clock.advance(HOUR_MS);
      expect(numbers(testApp)).toEqual([1, 2, 3].map(aPhone));
      expect(await testApp.states()).toEqual(['accepted', 'accepted', 'accepted']);
      expect(await gapOf(testApp)).toMatchObject({ why: 'other-pc' });
      await testApp.restart();
      expect(testApp.connections().at(-1)).not.toEqual({ kind: 'other-pc' });
    });

    test('leaving: closes the copied invitations, and sends those typed here', async () => {
      const testApp = await aCopy();
      await testApp.clock.advance(MINUTE_MS);
      await testApp.invite(3);
      await testApp.call('databaseOwner.choose', { as: 'leave' });
      await testApp.clock.advance(HOUR_MS);
      expect(numbers(testApp)).toEqual([1, 2, 3].map(aPhone));
      expect(await testApp.states()).toEqual(['maybe_sent', 'maybe_sent', 'accepted']);
    });

    test('[row 134] keeps invitations typed here, also with a clock behind that of the other PC', async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      await testApp.vendor.refuseConnections();
      await testApp.invite(1);
      const folder = mkdtempSync(join(tmpdir(), 'deskbell-copy-'));
      removeAfter(testApp, folder);
      await testApp.app().close();
      cpSync(testApp.folder, folder, { recursive: true });
      testApp.clock.jump(-2 * HOUR_MS);
      await testApp.boot(folder, 'another PC');
      const { id } = await testApp.invite(3);
      await testApp.app().close();
      await testApp.boot(folder, 'another PC');
      valueOf(await testApp.call('databaseOwner.choose', { as: 'leave' }));
      await testApp.vendor.acceptConnections();
      await testApp.clock.advance(3 * HOUR_MS);
      expect(numbers(testApp)).toEqual([aPhone(3)]);
      expect((await testApp.find(id)).progress.state).toBe('accepted');
      expect(await testApp.states()).toEqual(['maybe_sent', 'accepted']);
    });

    test('[row 122] taking over: asks a person about invitations that the other PC may have cancelled', async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      await testApp.vendor.refuseConnections();
      const { id } = await testApp.invite(1);
      await testApp.app().close();
      await testApp.boot(testApp.folder, 'another PC');
      await testApp.invite(2);
      valueOf(await testApp.call('databaseOwner.choose', { as: 'take-over' }));
      await testApp.vendor.acceptConnections();
      await testApp.clock.advance(HOUR_MS);
      expect(numbers(testApp)).toEqual([aPhone(2)]);
      expect(await testApp.states()).toEqual(['needs_decision', 'accepted']);
      const { attempts } = valueOf(await testApp.call('invitation.attempts', { id }));
      expect(attempts.filter(({ end }) => end?.outcome.kind === 'unclear')).toHaveLength(1);
    });

    test('[row 134] recognises the machine id of an earlier version and replaces it with the new one', async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      await testApp.invite(1);
      await testApp.app().close();
      await testApp.boot(testApp.folder, 'the same PC', { formerMachines: ['reception'] });
      await testApp.invite(2);
      await testApp.rest();
      expect(numbers(testApp)).toEqual([1, 2].map(aPhone));
      // From now on the former id is ignored.
      await testApp.app().close();
      await testApp.boot(testApp.folder, 'the same PC');
      await testApp.invite(3);
      await testApp.rest();
      expect(numbers(testApp)).toEqual([1, 2, 3].map(aPhone));
      expect(await gapOf(testApp)).toBeNull();
    });

    test('[row 134] a roaming folder is no copy', async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      await testApp.vendor.refuseConnections();
      await testApp.invite(1);
      await testApp.app().close();
      await testApp.vendor.acceptConnections();
      await testApp.boot(testApp.folder, 'another PC', { isRoaming: true });
      await testApp.clock.advance(HOUR_MS);
      expect(testApp.connections()).not.toContainEqual({ kind: 'other-pc' });
      expect(await testApp.states()).toEqual(['accepted']);
      expect(await gapOf(testApp)).toBeNull();
    });

    test('[row 134] restoring a backup from before this PC took over does not ask again', async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      const backup = await backUp(testApp);
      await testApp.app().close();
      await testApp.boot(testApp.folder, 'another PC');
      valueOf(await testApp.call('databaseOwner.choose', { as: 'take-over' }));
      await restore(testApp, backup.name);
      await testApp.invite(1);
      await testApp.clock.advance(HOUR_MS);
      expect(testApp.connections().at(-1)).not.toEqual({ kind: 'other-pc' });
      expect(numbers(testApp)).toEqual([aPhone(1)]);
    });

    test('a PC without a machine id goes on', async () => {
      const testApp = await openTestApp({ rules: { windowScope } });
      await testApp.invite(1);
      await testApp.app().close();
      await testApp.boot(testApp.folder, null);
      await testApp.invite(2);
      await testApp.rest();
      expect(numbers(testApp)).toEqual([1, 2].map(aPhone));
    });
  },
);
