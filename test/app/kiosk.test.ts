import { expect, test } from 'vitest';
import { openHouse } from '../support/app.ts';

async function aKiosk() {
  let left = 0;
  const house = await openHouse({
    onLeave: () => {
      left += 1;
    },
  });
  return { ...house, left: () => left };
}

test('a kiosk without a PIN is left by whoever closes it', async () => {
  const { call, left } = await aKiosk();
  expect(await call('kiosk.leave', { pin: null })).toEqual({ ok: true, value: {} });
  expect(left()).toBe(1);
});

test('with a PIN only a manager leaves it, and wrong tries are counted', async () => {
  const { call, left } = await aKiosk();
  await call('pin.save', { current: null, next: '2468' });
  await call('settings.lock', {});
  expect(await call('kiosk.leave', { pin: null })).toMatchObject({
    ok: false,
    failure: { kind: 'pin-needed' },
  });
  for (const waitSeconds of [0, 0, 5]) {
    expect(await call('kiosk.leave', { pin: '1357' })).toEqual({
      ok: false,
      failure: { kind: 'wrong-pin', waitSeconds },
    });
  }
  expect(await call('kiosk.leave', { pin: '2468' })).toMatchObject({ ok: false });
  expect(left()).toBe(0);
});

test('the right PIN leaves it', async () => {
  const { call, left } = await aKiosk();
  await call('pin.save', { current: null, next: '2468' });
  await call('settings.lock', {});
  expect(await call('kiosk.leave', { pin: '2468' })).toEqual({ ok: true, value: {} });
  expect(left()).toBe(1);
});

test('a manager at work needs no PIN twice', async () => {
  const { call, left } = await aKiosk();
  await call('pin.save', { current: null, next: '2468' });
  expect(await call('kiosk.leave', { pin: null })).toEqual({ ok: true, value: {} });
  expect(left()).toBe(1);
});
