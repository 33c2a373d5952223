import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Store } from '../../electron/store/store.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { aPhone, openTestApp } from '../support/app.ts';

const full = () => new Database.SqliteError('database or disk is full', 'SQLITE_FULL');

/** The same method, which runs something else first. */
type Guard = <A extends readonly unknown[], R>(verb: (...args: A) => R) => (...args: A) => R;

const guardWith =
  (before: () => void): Guard =>
  (verb) =>
  (...args) => {
    before();
    return verb(...args);
  };

/** A PC whose disk can be full for some methods of the database. */
async function testAppWithDisk(guarded: (store: Store, guard: Guard) => Partial<Store>) {
  let isFull = false;
  const guard = guardWith(() => {
    if (isFull) throw full();
  });
  const testApp = await openTestApp({
    wrapStore: (store) => ({ ...store, ...guarded(store, guard) }),
  });
  return {
    testApp,
    fill: () => {
      isFull = true;
    },
    makeRoom: () => {
      isFull = false;
    },
  };
}

test('[row 49] a full disk before the claim: sends nothing, keeps the row, and the banner says why', async () => {
  const { testApp, fill, makeRoom } = await testAppWithDisk((store, guard) => ({
    claim: guard(store.claim),
  }));
  fill();
  const { id } = await testApp.invite(1);
  await testApp.clock.advance(HOUR_MS);
  expect(testApp.posts()).toEqual([]);
  expect((await testApp.find(id)).progress.state).toBe('waiting');
  expect(testApp.connections().at(-1)).toEqual({ kind: 'storage', why: 'full' });

  makeRoom();
  await testApp.clock.advance(MINUTE_MS);
  expect((await testApp.find(id)).progress.state).toBe('accepted');
  expect(testApp.posts()).toHaveLength(1);
  expect(testApp.connections().at(-1)).toEqual({ kind: 'online' });
});

test('[row 49] a full disk while saving: the form says that nothing was saved', async () => {
  const { testApp, fill, makeRoom } = await testAppWithDisk((store, guard) => ({
    insertInvitation: guard(store.insertInvitation),
  }));
  fill();
  const draft = testApp.draft(1);
  expect(await testApp.call('invitation.enqueue', draft)).toEqual({
    ok: false,
    failure: { kind: 'storage', why: 'full' },
  });
  expect(await testApp.invitations()).toEqual([]);

  makeRoom();
  expect(await testApp.call('invitation.enqueue', draft)).toMatchObject({ ok: true });
  await testApp.rest();
  expect(testApp.vendor.sms()).toHaveLength(1);
});

test('[row 50] a full disk after the answer: searches, never sends again', async () => {
  const { testApp, fill, makeRoom } = await testAppWithDisk((store, guard) => ({
    recordAttempt: guard(store.recordAttempt),
    recordDecision: guard(store.recordDecision),
  }));
  fill();
  const { id } = await testApp.invite(1);
  await testApp.clock.advance(10 * MINUTE_MS);
  expect((await testApp.find(id)).progress.state).toBe('sending');
  expect(testApp.posts()).toHaveLength(1);

  makeRoom();
  await testApp.clock.advance(10 * MINUTE_MS);
  expect((await testApp.find(id)).progress).toMatchObject({
    state: 'accepted',
    evidence: 'search',
  });
  expect(testApp.posts()).toHaveLength(1);
});

test('[row 53] the database fails at its n-th use, for every n: one SMS each, nothing lost, sending continues', async () => {
  let uses = Number.POSITIVE_INFINITY;
  for (let nth = 1; nth <= uses; nth += 1) {
    uses = 0;
    const counted = guardWith(() => {
      uses += 1;
      if (uses === nth) throw full();
    });
    const testApp = await openTestApp({
      wrapStore: (store) => ({
        ...store,
        findByToken: counted(store.findByToken),
        insertInvitation: counted(store.insertInvitation),
        listRows: counted(store.listRows),
        releaseHeld: counted(store.releaseHeld),
        peekNext: counted(store.peekNext),
        findLastSend: counted(store.findLastSend),
        findDoNotContact: counted(store.findDoNotContact),
        claim: counted(store.claim),
        findByPartooId: counted(store.findByPartooId),
        recordAttempt: counted(store.recordAttempt),
        recordDecision: counted(store.recordDecision),
        nextDueAt: counted(store.nextDueAt),
      }),
    });
    const drafts = [testApp.draft(1), testApp.draft(2)];
    for (const draft of drafts) {
      const answer = await testApp.call('invitation.enqueue', draft);
      // An unsaved invitation is still in the form: the person presses Enter again.
      if (!answer.ok) expect(answer.failure).toEqual({ kind: 'storage', why: 'full' });
      if (!answer.ok) await testApp.call('invitation.enqueue', draft);
      await testApp.rest();
    }
    await testApp.clock.advance(10 * MINUTE_MS);
    expect(await testApp.states()).toEqual(['accepted', 'accepted']);
    expect(testApp.vendor.sms().map(({ phone }) => phone)).toEqual([aPhone(1), aPhone(2)]);
    await testApp.close();
  }
  expect(uses).toBeGreaterThan(20);
});
