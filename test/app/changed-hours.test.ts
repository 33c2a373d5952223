import { expect, test } from 'vitest';
import type { PartialSettings } from '../../shared/settings.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts';
import { configWith, openTestApp, valueOf, type TestApp } from '../support/app.ts';

const SUNDAY_NOON = new Date(2026, 10, 22, 12).getTime();
const weekdayAt = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();

/** The reception on a Sunday, with hours that no administrator has fixed. */
const openOnSunday = () =>
  openTestApp({
    startAt: SUNDAY_NOON,
    config: (url) => configWith(url, { sendingHours: undefined, defaultCountry: 'FR' }),
  });
const change = async (testApp: TestApp, settings: PartialSettings) => {
  valueOf(await testApp.call('settings.save', settings));
  await testApp.rest();
};

test('a held invitation is sent by the current sending hours, not by those of its save', async () => {
  const testApp = await openOnSunday();
  const { id } = await testApp.invite(1);
  const departure = async () => (await testApp.find(id)).progress;
  expect(await departure()).toMatchObject({ state: 'held', notBefore: weekdayAt(23, 8) });

  const told = testApp.emitted().length;
  await change(testApp, { sendingHours: [{ days: [1], from: '14:00', to: '18:00' }] });
  expect(await departure()).toMatchObject({ state: 'held', notBefore: weekdayAt(23, 14) });
  expect(testApp.emitted().slice(told)).toContain('invitation.changed');

  // Earlier again, and sent at once: the later opening no longer exists.
  await change(testApp, { sendingHours: [{ days: [7], from: '11:00', to: '18:00' }] });
  expect(await departure()).toMatchObject({ state: 'accepted' });
  expect(testApp.vendor.sms()).toHaveLength(1);
});

test('a held invitation follows a change of the holidays setting and of the country', async () => {
  const testApp = await openTestApp({
    startAt: new Date(2026, 11, 24, 22).getTime(),
    config: (url) => configWith(url, { sendingHours: undefined }),
  });
  const { id } = await testApp.invite(1);
  const notBefore = async () => {
    const { progress } = await testApp.find(id);
    return progress.state === 'held' ? new Date(progress.notBefore).getDate() : progress.state;
  };
  expect(await notBefore()).toBe(26);
  await change(testApp, { sendOnHolidays: true });
  expect(await notBefore()).toBe(25);
  await change(testApp, { sendOnHolidays: false });
  expect(await notBefore()).toBe(26);
  // Boxing Day, a Saturday this year, is observed on the Monday.
  await change(testApp, { defaultCountry: 'GB' });
  expect(await notBefore()).toBe(29);
});

test('hours changed by IT apply from the next start on, also to held invitations', async () => {
  const testApp = await openTestApp({
    startAt: SUNDAY_NOON,
    config: (url) => configWith(url, { sendingHours: [{ days: [1], from: '08:00', to: '20:00' }] }),
  });
  const { id } = await testApp.invite(1);
  testApp.writeConfig(
    configWith(testApp.vendor.apiUrl.href, {
      sendingHours: [{ days: [2], from: '08:00', to: '20:00' }],
    }),
  );
  await testApp.restart();
  expect((await testApp.find(id)).progress).toMatchObject({ notBefore: weekdayAt(24, 8) });
  await testApp.clock.advance(2 * DAY_MS);
  await testApp.clock.advance(MINUTE_MS);
  expect((await testApp.find(id)).progress).toMatchObject({ state: 'accepted' });
});
