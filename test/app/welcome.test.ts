import { expect, test } from 'vitest';
import { HOTEL, openTestApp, valueOf, VENDOR_KEY, type TestApp } from '../support/app.ts';

const onlyTheVendor = (apiUrl: string) => JSON.stringify({ apiUrl });

async function welcomeOf(testApp: TestApp) {
  const snapshot = valueOf(await testApp.call('app.read', {}));
  if (snapshot.kind !== 'open') throw new Error(snapshot.kind);
  return snapshot.welcome;
}
const go = async (testApp: TestApp, to: 'business' | 'country' | 'done') =>
  valueOf(await testApp.call('welcome.setStep', { to }));

test('an interrupted first start continues at the same step', async () => {
  const testApp = await openTestApp({ key: null, config: onlyTheVendor });
  expect(await welcomeOf(testApp)).toBe('key');
  await testApp.restart();
  expect(await welcomeOf(testApp)).toBe('key');

  await go(testApp, 'business');
  expect(await welcomeOf(testApp)).toBe('key');
  valueOf(await testApp.call('apiKey.save', { key: VENDOR_KEY }));
  expect(await welcomeOf(testApp)).toBe('business');
  await testApp.restart();
  expect(await welcomeOf(testApp)).toBe('business');

  const businesses = [{ id: HOTEL.id, name: HOTEL.name }];
  valueOf(await testApp.call('settings.save', { businesses }));
  await go(testApp, 'country');
  await testApp.restart();
  expect(await welcomeOf(testApp)).toBe('country');
  await go(testApp, 'done');
  await testApp.restart();
  expect(await welcomeOf(testApp)).toBeNull();
});

test('choosing practice first ends the welcome questions', async () => {
  const testApp = await openTestApp({ key: null, config: onlyTheVendor });
  await go(testApp, 'done');
  await testApp.restart();
  expect(await welcomeOf(testApp)).toBeNull();
  expect(valueOf(await testApp.call('app.read', {}))).toMatchObject({ mode: 'practice' });
});

test('a desk with a key from IT, or with practice requested, shows no welcome', async () => {
  expect(await welcomeOf(await openTestApp())).toBeNull();
  expect(await welcomeOf(await openTestApp({ key: null, start: 'practice' }))).toBeNull();
});

test('leaving practice works at once with a key, and stays in practice without one', async () => {
  const ready = await openTestApp({ start: 'practice' });
  expect(valueOf(await ready.call('app.leavePractice', {}))).toMatchObject({ mode: 'live' });
  const keyless = await openTestApp({ key: null, start: 'practice' });
  expect(valueOf(await keyless.call('app.leavePractice', {}))).toMatchObject({ mode: 'practice' });
});
