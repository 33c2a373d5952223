import { describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../../shared/time.ts';
import { aPhone, aRow, NINE } from '../../../support/builders/row.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';

const PARTNER = 'site database 10.0.0.1:5432/deskbell 0123';

/** A database of a desk that has joined. */
function joined(path = newPath()) {
  const store = open(path);
  store.beginSharing(PARTNER);
  return store;
}

const ids = (store: ReturnType<typeof joined>) =>
  store.listUnsharedInvitations(500).map(({ id }) => id);

describe('what is not shared yet', () => {
  test('is marked and numbered, and only at a desk that has joined', () => {
    const alone = open(newPath());
    alone.insertInvitation(aRow());
    alone.addDoNotContact({ phone: aPhone(1), since: NINE, staff: null });
    expect(alone.countUnshared()).toEqual({ invitations: 0, refusals: 0 });

    const store = joined();
    const [first, second] = [aRow(), aRow({ phone: aPhone(2) })];
    store.insertInvitation(first);
    store.insertInvitation(second);
    store.recordDecision(first.invitation.id, 'waiting', {
      progress: { state: 'cancelled', at: NINE },
      sentAt: null,
      partooId: null,
      deliveryDueAt: null,
    });
    expect(new Set(ids(store))).toEqual(new Set([second.invitation.id, first.invitation.id]));
    store.addDoNotContact({ phone: aPhone(3), since: NINE, staff: null });
    expect(store.listUnsharedRefusals('added', 500)).toEqual([
      { phone: aPhone(3), change: 3, since: NINE },
    ]);
  });

  test('does not hold an invitation whose SMS is being sent', () => {
    const store = joined();
    const row = aRow();
    store.insertInvitation(row);
    store.claim(row.invitation.id, NINE);
    expect(ids(store)).toEqual([]);
    expect(store.countUnshared().invitations).toBe(1);
  });

  test('keeps the mark of an invitation that has changed while it was shared', () => {
    const store = joined();
    const row = aRow();
    store.insertInvitation(row);
    const invitations = store.listUnsharedInvitations(500);
    store.claim(row.invitation.id, NINE);
    store.keepShared({ invitations, refusals: [], pushed: 1 });
    expect(store.countUnshared().invitations).toBe(1);
    expect(store.readSharing()?.pushed).toBe(1);
  });

  test('is everything that the site database may lack, after it was restored', () => {
    const store = joined();
    const [recent, old, waiting] = [aRow(), aRow({ phone: aPhone(4) }), aRow({ phone: aPhone(5) })];
    for (const [row, sentAt] of [
      [recent, NINE - DAY_MS],
      [old, NINE - 20 * DAY_MS],
    ] as const) {
      store.insertInvitation(row);
      store.claim(row.invitation.id, sentAt);
      store.recordAttempt(
        row.invitation.id,
        { endedAt: sentAt, outcome: { kind: 'accepted', partooId: row.invitation.id } },
        {
          progress: { state: 'accepted', at: sentAt, evidence: 'response', delivery: null },
          sentAt,
          partooId: row.invitation.id,
          deliveryDueAt: null,
        },
      );
    }
    store.insertInvitation(waiting);
    store.addDoNotContact({ phone: aPhone(6), since: NINE, staff: null });
    store.keepShared({
      invitations: store.listUnsharedInvitations(500),
      refusals: store.listUnsharedRefusals('added', 500),
      pushed: 9,
    });
    store.markEverything({ epoch: 3, change: 100, sentAfter: NINE - 10 * DAY_MS });
    expect(new Set(ids(store))).toEqual(new Set([recent.invitation.id, waiting.invitation.id]));
    expect(store.listUnsharedRefusals('added', 500)).toEqual([
      { phone: aPhone(6), change: 101, since: NINE },
    ]);
    expect(store.readSharing()).toMatchObject({ epoch: 3, sharedEpoch: 0, change: 103 });
  });

  test('is dropped with another site database, or when the desk leaves', () => {
    const store = joined();
    store.insertInvitation(aRow());
    store.beginSharing('another one');
    expect(store.countUnshared().invitations).toBe(0);
    expect(store.readSharing()).toMatchObject({ partner: 'another one', change: 0 });
    store.endSharing();
    expect(store.readSharing()).toBeUndefined();
  });

  test('is a refusal that a person has removed', () => {
    const store = joined();
    store.addDoNotContact({ phone: aPhone(7), since: NINE, staff: null });
    store.removeDoNotContact(aPhone(7));
    store.markRemovedRefusal(aPhone(7));
    expect(store.listUnsharedRefusals('added', 500)).toEqual([]);
    expect(store.listUnsharedRefusals('removed', 500)).toEqual([
      { phone: aPhone(7), change: 2, since: null },
    ]);
  });

  test('does not keep the number of an erased customer, but a refusal that stays', () => {
    const store = joined();
    for (const last of [8, 9]) {
      store.insertInvitation(aRow({ phone: aPhone(last) }));
      store.addDoNotContact({ phone: aPhone(last), since: NINE, staff: null });
    }
    const how = { now: NINE, underWay: 'waited-for' } as const;
    store.eraseCustomer(aPhone(8), { ...how, refusal: 'forgotten' });
    store.eraseCustomer(aPhone(9), { ...how, refusal: 'kept' });
    expect(store.listUnsharedRefusals('added', 500).map(({ phone }) => phone)).toEqual([aPhone(9)]);
    // The site database learns that both have ended.
    expect(ids(store)).toHaveLength(2);
  });
});

describe('a claim at the site database', () => {
  test('may exist from before the request until it is settled', () => {
    const store = joined();
    const { id } = aRow().invitation;
    const first = store.tryClaim(id, NINE);
    const second = store.tryClaim(id, NINE);
    expect(store.listOpenClaims()).toEqual([{ invitation: id, claims: [first, second] }]);
    store.keepClaim(id, second);
    const [granted] = store.listOpenClaims();
    expect(granted).toEqual({ invitation: id, claims: [second] });
    const third = store.tryClaim(id, NINE);
    if (granted !== undefined) store.dropClaims(granted);
    expect(store.listOpenClaims()).toEqual([{ invitation: id, claims: [third] }]);
    store.notClaimed(id, third);
    expect(store.listOpenClaims()).toEqual([]);
  });

  test('[row 326] is never taken back by a database that may be older than it', () => {
    const store = joined();
    const row = aRow();
    store.insertInvitation(row);
    store.tryClaim(row.invitation.id, NINE);
    store.doubt({ why: 'restored', from: NINE, to: NINE + DAY_MS });
    expect(store.listOpenClaims()).toEqual([]);
  });

  test('[row 327] of an unreadable invitation is not settled, and holds up no other', () => {
    const path = newPath();
    const before = joined(path);
    const [bad, good] = [aRow({ phone: aPhone(1) }), aRow({ phone: aPhone(2) })];
    for (const row of [bad, good]) {
      before.insertInvitation(row);
      before.tryClaim(row.invitation.id, NINE);
    }
    before.close();
    tamper(path, (db) => {
      db.pragma('ignore_check_constraints = ON');
      db.prepare("UPDATE invitation SET phone = 'x' WHERE id = ?").run(bad.invitation.id);
    });
    const store = open(path, () => {});
    expect(store.listRows('waiting')).toHaveLength(1);
    expect(store.listOpenClaims().map(({ invitation }) => invitation)).toEqual([
      good.invitation.id,
    ]);
  });

  test('never has a number again, also after the clock was set back', () => {
    const store = joined();
    const numbers = [NINE, NINE, NINE - DAY_MS, NINE + DAY_MS].map((now) =>
      store.tryClaim('one', now),
    );
    expect(numbers).toEqual([NINE, NINE + 1, NINE + 2, NINE + DAY_MS]);
  });
});

describe('the feed', () => {
  test('leaves hints of refusals and orders to erase, and moves the position with them', () => {
    const store = joined();
    store.applyFeed({
      entries: [
        { kind: 'refusal', entry: 1, hint: 77 },
        { kind: 'refusal', entry: 2, hint: 78 },
        { kind: 'refusal-gone', entry: 2 },
        { kind: 'erasure', key: 'k', before: NINE },
        { kind: 'erasure', key: 'k', before: NINE - MINUTE_MS },
      ],
      pulled: 5,
      clearedTo: 2,
      isFirst: true,
    });
    expect(store.hasRefusalHint(77)).toBe(true);
    expect(store.hasRefusalHint(78)).toBe(false);
    expect(store.listErasuresToApply()).toEqual([{ key: 'k', before: NINE }]);
    expect(store.readSharing()).toMatchObject({ pulled: 5, clearedTo: 2 });
    store.applyFeed({ entries: [], pulled: 0, clearedTo: 0, isFirst: true });
    expect(store.countRefusalHints()).toBe(0);
  });

  test('an order to erase that was given is kept, and given again after a restore', () => {
    const store = joined();
    const order = { key: 'k', at: NINE, forgetsRefusal: true };
    store.addErasure(order);
    store.keepErasureGiven(order, 7);
    expect(store.listErasuresToGive()).toEqual([]);
    store.markEverything({ epoch: 2, change: 0, sentAfter: NINE });
    expect(store.listErasuresToGive()).toEqual([order]);
    store.keepErasureGiven(order, 7);
    store.dropErasures(NINE + 1);
    store.markEverything({ epoch: 3, change: 0, sentAfter: NINE });
    expect(store.listErasuresToGive()).toEqual([]);
  });

  test('an erasure ordered elsewhere keeps what was saved after it', () => {
    const store = joined();
    const phone = aPhone(10);
    const older = aRow({ phone, queuedAt: NINE - DAY_MS });
    const newer = aRow({ phone, queuedAt: NINE, forceReason: 'asked for it' });
    store.insertInvitation(older);
    store.insertInvitation(newer);
    const how = { now: NINE, refusal: 'forgotten', underWay: 'waited-for' } as const;
    expect(store.eraseCustomer(phone, { ...how, savedBefore: NINE - 1 })).toEqual({
      kind: 'erased',
      invitations: 1,
    });
    expect(store.readRow(older.invitation.id)).toBeUndefined();
    expect(store.readRow(newer.invitation.id)).toBeDefined();
  });
});
