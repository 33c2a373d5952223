import { expect, test } from 'vitest';
import { MINUTE_MS } from '../../shared/time.ts';
import { aPhone, openHouse, configWith, valueOf, HOTEL } from '../support/app.ts';

const withUndo = { config: (url: string) => configWith(url, { undoSeconds: 60 }) };

test('a customer who says no while an invitation is held gets none', async () => {
  const house = await openHouse(withUndo);
  const { id } = await house.invite(1);
  const { isNew } = valueOf(
    await house.call('doNotContact.add', { phone: aPhone(1), staff: 'Léa' }),
  );
  expect(isNew).toBe(true);
  await house.clock.advance(2 * MINUTE_MS);
  expect((await house.find(id)).progress.state).toBe('cancelled');
  expect(house.posts()).toEqual([]);
  const refused = await house.call('invitation.enqueue', house.draft(1));
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'not-allowed' } });
});

test('a slip of the finger is undone; an older no stays', async () => {
  const house = await openHouse(withUndo);
  const add = async () =>
    valueOf(await house.call('doNotContact.add', { phone: aPhone(1), staff: null }));
  const first = await add();
  await house.clock.advance(MINUTE_MS);
  const second = await add();
  expect(second).toEqual({ since: first.since, isNew: false });
  await house.call('doNotContact.undoAdd', { phone: aPhone(1), since: first.since + 1 });
  expect((await add()).isNew).toBe(false);
  await house.call('doNotContact.undoAdd', { phone: aPhone(1), since: first.since });
  await house.invite(1);
});

test('what the desk remembers comes with it, and a half-filled form is kept in memory only', async () => {
  const house = await openHouse();
  await house.call('desk.remember', { kind: 'business', businessId: HOTEL.id });
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
  await house.call('form.keep', { form });
  expect(valueOf(await house.call('form.recall', {}))).toEqual({ form });
  expect(house.emitted()).toContain('desk.changed');

  await house.restart();
  expect(valueOf(await house.call('desk.read', {}))).toMatchObject({
    remembered: { businessId: HOTEL.id },
  });
  expect(valueOf(await house.call('form.recall', {}))).toEqual({ form: null });
});
