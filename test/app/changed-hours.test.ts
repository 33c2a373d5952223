import { expect, test } from 'vitest';
import type { PartialSettings } from '../../shared/settings.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts';
import { configWith, openHouse, valueOf, type House } from '../support/app.ts';

const SUNDAY_NOON = new Date(2026, 10, 22, 12).getTime();
const weekdayAt = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();

/** The reception on a Sunday, with hours that no administrator has fixed. */
const openOnSunday = () =>
  openHouse({
    startAt: SUNDAY_NOON,
    config: (url) => configWith(url, { sendingHours: undefined, defaultCountry: 'FR' }),
  });
const change = async (house: House, settings: PartialSettings) => {
  valueOf(await house.call('settings.save', settings));
  await house.rest();
};

test('a held invitation is sent by the current sending hours, not by those of its save', async () => {
  const house = await openOnSunday();
  const { id } = await house.invite(1);
  const departure = async () => (await house.find(id)).progress;
  expect(await departure()).toMatchObject({ state: 'held', notBefore: weekdayAt(23, 8) });

  const told = house.emitted().length;
  await change(house, { sendingHours: [{ days: [1], from: '14:00', to: '18:00' }] });
  expect(await departure()).toMatchObject({ state: 'held', notBefore: weekdayAt(23, 14) });
  expect(house.emitted().slice(told)).toContain('invitation.changed');

  // Earlier again, and sent at once: the later opening no longer exists.
  await change(house, { sendingHours: [{ days: [7], from: '11:00', to: '18:00' }] });
  expect(await departure()).toMatchObject({ state: 'accepted' });
  expect(house.vendor.sms()).toHaveLength(1);
});

test('a held invitation follows a change of the holidays setting and of the country', async () => {
  const house = await openHouse({
    startAt: new Date(2026, 11, 24, 22).getTime(),
    config: (url) => configWith(url, { sendingHours: undefined }),
  });
  const { id } = await house.invite(1);
  const notBefore = async () => {
    const { progress } = await house.find(id);
    return progress.state === 'held' ? new Date(progress.notBefore).getDate() : progress.state;
  };
  expect(await notBefore()).toBe(26);
  await change(house, { sendOnHolidays: true });
  expect(await notBefore()).toBe(25);
  await change(house, { sendOnHolidays: false });
  expect(await notBefore()).toBe(26);
  // Boxing Day, a Saturday this year, is observed on the Monday.
  await change(house, { defaultCountry: 'GB' });
  expect(await notBefore()).toBe(29);
});

test('hours changed by IT apply from the next start on, also to held invitations', async () => {
  const house = await openHouse({
    startAt: SUNDAY_NOON,
    config: (url) => configWith(url, { sendingHours: [{ days: [1], from: '08:00', to: '20:00' }] }),
  });
  const { id } = await house.invite(1);
  house.writeConfig(
    configWith(house.vendor.apiUrl.href, {
      sendingHours: [{ days: [2], from: '08:00', to: '20:00' }],
    }),
  );
  await house.restart();
  expect((await house.find(id)).progress).toMatchObject({ notBefore: weekdayAt(24, 8) });
  await house.clock.advance(2 * DAY_MS);
  await house.clock.advance(MINUTE_MS);
  expect((await house.find(id)).progress).toMatchObject({ state: 'accepted' });
});
