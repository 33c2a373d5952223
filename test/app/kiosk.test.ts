import { expect, test } from 'vitest';
import { EVERYTHING } from '../../shared/history-query.ts';
import { configWith, openTestApp } from '../support/app.ts';

async function aKiosk() {
  let left = 0;
  const testApp = await openTestApp({
    onLeave: () => {
      left += 1;
    },
  });
  return { ...testApp, left: () => left };
}

test('a kiosk without a PIN closes like a window', async () => {
  const { call, left } = await aKiosk();
  expect(await call('kiosk.exit', { pin: null })).toEqual({ ok: true, value: {} });
  expect(left()).toBe(1);
});

test('with a PIN only a manager can leave it, and wrong tries are counted', async () => {
  const { call, left } = await aKiosk();
  await call('pin.save', { current: null, next: '2468' });
  await call('settings.lock', {});
  expect(await call('kiosk.exit', { pin: null })).toMatchObject({
    ok: false,
    failure: { kind: 'pin-needed' },
  });
  for (const waitSeconds of [0, 0, 5]) {
    expect(await call('kiosk.exit', { pin: '1357' })).toEqual({
      ok: false,
      failure: { kind: 'wrong-pin', waitSeconds },
    });
  }
  expect(await call('kiosk.exit', { pin: '2468' })).toEqual({
    ok: false,
    failure: { kind: 'pin-wait', waitSeconds: 5 },
  });
  expect(left()).toBe(0);
});

test('the right PIN leaves the kiosk', async () => {
  const { call, left } = await aKiosk();
  await call('pin.save', { current: null, next: '2468' });
  await call('settings.lock', {});
  expect(await call('kiosk.exit', { pin: '2468' })).toEqual({ ok: true, value: {} });
  expect(left()).toBe(1);
});

test('an unlocked manager leaves the kiosk without the PIN', async () => {
  const { call, left } = await aKiosk();
  await call('pin.save', { current: null, next: '2468' });
  expect(await call('kiosk.exit', { pin: null })).toEqual({ ok: true, value: {} });
  expect(left()).toBe(1);
});

test('[row 180] a kiosk opens system dialogs for a manager only', async () => {
  const boxes: string[] = [];
  const chooseFile = (name: string): undefined => void boxes.push(name);
  const { call } = await openTestApp({
    chooseFile,
    config: (url) => configWith(url, { kiosk: true }),
  });
  const filter = EVERYTHING;
  await call('pin.save', { current: null, next: '2468' });
  await call('settings.lock', {});
  const locked = { ok: false, failure: { kind: 'pin-needed', isSet: true } };
  expect(await call('history.export', { filter })).toEqual(locked);
  expect(await call('page.print', {})).toEqual(locked);
  const wrong = { ok: false, failure: { kind: 'wrong-pin', waitSeconds: 0 } };
  expect(await call('history.export', { filter, pin: '1357' })).toEqual(wrong);
  expect(boxes).toEqual([]);
  expect(await call('history.export', { filter, pin: '2468' })).toMatchObject({ ok: true });
  expect(await call('page.print', { pin: '2468' })).toMatchObject({ ok: true });
  expect(boxes).toHaveLength(1);
});

test('[row 180] outside a kiosk, or without a PIN, system dialogs open for every person', async () => {
  const kiosk = await openTestApp({ config: (url) => configWith(url, { kiosk: true }) });
  expect(await kiosk.call('page.print', {})).toMatchObject({ ok: true });
  const { call } = await openTestApp();
  await call('pin.save', { current: null, next: '2468' });
  await call('settings.lock', {});
  expect(await call('history.export', { filter: EVERYTHING })).toMatchObject({ ok: true });
});
