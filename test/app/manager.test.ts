import { describe, expect, test } from 'vitest';
import { IDLE_MS } from '../../electron/settings/manager-session.ts';
import { aPhone, configWith, HOTEL, openHouse, valueOf, VENDOR_KEY } from '../support/app.ts';

const PIN = '4711';
const PIN_NEEDED = { ok: false, failure: { kind: 'pin-needed', isSet: true } };

const HOTEL_SET = { id: HOTEL.id, name: HOTEL.name };
const onlyTheVendor = (apiUrl: string) => JSON.stringify({ apiUrl });

async function aLockedHouse() {
  const house = await openHouse();
  valueOf(await house.call('pin.save', { current: null, next: PIN }));
  valueOf(await house.call('settings.lock', {}));
  return house;
}

describe('behind a PIN', () => {
  test('no setting and no key changes before the PIN was entered, whatever the page calls', async () => {
    const house = await aLockedHouse();
    const ask = () =>
      Promise.all([
        house.call('settings.save', { houseWindowDays: 90 }),
        house.call('apiKey.save', { key: 'another-key' }),
        house.call('apiKey.remove', {}),
      ]);
    expect(await ask()).toEqual([PIN_NEEDED, PIN_NEEDED, PIN_NEEDED]);
    expect(await house.call('settings.unlock', { pin: '0815' })).toEqual({
      ok: false,
      failure: { kind: 'wrong-pin', waitSeconds: 0 },
    });
    expect((await ask())[0]).toEqual(PIN_NEEDED);
    expect(Object.values(house.keychain.held())).toEqual([VENDOR_KEY]);

    valueOf(await house.call('settings.unlock', { pin: PIN }));
    valueOf(await house.call('settings.save', { houseWindowDays: 90 }));
    await house.clock.advance(IDLE_MS);
    expect(await house.call('settings.save', { houseWindowDays: 0 })).toEqual(PIN_NEEDED);
    expect(house.emitted()).toContain('app.changed');
  });

  test('Settings stay unlocked when a new key reopens the desk session, and lock after a restart', async () => {
    const house = await aLockedHouse();
    valueOf(await house.call('settings.unlock', { pin: PIN }));
    valueOf(await house.call('apiKey.save', { key: VENDOR_KEY }));
    expect(valueOf(await house.call('settings.read', {})).pin).toEqual({ kind: 'unlocked' });
    await house.restart();
    expect(valueOf(await house.call('settings.read', {})).pin).toEqual({
      kind: 'locked',
      waitSeconds: 0,
    });
  });
});

describe('erasing with a PIN set', () => {
  test('asks for the PIN, because it can remove a number from the list and cannot be undone (row 115)', async () => {
    const house = await aLockedHouse();
    await house.invite(1);
    await house.rest();
    valueOf(await house.call('doNotContact.optOut', { phone: aPhone(1), staff: null }));
    const erase = (pin: string | null) =>
      house.call('customer.erase', { phone: aPhone(1), refusal: 'forgotten', pin });
    expect(await erase(null)).toEqual(PIN_NEEDED);
    expect(await erase('0815')).toMatchObject({ failure: { kind: 'wrong-pin' } });
    expect(await house.invitations()).toHaveLength(1);
    expect(valueOf(await erase(PIN))).toEqual({ invitations: 1 });
    expect(await house.invitations()).toEqual([]);
  });

  test('asks no unlocked manager, and asks no PIN where none is set', async () => {
    const house = await aLockedHouse();
    await house.invite(1);
    await house.rest();
    valueOf(await house.call('settings.unlock', { pin: PIN }));
    const erasure = { phone: aPhone(1), refusal: 'kept', pin: null } as const;
    const erased = { ok: true, value: { invitations: 1 } };
    expect(await house.call('customer.erase', erasure)).toEqual(erased);
    const open = await openHouse();
    await open.invite(1);
    await open.rest();
    expect(await open.call('customer.erase', erasure)).toEqual(erased);
  });
});

describe('sending again with a PIN set', () => {
  const ask = async (house: Awaited<ReturnType<typeof openHouse>>, pin: string | null) => {
    const question = { phone: aPhone(1), businessId: HOTEL.id, replaces: null };
    const { ruling } = valueOf(await house.call('verdict.check', { ...question, name: '' }));
    if (ruling.kind !== 'closed') throw new Error(`it is ${ruling.kind}`);
    return house.call('force.requestTicket', { ...question, shownAt: ruling.sentAt, pin });
  };

  test('asks for the PIN each time, also with Settings unlocked', async () => {
    const house = await aLockedHouse();
    valueOf(await house.call('settings.unlock', { pin: PIN }));
    valueOf(await house.call('settings.save', { forceNeedsPin: true }));
    await house.invite(1);
    await house.rest();
    expect(await ask(house, null)).toEqual(PIN_NEEDED);
    expect(await ask(house, '0815')).toMatchObject({ ok: false, failure: { kind: 'wrong-pin' } });
    expect(await ask(house, PIN)).toMatchObject({ ok: true });

    valueOf(await house.call('pin.remove', { current: PIN }));
    expect(await ask(house, null)).toMatchObject({ ok: true });
  });

  test('cannot be required before a PIN exists, and IT can block it until then', async () => {
    const house = await openHouse();
    const noPin = { ok: false, failure: { kind: 'pin-needed', isSet: false } };
    expect(await house.call('settings.save', { forceNeedsPin: true })).toEqual(noPin);

    const strict = await openHouse({ config: (url) => configWith(url, { forceNeedsPin: true }) });
    await strict.invite(1);
    await strict.rest();
    expect(await ask(strict, PIN)).toEqual(noPin);
  });
});

describe('a changed setting', () => {
  test('applies at once, without a restart and after one', async () => {
    const house = await openHouse({ config: onlyTheVendor });
    const businesses = [{ id: HOTEL.id, name: HOTEL.name }];
    valueOf(await house.call('settings.save', { businesses, sendingHours: null, undoSeconds: 0 }));
    await house.invite(1);
    await house.rest();
    expect(house.vendor.sms()).toHaveLength(1);
    await house.restart();
    const { settings } = valueOf(await house.call('settings.read', {}));
    expect(settings).toMatchObject({ businesses, sendingHours: null, undoSeconds: 0 });
  });

  test('can be a list of 5,000 businesses', async () => {
    const house = await openHouse({ config: onlyTheVendor });
    const businesses = Array.from({ length: 5_000 }, (_, at) => ({
      id: `business-${at}`,
      name: `Hôtel ${at} ${'x'.repeat(150)}`,
    }));
    valueOf(await house.call('settings.save', { businesses }));
    expect(valueOf(await house.call('settings.read', {})).settings.businesses).toHaveLength(5_000);
  });

  test('of the address selects another host with its own key', async () => {
    const house = await openHouse({
      config: (url) => JSON.stringify({ businesses: [], undoSeconds: url.length }),
    });
    expect(valueOf(await house.call('settings.read', {})).key).toBe('absent');
    valueOf(await house.call('settings.save', { apiUrl: house.vendor.apiUrl.href }));
    expect(valueOf(await house.call('settings.read', {})).key).toBe('stored');
    expect(await house.call('apiKey.test', {})).toMatchObject({ value: { kind: 'works' } });
  });

  test('that IT has fixed is refused, with all changes of the same save', async () => {
    const house = await openHouse();
    expect(await house.call('settings.save', { staff: ['Léa'], undoSeconds: 5 })).toEqual({
      ok: false,
      failure: { kind: 'locked', setting: 'undoSeconds' },
    });
    expect(valueOf(await house.call('settings.read', {})).settings.staff).toEqual([]);
  });
});

test('diagnostics contain nothing personal, whatever was typed and set (row 99)', async () => {
  const house = await openHouse({
    config: (url) => configWith(url, { staff: ['Canary Léa'], businesses: [HOTEL_SET] }),
    key: VENDOR_KEY,
  });
  await house.invite(1, { name: 'Canary Marie', staff: 'Canary Léa' });
  await house.rest();
  const { text } = valueOf(await house.call('diagnostics.copy', {}));
  expect(text).toContain('accepted: 1');
  expect(text).toContain('staff: 1');
  for (const canary of [
    'Canary',
    aPhone(1),
    aPhone(1).slice(3),
    VENDOR_KEY,
    HOTEL.name,
    house.folder,
  ]) {
    expect(text).not.toContain(canary);
  }
});

test('the holiday regions are those of the country', async () => {
  const house = await openHouse({ config: (url) => configWith(url, { defaultCountry: 'DE' }) });
  const { regions } = valueOf(await house.call('holidays.regions', {}));
  expect(regions).toContainEqual({ code: 'BY', name: 'Bayern' });
});
