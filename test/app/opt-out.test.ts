import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../shared/time.ts';
import {
  aPhone,
  openTestApp,
  configWith,
  valueOf,
  HOTEL,
  NINE,
  type TestApp,
} from '../support/app.ts';

const withUndo = { config: (url: string) => configWith(url, { undoSeconds: 60 }) };

test('cancels the held invitation of a customer who said no', async () => {
  const testApp = await openTestApp(withUndo);
  const { id } = await testApp.invite(1);
  const { isNew } = valueOf(
    await testApp.call('doNotContact.optOut', { phone: aPhone(1), staff: 'Léa' }),
  );
  expect(isNew).toBe(true);
  await testApp.clock.advance(2 * MINUTE_MS);
  expect((await testApp.find(id)).progress.state).toBe('cancelled');
  expect(testApp.posts()).toEqual([]);
  const refused = await testApp.call('invitation.enqueue', testApp.draft(1));
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'not-allowed' } });
});

const SEND = '/review_booster/send_invitation';

describe('[row 204] adding a number to the list ends its unsent invitations', () => {
  const ways: readonly (readonly [string, (testApp: TestApp) => Promise<unknown>])[] = [
    [
      'the customer says no',
      (testApp) => testApp.call('doNotContact.optOut', { phone: aPhone(1), staff: null }),
    ],
    ['a manager adds it', (testApp) => testApp.call('doNotContact.add', { phone: aPhone(1) })],
    [
      'a list is imported',
      async (testApp) => {
        const reading = valueOf(await testApp.call('doNotContact.previewImport', { as: 'csv' }));
        const token = reading.kind === 'read' ? reading.token : '';
        return testApp.call('doNotContact.confirmImport', { token });
      },
    ],
  ];
  const open = async () => {
    const testApp = await openTestApp({
      ...withUndo,
      chooseList: () => join(testApp.folder, 'list.csv'),
    });
    writeFileSync(join(testApp.folder, 'list.csv'), 'Phone\r\n+33639980001\r\n');
    return testApp;
  };

  test.each(ways)('%s: held', async (_title, add) => {
    const testApp = await open();
    const { id } = await testApp.invite(1);
    const { id: another } = await testApp.invite(2);
    const heard = testApp.emitted().length;
    valueOf(await testApp.call('outbox.list', {}));
    await add(testApp);
    expect((await testApp.find(id)).progress).toEqual({
      state: 'cancelled',
      at: NINE,
      why: 'said-no',
    });
    expect((await testApp.find(another)).progress.state).toBe('held');
    expect(testApp.emitted().slice(heard)).toContain('invitation.changed');
    await testApp.clock.advance(5 * MINUTE_MS);
    expect(testApp.posts()).toHaveLength(1);
  });

  test.each(ways)('%s: waiting, or too old', async (_title, add) => {
    const testApp = await open();
    await testApp.vendor.refuseConnections();
    const { id } = await testApp.invite(1);
    await testApp.clock.advance(2 * MINUTE_MS);
    expect((await testApp.find(id)).progress.state).toBe('waiting');
    await add(testApp);
    expect((await testApp.find(id)).progress.state).toBe('cancelled');
    expect(await testApp.call('invitation.sendNow', { id })).toMatchObject({ ok: false });
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(10 * MINUTE_MS);
    expect(testApp.posts()).toEqual([]);
  });

  test('an unconfirmed invitation is still searched, and counts as sent if it may have been', async () => {
    const testApp = await open();
    testApp.vendor.fault({ kind: 'status', status: 503, times: 1, path: SEND });
    const { id } = await testApp.invite(1);
    await testApp.clock.advance(2 * MINUTE_MS);
    valueOf(await testApp.call('doNotContact.optOut', { phone: aPhone(1), staff: null }));
    expect((await testApp.find(id)).progress.state).toBe('unconfirmed');
    await testApp.clock.advance(30 * MINUTE_MS);
    expect((await testApp.find(id)).progress.state).toBe('maybe_sent');
    expect(testApp.posts()).toHaveLength(1);
  });

  test('returns how many invitations it ended', async () => {
    const testApp = await open();
    await testApp.invite(1);
    const add = async () =>
      valueOf(await testApp.call('doNotContact.optOut', { phone: aPhone(1), staff: null }));
    expect(await add()).toMatchObject({ isNew: true, ended: 1 });
    expect(await add()).toMatchObject({ isNew: false, ended: 0 });
  });
});

test('undoes an accidental opt-out; an older one stays', async () => {
  const testApp = await openTestApp(withUndo);
  const add = async () =>
    valueOf(await testApp.call('doNotContact.optOut', { phone: aPhone(1), staff: null }));
  const first = await add();
  await testApp.clock.advance(MINUTE_MS);
  const second = await add();
  expect(second).toEqual({ since: first.since, isNew: false, ended: 0 });
  await testApp.call('doNotContact.undoOptOut', { phone: aPhone(1), since: first.since + 1 });
  expect((await add()).isNew).toBe(false);
  await testApp.call('doNotContact.undoOptOut', { phone: aPhone(1), since: first.since });
  await testApp.invite(1);
});

test('the desk snapshot has the remembered choices, and the form draft is kept in memory only', async () => {
  const testApp = await openTestApp();
  await testApp.call('lastChoice.save', { kind: 'business', businessId: HOTEL.id });
  const form = {
    token: crypto.randomUUID(),
    phone: '06 39',
    name: 'Jean Martin',
    hasConsent: true,
    isNamePasted: false,
    isConsentCarried: false,
    businessId: null,
    replaces: null,
    correctsSince: null,
  };
  await testApp.call('formDraft.save', { form });
  expect(valueOf(await testApp.call('formDraft.load', {}))).toEqual({ form });
  expect(testApp.emitted()).toContain('app.changed');

  await testApp.restart();
  expect(valueOf(await testApp.call('app.read', {}))).toMatchObject({
    remembered: { businessId: HOTEL.id },
  });
  expect(valueOf(await testApp.call('formDraft.load', {}))).toEqual({ form: null });
});
