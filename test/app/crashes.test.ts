import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../electron/practice/faults.ts';
import type { Store } from '../../electron/store/store.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { aPhone, configWith, HOTEL, openTestApp, valueOf, type TestApp } from '../support/app.ts';
import { until } from '../support/clock.ts';

const SEND = '/review_booster/send_invitation';
const TAKEN: Fault = { kind: 'hang-after-accepting', times: 1, path: SEND };
const NOT_TAKEN: Fault = { kind: 'hang', times: 1, path: SEND };

/** Dies during the request; the fault says whether Partoo accepted it. */
async function dieWhileSending(testApp: TestApp, fault: Fault, forced = false): Promise<string> {
  let force = null;
  if (forced) {
    await testApp.invite(1);
    await testApp.clock.advance(HOUR_MS);
    const [first] = await testApp.invitations();
    const sentAt = first?.progress.at ?? 0;
    const question = { phone: aPhone(1), businessId: HOTEL.id, shownAt: sentAt, replaces: null };
    const { ticket } = valueOf(
      await testApp.call('force.requestTicket', { ...question, pin: null }),
    );
    force = { ticket, reason: 'The customer lost the message' };
  }
  const before = testApp.posts().length;
  testApp.vendor.fault(fault);
  const { id } = await testApp.invite(1, { force });
  await until('the request is on the wire', () => testApp.posts().length > before);
  expect((await testApp.find(id)).progress.state).toBe('sending');
  testApp.crash();
  return id;
}

describe('the process dies during a request', () => {
  test('[row 4] that Partoo accepted: the search proves it, one SMS', async () => {
    const testApp = await openTestApp();
    const id = await dieWhileSending(testApp, TAKEN);
    await testApp.boot();
    expect((await testApp.find(id)).progress.state).toBe('unconfirmed');
    await testApp.clock.advance(10 * MINUTE_MS);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'search',
    });
    expect(testApp.posts()).toHaveLength(1);
    expect(testApp.vendor.sms()).toHaveLength(1);
  });

  test('[row 4] that Partoo did not accept: sends again after the quarantine, one SMS', async () => {
    const testApp = await openTestApp();
    const id = await dieWhileSending(testApp, NOT_TAKEN);
    await testApp.boot();
    await testApp.clock.advance(10 * MINUTE_MS - SECOND_MS);
    expect(testApp.posts()).toHaveLength(1);
    await testApp.clock.advance(31 * SECOND_MS);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'response',
    });
    expect(testApp.posts()).toHaveLength(2);
    expect(testApp.vendor.sms()).toHaveLength(1);
  });

  test('[row 4] that was forced and accepted: the search proves it', async () => {
    const testApp = await openTestApp();
    const id = await dieWhileSending(testApp, TAKEN, true);
    await testApp.boot();
    await testApp.clock.advance(10 * MINUTE_MS);
    expect((await testApp.find(id)).progress.state).toBe('accepted');
    expect(testApp.vendor.sms()).toHaveLength(2);
  });

  test('[row 4] that was forced and not accepted: never sends it again by itself', async () => {
    const testApp = await openTestApp();
    const id = await dieWhileSending(testApp, NOT_TAKEN, true);
    for (let starts = 0; starts < 3; starts += 1) {
      await testApp.boot();
      await testApp.clock.advance(10 * MINUTE_MS);
      testApp.crash();
    }
    await testApp.boot();
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'unproved',
    });
    expect(testApp.posts()).toHaveLength(2);
    expect(testApp.vendor.sms()).toHaveLength(1);
  });

  test('again and again: still one SMS', async () => {
    const testApp = await openTestApp();
    await dieWhileSending(testApp, TAKEN);
    for (let starts = 0; starts < 5; starts += 1) {
      await testApp.boot();
      testApp.crash();
      await testApp.clock.advance(3 * SECOND_MS);
    }
    await testApp.boot();
    await testApp.clock.advance(10 * MINUTE_MS);
    expect(await testApp.states()).toEqual(['accepted']);
    expect(testApp.posts()).toHaveLength(1);
  });

  test('[row 4] a copy of the files made during the request sends nothing without a search', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault(TAKEN);
    const { id } = await testApp.invite(1);
    await until('the request is on the wire', () => testApp.posts().length > 0);
    const copy = join(testApp.folder, 'copy');
    mkdirSync(copy);
    for (const name of ['deskbell.db', 'deskbell.db-wal']) {
      const file = join(testApp.folder, name);
      if (existsSync(file)) copyFileSync(file, join(copy, name));
    }
    testApp.crash();

    await testApp.boot(copy);
    expect((await testApp.find(id)).progress.state).toBe('unconfirmed');
    await testApp.clock.advance(10 * MINUTE_MS);
    expect((await testApp.find(id)).progress.state).toBe('accepted');
    expect(testApp.posts()).toHaveLength(1);
  });
});

describe('the process dies at a chosen point', () => {
  /** Dies when it first gets to the point; the database keeps what it has then. */
  async function dieAt(point: (store: Store, die: () => never) => Partial<Store>) {
    let armed = true;
    const die = () => {
      armed = false;
      throw new Error('died here');
    };
    const testApp = await openTestApp({
      wrapStore: (store) => {
        const broken = point(store, die);
        return armed ? { ...store, ...broken } : store;
      },
    });
    const answer = await testApp.call('invitation.enqueue', testApp.draft(1));
    await testApp.rest();
    expect(armed).toBe(false);
    testApp.takeBugs();
    testApp.crash();
    const postsBefore = testApp.posts().length;
    await testApp.boot();
    return { testApp, answer, postsBefore };
  }

  test('[row 1] before the invitation is on disk: stores and sends nothing, and the form reports it', async () => {
    const { testApp, answer } = await dieAt((_store, die) => ({ insertInvitation: die }));
    expect(answer.ok).toBe(false);
    await testApp.clock.advance(HOUR_MS);
    expect(await testApp.invitations()).toEqual([]);
    expect(testApp.posts()).toEqual([]);
  });

  test('[row 101] after the save, before the reply: keeps it once, and typing it again shows that', async () => {
    const { testApp, answer } = await dieAt((store, die) => ({
      insertInvitation: (row) => {
        store.insertInvitation(row);
        return die();
      },
    }));
    expect(answer.ok).toBe(false);
    await testApp.rest();
    expect(await testApp.call('invitation.enqueue', testApp.draft(1))).toMatchObject({
      ok: false,
      failure: { kind: 'not-allowed' },
    });
    expect(testApp.vendor.sms()).toHaveLength(1);
  });

  test('[row 2] before the claim: sends it once after the start', async () => {
    const { testApp, postsBefore } = await dieAt((_store, die) => ({ claim: die }));
    expect(postsBefore).toBe(0);
    await testApp.rest();
    expect(await testApp.states()).toEqual(['accepted']);
    expect(testApp.posts()).toHaveLength(1);
  });

  test('[row 3] after the claim, before any byte: searches, then sends once', async () => {
    const { testApp, postsBefore } = await dieAt((store, die) => ({
      claim: (id, now) => {
        store.claim(id, now);
        return die();
      },
    }));
    expect(postsBefore).toBe(0);
    expect(await testApp.states()).toEqual(['unconfirmed']);
    await testApp.clock.advance(10 * MINUTE_MS);
    expect(await testApp.states()).toEqual(['accepted']);
    expect(testApp.posts()).toHaveLength(1);
  });

  test('[row 5] after the answer, before it is on disk: the search proves it', async () => {
    const { testApp, postsBefore } = await dieAt((_store, die) => ({ recordAttempt: die }));
    expect(postsBefore).toBe(1);
    await testApp.clock.advance(10 * MINUTE_MS);
    const [invitation] = await testApp.invitations();
    expect(invitation?.progress).toMatchObject({ state: 'accepted', evidence: 'search' });
    expect(testApp.posts()).toHaveLength(1);
  });
});

test('a held invitation survives a crash and is sent when it is due', async () => {
  const testApp = await openTestApp({
    config: (apiUrl) => configWith(apiUrl, { undoSeconds: 10 }),
  });
  await testApp.invite(1);
  testApp.crash();
  await testApp.clock.advance(5 * SECOND_MS);
  await testApp.boot();
  expect(await testApp.states()).toEqual(['held']);
  await testApp.clock.advance(6 * SECOND_MS);
  expect(await testApp.states()).toEqual(['accepted']);
});

test('[row 10] quitting waits for the request in flight and records its outcome', async () => {
  const testApp = await openTestApp();
  testApp.vendor.fault({ kind: 'slow', delayMs: 10 * SECOND_MS, times: 1, path: SEND });
  const { id } = await testApp.invite(1);
  await until('the request is on the wire', () => testApp.posts().length === 1);
  testApp.leaveUnderWay();
  const restarting = testApp.restart();
  await testApp.clock.advance(10 * SECOND_MS);
  await restarting;
  expect((await testApp.find(id)).progress).toMatchObject({
    state: 'accepted',
    evidence: 'response',
  });
});
