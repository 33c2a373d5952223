import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../shared/time.ts';
import { aPhone, openHouse, configWith, valueOf, HOTEL, NINE, type House } from '../support/app.ts';

const withUndo = { config: (url: string) => configWith(url, { undoSeconds: 60 }) };

test('cancels the held invitation of a customer who said no', async () => {
  const house = await openHouse(withUndo);
  const { id } = await house.invite(1);
  const { isNew } = valueOf(
    await house.call('doNotContact.optOut', { phone: aPhone(1), staff: 'Léa' }),
  );
  expect(isNew).toBe(true);
  await house.clock.advance(2 * MINUTE_MS);
  expect((await house.find(id)).progress.state).toBe('cancelled');
  expect(house.posts()).toEqual([]);
  const refused = await house.call('invitation.enqueue', house.draft(1));
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'not-allowed' } });
});

const SEND = '/review_booster/send_invitation';

describe('[row 204] adding a number to the list ends its unsent invitations', () => {
  const ways: readonly (readonly [string, (house: House) => Promise<unknown>])[] = [
    [
      'the customer says no',
      (house) => house.call('doNotContact.optOut', { phone: aPhone(1), staff: null }),
    ],
    ['a manager puts it there', (house) => house.call('doNotContact.add', { phone: aPhone(1) })],
    [
      'a list is imported',
      async (house) => {
        const reading = valueOf(await house.call('doNotContact.previewImport', { as: 'csv' }));
        const token = reading.kind === 'read' ? reading.token : '';
        return house.call('doNotContact.confirmImport', { token });
      },
    ],
  ];
  const open = async () => {
    const house = await openHouse({
      ...withUndo,
      chooseList: () => join(house.folder, 'list.csv'),
    });
    writeFileSync(join(house.folder, 'list.csv'), 'Phone\r\n+33639980001\r\n');
    return house;
  };

  test.each(ways)('%s: held', async (_title, add) => {
    const house = await open();
    const { id } = await house.invite(1);
    const { id: another } = await house.invite(2);
    const heard = house.emitted().length;
    valueOf(await house.call('outbox.list', {}));
    await add(house);
    expect((await house.find(id)).progress).toEqual({ state: 'cancelled', at: NINE });
    expect((await house.find(another)).progress.state).toBe('held');
    expect(house.emitted().slice(heard)).toContain('invitation.changed');
    await house.clock.advance(5 * MINUTE_MS);
    expect(house.posts()).toHaveLength(1);
  });

  test.each(ways)('%s: waiting, or too old', async (_title, add) => {
    const house = await open();
    await house.vendor.refuseConnections();
    const { id } = await house.invite(1);
    await house.clock.advance(2 * MINUTE_MS);
    expect((await house.find(id)).progress.state).toBe('waiting');
    await add(house);
    expect((await house.find(id)).progress.state).toBe('cancelled');
    expect(await house.call('invitation.sendNow', { id })).toMatchObject({ ok: false });
    await house.vendor.acceptConnections();
    await house.clock.advance(10 * MINUTE_MS);
    expect(house.posts()).toEqual([]);
  });

  test('an unconfirmed invitation is still searched, and counts as sent if it may have been', async () => {
    const house = await open();
    house.vendor.fault({ kind: 'status', status: 503, times: 1, path: SEND });
    const { id } = await house.invite(1);
    await house.clock.advance(2 * MINUTE_MS);
    valueOf(await house.call('doNotContact.optOut', { phone: aPhone(1), staff: null }));
    expect((await house.find(id)).progress.state).toBe('unconfirmed');
    await house.clock.advance(30 * MINUTE_MS);
    expect((await house.find(id)).progress.state).toBe('maybe_sent');
    expect(house.posts()).toHaveLength(1);
  });

  test('returns how many invitations it ended', async () => {
    const house = await open();
    await house.invite(1);
    const add = async () =>
      valueOf(await house.call('doNotContact.optOut', { phone: aPhone(1), staff: null }));
    expect(await add()).toMatchObject({ isNew: true, ended: 1 });
    expect(await add()).toMatchObject({ isNew: false, ended: 0 });
  });
});

test('undoes an accidental opt-out; an older one stays', async () => {
  const house = await openHouse(withUndo);
  const add = async () =>
    valueOf(await house.call('doNotContact.optOut', { phone: aPhone(1), staff: null }));
  const first = await add();
  await house.clock.advance(MINUTE_MS);
  const second = await add();
  expect(second).toEqual({ since: first.since, isNew: false, ended: 0 });
  await house.call('doNotContact.undoOptOut', { phone: aPhone(1), since: first.since + 1 });
  expect((await add()).isNew).toBe(false);
  await house.call('doNotContact.undoOptOut', { phone: aPhone(1), since: first.since });
  await house.invite(1);
});

test('the desk snapshot has the remembered choices, and the form draft is kept in memory only', async () => {
  const house = await openHouse();
  await house.call('lastChoice.save', { kind: 'business', businessId: HOTEL.id });
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
  await house.call('formDraft.save', { form });
  expect(valueOf(await house.call('formDraft.load', {}))).toEqual({ form });
  expect(house.emitted()).toContain('app.changed');

  await house.restart();
  expect(valueOf(await house.call('app.read', {}))).toMatchObject({
    remembered: { businessId: HOTEL.id },
  });
  expect(valueOf(await house.call('formDraft.load', {}))).toEqual({ form: null });
});
