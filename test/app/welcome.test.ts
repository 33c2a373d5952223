import { expect, test } from 'vitest';
import { HOTEL, openHouse, valueOf, VENDOR_KEY, type House } from '../support/app.ts';

const onlyTheVendor = (apiUrl: string) => JSON.stringify({ apiUrl });

async function welcomeOf(house: House) {
  const desk = valueOf(await house.call('app.read', {}));
  if (desk.kind !== 'open') throw new Error(desk.kind);
  return desk.welcome;
}
const go = async (house: House, to: 'business' | 'country' | 'done') =>
  valueOf(await house.call('welcome.setStep', { to }));

test('an interrupted first start continues at the same step', async () => {
  const house = await openHouse({ key: null, config: onlyTheVendor });
  expect(await welcomeOf(house)).toBe('key');
  await house.restart();
  expect(await welcomeOf(house)).toBe('key');

  await go(house, 'business');
  expect(await welcomeOf(house)).toBe('key');
  valueOf(await house.call('apiKey.save', { key: VENDOR_KEY }));
  expect(await welcomeOf(house)).toBe('business');
  await house.restart();
  expect(await welcomeOf(house)).toBe('business');

  const businesses = [{ id: HOTEL.id, name: HOTEL.name }];
  valueOf(await house.call('settings.save', { businesses }));
  await go(house, 'country');
  await house.restart();
  expect(await welcomeOf(house)).toBe('country');
  await go(house, 'done');
  await house.restart();
  expect(await welcomeOf(house)).toBeNull();
});

test('choosing practice first ends the welcome questions', async () => {
  const house = await openHouse({ key: null, config: onlyTheVendor });
  await go(house, 'done');
  await house.restart();
  expect(await welcomeOf(house)).toBeNull();
  expect(valueOf(await house.call('app.read', {}))).toMatchObject({ mode: 'practice' });
});

test('a desk with a key from IT, or with practice requested, shows no welcome', async () => {
  expect(await welcomeOf(await openHouse())).toBeNull();
  expect(await welcomeOf(await openHouse({ key: null, start: 'practice' }))).toBeNull();
});

test('leaving practice works at once with a key, and stays in practice without one', async () => {
  const ready = await openHouse({ start: 'practice' });
  expect(valueOf(await ready.call('app.leavePractice', {}))).toMatchObject({ mode: 'live' });
  const keyless = await openHouse({ key: null, start: 'practice' });
  expect(valueOf(await keyless.call('app.leavePractice', {}))).toMatchObject({ mode: 'practice' });
});
