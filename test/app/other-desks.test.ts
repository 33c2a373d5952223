import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { IDLE_MS } from '../../electron/settings/manager-session.ts';
import { ALONE } from '../../electron/sharing/alone.ts';
import type { DeskChange, OtherDesks, TakenOver } from '../../electron/sharing/other-desks.ts';
import { SECOND_MS } from '../../shared/time.ts';
import { aRow } from '../support/builders/row.ts';
import { handlersOf } from '../support/handlers.ts';
import { openTestApp, valueOf, type TestApp } from '../support/app.ts';

const PIN = '4711';
const READ_EVERY_MS = 30 * SECOND_MS;
const PIN_NEEDED = { ok: false, failure: { kind: 'pin-needed', isSet: true } };
const UNAVAILABLE = { ok: false, failure: { kind: 'take-over', why: 'unavailable' } };
const someInvitation = { id: randomUUID(), pin: null };

/** The handlers of a desk whose other desks answer as given. */
function handlersWith(testApp: TestApp, changes: Partial<OtherDesks>) {
  const app = testApp.app();
  return handlersOf({
    ...app,
    session: async () => {
      const session = await app.session();
      return session && { ...session, otherDesks: { ...ALONE, ...changes } };
    },
  });
}

test('a desk without a site database knows no other desks', async () => {
  const { call } = await openTestApp();
  expect(valueOf(await call('otherDesks.readStatus', {}))).toEqual({ kind: 'alone' });
  expect(valueOf(await call('otherDesks.listOpen', {}))).toEqual({ kind: 'unavailable' });
  expect(valueOf(await call('desks.readReport', {}))).toBeNull();
  expect(valueOf(await call('desks.readErasures', {}))).toEqual([]);
  expect(await call('otherDesks.takeOver', someInvitation)).toEqual(UNAVAILABLE);
  const unavailable = { ok: false, failure: { kind: 'desk-change', why: 'unavailable' } };
  expect(await call('desks.rename', { id: 1, name: 'Reception' })).toEqual(unavailable);
  expect(await call('desks.remove', { id: 1 })).toEqual(unavailable);
});

test('with a PIN only a manager takes over an invitation, and reads, renames or removes desks', async () => {
  const { call } = await openTestApp();
  valueOf(await call('pin.save', { current: null, next: PIN }));
  valueOf(await call('settings.lock', {}));
  expect(await call('desks.readReport', {})).toEqual(PIN_NEEDED);
  expect(await call('desks.readErasures', {})).toEqual(PIN_NEEDED);
  expect(await call('desks.rename', { id: 1, name: 'Reception' })).toEqual(PIN_NEEDED);
  expect(await call('desks.remove', { id: 1 })).toEqual(PIN_NEEDED);
  expect(await call('otherDesks.takeOver', someInvitation)).toEqual(PIN_NEEDED);
  expect(await call('otherDesks.takeOver', { ...someInvitation, pin: '0815' })).toMatchObject({
    failure: { kind: 'wrong-pin' },
  });
  expect(await call('otherDesks.takeOver', { ...someInvitation, pin: PIN })).toEqual(UNAVAILABLE);
  valueOf(await call('settings.unlock', { pin: PIN }));
  expect(valueOf(await call('desks.readReport', {}))).toBeNull();
  expect(await call('otherDesks.takeOver', someInvitation)).toEqual(UNAVAILABLE);
});

test('reading the desks every 30 seconds does not keep Settings unlocked', async () => {
  const { call, clock } = await openTestApp();
  valueOf(await call('pin.save', { current: null, next: PIN }));
  for (let elapsedMs = 0; elapsedMs < IDLE_MS; elapsedMs += READ_EVERY_MS) {
    valueOf(await call('desks.readReport', {}));
    valueOf(await call('desks.readErasures', {}));
    await clock.advance(READ_EVERY_MS);
  }
  expect(await call('desks.readReport', {})).toEqual(PIN_NEEDED);
});

test('each result of taking over has its reply', async () => {
  const testApp = await openTestApp();
  const replyTo = (result: TakenOver) =>
    handlersWith(testApp, { takeOver: async () => result })['otherDesks.takeOver'](someInvitation);
  const { invitation } = aRow();
  expect(await replyTo({ kind: 'taken-over', invitation })).toEqual({
    ok: true,
    value: invitation,
  });
  expect(await replyTo({ kind: 'too-late' })).toEqual({ ok: false, failure: { kind: 'too-late' } });
  expect(await replyTo({ kind: 'refused', why: 'awake' })).toEqual({
    ok: false,
    failure: { kind: 'take-over', why: 'awake' },
  });
  const verdict = valueOf(
    await testApp.call('verdict.check', {
      phone: invitation.phone,
      name: '',
      businessId: invitation.businessId,
      replaces: null,
    }),
  );
  expect(await replyTo({ kind: 'not-allowed', verdict })).toEqual({
    ok: false,
    failure: { kind: 'not-allowed', verdict },
  });
});

test('each result of renaming or removing a desk has its reply', async () => {
  const testApp = await openTestApp();
  const repliesTo = async (result: DeskChange) => {
    const change = { renameDesk: async () => result, removeDesk: async () => result };
    const handlers = handlersWith(testApp, change);
    return [
      await handlers['desks.rename']({ id: 2, name: 'Reception' }),
      await handlers['desks.remove']({ id: 2 }),
    ];
  };
  const done = { ok: true, value: {} };
  expect(await repliesTo('done')).toEqual([done, done]);
  for (const why of ['absent', 'awake', 'too-many', 'unavailable'] as const) {
    const failed = { ok: false, failure: { kind: 'desk-change', why } };
    expect(await repliesTo(why)).toEqual([failed, failed]);
  }
});
