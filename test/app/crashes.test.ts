import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../electron/practice/faults.ts';
import type { Store } from '../../electron/store/store.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { aPhone, configWith, HOTEL, openHouse, valueOf, type House } from '../support/app.ts';
import { until } from '../support/clock.ts';

const SEND = '/review_booster/send_invitation';
const TAKEN: Fault = { kind: 'hang-after-accepting', times: 1, path: SEND };
const NOT_TAKEN: Fault = { kind: 'hang', times: 1, path: SEND };

/** Dies during the request; the fault says whether Partoo accepted it. */
async function dieWhileSending(house: House, fault: Fault, forced = false): Promise<string> {
  let force = null;
  if (forced) {
    await house.invite(1);
    await house.clock.advance(HOUR_MS);
    const [first] = await house.invitations();
    const sentAt = first?.progress.at ?? 0;
    const question = { phone: aPhone(1), businessId: HOTEL.id, shownAt: sentAt, replaces: null };
    const { ticket } = valueOf(await house.call('force.requestTicket', { ...question, pin: null }));
    force = { ticket, reason: 'The customer lost the message' };
  }
  const before = house.posts().length;
  house.vendor.fault(fault);
  const { id } = await house.invite(1, { force });
  await until('the request is on the wire', () => house.posts().length > before);
  expect((await house.find(id)).progress.state).toBe('sending');
  house.crash();
  return id;
}

describe('the process dies during a request', () => {
  test('[row 4] that Partoo accepted: the search proves it, one SMS', async () => {
    const house = await openHouse();
    const id = await dieWhileSending(house, TAKEN);
    await house.boot();
    expect((await house.find(id)).progress.state).toBe('unconfirmed');
    await house.clock.advance(10 * MINUTE_MS);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'search',
    });
    expect(house.posts()).toHaveLength(1);
    expect(house.vendor.sms()).toHaveLength(1);
  });

  test('[row 4] that Partoo did not accept: sends again after the quarantine, one SMS', async () => {
    const house = await openHouse();
    const id = await dieWhileSending(house, NOT_TAKEN);
    await house.boot();
    await house.clock.advance(10 * MINUTE_MS - SECOND_MS);
    expect(house.posts()).toHaveLength(1);
    await house.clock.advance(31 * SECOND_MS);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'response',
    });
    expect(house.posts()).toHaveLength(2);
    expect(house.vendor.sms()).toHaveLength(1);
  });

  test('[row 4] that was forced and accepted: the search proves it', async () => {
    const house = await openHouse();
    const id = await dieWhileSending(house, TAKEN, true);
    await house.boot();
    await house.clock.advance(10 * MINUTE_MS);
    expect((await house.find(id)).progress.state).toBe('accepted');
    expect(house.vendor.sms()).toHaveLength(2);
  });

  test('[row 4] that was forced and not accepted: never sends it again by itself', async () => {
    const house = await openHouse();
    const id = await dieWhileSending(house, NOT_TAKEN, true);
    for (let starts = 0; starts < 3; starts += 1) {
      await house.boot();
      await house.clock.advance(10 * MINUTE_MS);
      house.crash();
    }
    await house.boot();
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'unproved',
    });
    expect(house.posts()).toHaveLength(2);
    expect(house.vendor.sms()).toHaveLength(1);
  });

  test('again and again: still one SMS', async () => {
    const house = await openHouse();
    await dieWhileSending(house, TAKEN);
    for (let starts = 0; starts < 5; starts += 1) {
      await house.boot();
      house.crash();
      await house.clock.advance(3 * SECOND_MS);
    }
    await house.boot();
    await house.clock.advance(10 * MINUTE_MS);
    expect(await house.states()).toEqual(['accepted']);
    expect(house.posts()).toHaveLength(1);
  });

  test('[row 4] a copy of the files made during the request sends nothing without a search', async () => {
    const house = await openHouse();
    house.vendor.fault(TAKEN);
    const { id } = await house.invite(1);
    await until('the request is on the wire', () => house.posts().length > 0);
    const copy = join(house.folder, 'copy');
    mkdirSync(copy);
    for (const name of ['deskbell.db', 'deskbell.db-wal']) {
      const file = join(house.folder, name);
      if (existsSync(file)) copyFileSync(file, join(copy, name));
    }
    house.crash();

    await house.boot(copy);
    expect((await house.find(id)).progress.state).toBe('unconfirmed');
    await house.clock.advance(10 * MINUTE_MS);
    expect((await house.find(id)).progress.state).toBe('accepted');
    expect(house.posts()).toHaveLength(1);
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
    const house = await openHouse({
      wrapStore: (store) => {
        const broken = point(store, die);
        return armed ? { ...store, ...broken } : store;
      },
    });
    const answer = await house.call('invitation.enqueue', house.draft(1));
    await house.rest();
    expect(armed).toBe(false);
    house.takeBugs();
    house.crash();
    const postsBefore = house.posts().length;
    await house.boot();
    return { house, answer, postsBefore };
  }

  test('[row 1] before the invitation is on disk: stores and sends nothing, and the form reports it', async () => {
    const { house, answer } = await dieAt((_store, die) => ({ insertInvitation: die }));
    expect(answer.ok).toBe(false);
    await house.clock.advance(HOUR_MS);
    expect(await house.invitations()).toEqual([]);
    expect(house.posts()).toEqual([]);
  });

  test('[row 101] after the save, before the reply: keeps it once, and typing it again shows that', async () => {
    const { house, answer } = await dieAt((store, die) => ({
      insertInvitation: (row) => {
        store.insertInvitation(row);
        return die();
      },
    }));
    expect(answer.ok).toBe(false);
    await house.rest();
    expect(await house.call('invitation.enqueue', house.draft(1))).toMatchObject({
      ok: false,
      failure: { kind: 'not-allowed' },
    });
    expect(house.vendor.sms()).toHaveLength(1);
  });

  test('[row 2] before the claim: sends it once after the start', async () => {
    const { house, postsBefore } = await dieAt((_store, die) => ({ claim: die }));
    expect(postsBefore).toBe(0);
    await house.rest();
    expect(await house.states()).toEqual(['accepted']);
    expect(house.posts()).toHaveLength(1);
  });

  test('[row 3] after the claim, before any byte: searches, then sends once', async () => {
    const { house, postsBefore } = await dieAt((store, die) => ({
      claim: (id, now) => {
        store.claim(id, now);
        return die();
      },
    }));
    expect(postsBefore).toBe(0);
    expect(await house.states()).toEqual(['unconfirmed']);
    await house.clock.advance(10 * MINUTE_MS);
    expect(await house.states()).toEqual(['accepted']);
    expect(house.posts()).toHaveLength(1);
  });

  test('[row 5] after the answer, before it is on disk: the search proves it', async () => {
    const { house, postsBefore } = await dieAt((_store, die) => ({ recordAttempt: die }));
    expect(postsBefore).toBe(1);
    await house.clock.advance(10 * MINUTE_MS);
    const [invitation] = await house.invitations();
    expect(invitation?.progress).toMatchObject({ state: 'accepted', evidence: 'search' });
    expect(house.posts()).toHaveLength(1);
  });
});

test('a held invitation survives a crash and is sent when it is due', async () => {
  const house = await openHouse({ config: (apiUrl) => configWith(apiUrl, { undoSeconds: 10 }) });
  await house.invite(1);
  house.crash();
  await house.clock.advance(5 * SECOND_MS);
  await house.boot();
  expect(await house.states()).toEqual(['held']);
  await house.clock.advance(6 * SECOND_MS);
  expect(await house.states()).toEqual(['accepted']);
});

test('[row 10] quitting waits for the request in flight and records its outcome', async () => {
  const house = await openHouse();
  house.vendor.fault({ kind: 'slow', delayMs: 10 * SECOND_MS, times: 1, path: SEND });
  const { id } = await house.invite(1);
  await until('the request is on the wire', () => house.posts().length === 1);
  house.leaveUnderWay();
  const restarting = house.restart();
  await house.clock.advance(10 * SECOND_MS);
  await restarting;
  expect((await house.find(id)).progress).toMatchObject({
    state: 'accepted',
    evidence: 'response',
  });
});
