import { describe, expect, test } from 'vitest';
import { IDLE_MS } from '../../electron/settings/manager-session.ts';
import { aPhone, configWith, HOTEL, openTestApp, valueOf, VENDOR_KEY } from '../support/app.ts';

const PIN = '4711';
const PIN_NEEDED = { ok: false, failure: { kind: 'pin-needed', isSet: true } };

const HOTEL_SET = { id: HOTEL.id, name: HOTEL.name };
const onlyTheVendor = (apiUrl: string) => JSON.stringify({ apiUrl });

async function aLockedTestApp() {
  const testApp = await openTestApp();
  valueOf(await testApp.call('pin.save', { current: null, next: PIN }));
  valueOf(await testApp.call('settings.lock', {}));
  return testApp;
}

describe('behind a PIN', () => {
  test('no setting and no key changes before the PIN was entered, whatever the page calls', async () => {
    const testApp = await aLockedTestApp();
    const ask = () =>
      Promise.all([
        testApp.call('settings.save', { houseWindowDays: 90 }),
        testApp.call('apiKey.save', { key: 'another-key' }),
        testApp.call('apiKey.remove', {}),
      ]);
    expect(await ask()).toEqual([PIN_NEEDED, PIN_NEEDED, PIN_NEEDED]);
    expect(await testApp.call('settings.unlock', { pin: '0815' })).toEqual({
      ok: false,
      failure: { kind: 'wrong-pin', waitSeconds: 0 },
    });
    expect((await ask())[0]).toEqual(PIN_NEEDED);
    expect(Object.values(testApp.keychain.held())).toEqual([VENDOR_KEY]);

    valueOf(await testApp.call('settings.unlock', { pin: PIN }));
    valueOf(await testApp.call('settings.save', { houseWindowDays: 90 }));
    await testApp.clock.advance(IDLE_MS);
    expect(await testApp.call('settings.save', { houseWindowDays: 0 })).toEqual(PIN_NEEDED);
    expect(testApp.emitted()).toContain('app.changed');
  });

  test('Settings stay unlocked when a new key reopens the desk session, and lock after a restart', async () => {
    const testApp = await aLockedTestApp();
    valueOf(await testApp.call('settings.unlock', { pin: PIN }));
    valueOf(await testApp.call('apiKey.save', { key: VENDOR_KEY }));
    expect(valueOf(await testApp.call('settings.read', {})).pin).toEqual({ kind: 'unlocked' });
    await testApp.restart();
    expect(valueOf(await testApp.call('settings.read', {})).pin).toEqual({
      kind: 'locked',
      waitSeconds: 0,
    });
  });
});

describe('erasing with a PIN set', () => {
  test('asks for the PIN, because it can remove a number from the list and cannot be undone (row 115)', async () => {
    const testApp = await aLockedTestApp();
    await testApp.invite(1);
    await testApp.rest();
    valueOf(await testApp.call('doNotContact.optOut', { phone: aPhone(1), staff: null }));
    const erase = (pin: string | null) =>
      testApp.call('customer.erase', { phone: aPhone(1), refusal: 'forgotten', pin });
    expect(await erase(null)).toEqual(PIN_NEEDED);
    expect(await erase('0815')).toMatchObject({ failure: { kind: 'wrong-pin' } });
    expect(await testApp.invitations()).toHaveLength(1);
    expect(valueOf(await erase(PIN))).toEqual({ invitations: 1, elsewhere: 'none' });
    expect(await testApp.invitations()).toEqual([]);
  });

  test('asks no unlocked manager, and asks no PIN where none is set', async () => {
    const testApp = await aLockedTestApp();
    await testApp.invite(1);
    await testApp.rest();
    valueOf(await testApp.call('settings.unlock', { pin: PIN }));
    const erasure = { phone: aPhone(1), refusal: 'kept', pin: null } as const;
    const erased = { ok: true, value: { invitations: 1, elsewhere: 'none' } };
    expect(await testApp.call('customer.erase', erasure)).toEqual(erased);
    const open = await openTestApp();
    await open.invite(1);
    await open.rest();
    expect(await open.call('customer.erase', erasure)).toEqual(erased);
  });
});

describe('sending again with a PIN set', () => {
  const ask = async (testApp: Awaited<ReturnType<typeof openTestApp>>, pin: string | null) => {
    const question = { phone: aPhone(1), businessId: HOTEL.id, replaces: null };
    const { ruling } = valueOf(await testApp.call('verdict.check', { ...question, name: '' }));
    if (ruling.kind !== 'closed') throw new Error(`it is ${ruling.kind}`);
    return testApp.call('force.requestTicket', { ...question, shownAt: ruling.sentAt, pin });
  };

  test('asks for the PIN each time, also with Settings unlocked', async () => {
    const testApp = await aLockedTestApp();
    valueOf(await testApp.call('settings.unlock', { pin: PIN }));
    valueOf(await testApp.call('settings.save', { forceNeedsPin: true }));
    await testApp.invite(1);
    await testApp.rest();
    expect(await ask(testApp, null)).toEqual(PIN_NEEDED);
    expect(await ask(testApp, '0815')).toMatchObject({ ok: false, failure: { kind: 'wrong-pin' } });
    expect(await ask(testApp, PIN)).toMatchObject({ ok: true });

    valueOf(await testApp.call('pin.remove', { current: PIN }));
    expect(await ask(testApp, null)).toMatchObject({ ok: true });
  });

  test('cannot be required before a PIN exists, and IT can block it until then', async () => {
    const testApp = await openTestApp();
    const noPin = { ok: false, failure: { kind: 'pin-needed', isSet: false } };
    expect(await testApp.call('settings.save', { forceNeedsPin: true })).toEqual(noPin);

    const strict = await openTestApp({ config: (url) => configWith(url, { forceNeedsPin: true }) });
    await strict.invite(1);
    await strict.rest();
    expect(await ask(strict, PIN)).toEqual(noPin);
  });
});

describe('a changed setting', () => {
  test('applies at once, without a restart and after one', async () => {
    const testApp = await openTestApp({ config: onlyTheVendor });
    const businesses = [{ id: HOTEL.id, name: HOTEL.name }];
    valueOf(
      await testApp.call('settings.save', { businesses, sendingHours: null, undoSeconds: 0 }),
    );
    await testApp.invite(1);
    await testApp.rest();
    expect(testApp.vendor.sms()).toHaveLength(1);
    await testApp.restart();
    const { settings } = valueOf(await testApp.call('settings.read', {}));
    expect(settings).toMatchObject({ businesses, sendingHours: null, undoSeconds: 0 });
  });

  test('can be a list of 5,000 businesses', async () => {
    const testApp = await openTestApp({ config: onlyTheVendor });
    const businesses = Array.from({ length: 5_000 }, (_, at) => ({
      id: `business-${at}`,
      name: `Hôtel ${at} ${'x'.repeat(150)}`,
    }));
    valueOf(await testApp.call('settings.save', { businesses }));
    expect(valueOf(await testApp.call('settings.read', {})).settings.businesses).toHaveLength(
      5_000,
    );
  });

  test('of the address selects another host with its own key', async () => {
    const testApp = await openTestApp({
      config: (url) => JSON.stringify({ businesses: [], undoSeconds: url.length }),
    });
    expect(valueOf(await testApp.call('settings.read', {})).key).toBe('absent');
    valueOf(await testApp.call('settings.save', { apiUrl: testApp.vendor.apiUrl.href }));
    expect(valueOf(await testApp.call('settings.read', {})).key).toBe('stored');
    expect(await testApp.call('apiKey.test', {})).toMatchObject({ value: { kind: 'works' } });
  });

  test('that IT has fixed is refused, with all changes of the same save', async () => {
    const testApp = await openTestApp();
    expect(await testApp.call('settings.save', { staff: ['Léa'], undoSeconds: 5 })).toEqual({
      ok: false,
      failure: { kind: 'locked', setting: 'undoSeconds' },
    });
    expect(valueOf(await testApp.call('settings.read', {})).settings.staff).toEqual([]);
  });
});

test('diagnostics contain nothing personal, whatever was typed and set (row 99)', async () => {
  const testApp = await openTestApp({
    config: (url) => configWith(url, { staff: ['Canary Léa'], businesses: [HOTEL_SET] }),
    key: VENDOR_KEY,
  });
  await testApp.invite(1, { name: 'Canary Marie', staff: 'Canary Léa' });
  await testApp.rest();
  const { text } = valueOf(await testApp.call('diagnostics.copy', {}));
  expect(text).toContain('accepted: 1');
  expect(text).toContain('staff: 1');
  for (const canary of [
    'Canary',
    aPhone(1),
    aPhone(1).slice(3),
    VENDOR_KEY,
    HOTEL.name,
    testApp.folder,
  ]) {
    expect(text).not.toContain(canary);
  }
});

test('the holiday regions are those of the country', async () => {
  const testApp = await openTestApp({ config: (url) => configWith(url, { defaultCountry: 'DE' }) });
  const { regions } = valueOf(await testApp.call('holidays.regions', {}));
  expect(regions).toContainEqual({ code: 'BY', name: 'Bayern' });
});
