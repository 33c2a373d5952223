import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { aPhone, configWith, HOTEL, openHouse, valueOf, type House } from '../support/app.ts';

const verdictOn = async (house: House, last: number) =>
  valueOf(
    await house.call('verdict.check', {
      phone: aPhone(last),
      name: '',
      businessId: HOTEL.id,
      replaces: null,
    }),
  );

/** A desk that is reopened after a number of days and has had the time to purge. */
async function daysLater(house: House, days: number): Promise<void> {
  house.crash();
  await house.clock.advance(days * DAY_MS);
  await house.boot();
  await house.invite(9);
  await house.clock.advance(HOUR_MS + MINUTE_MS);
}

test('[row 131] a house window of 90 days still applies on day 33, with a retention of 30', async () => {
  const house = await openHouse({
    config: (url) => configWith(url, { houseWindowDays: 90, retentionDays: 30 }),
  });
  const sentAt = house.clock.now();
  const { id } = await house.invite(1);
  await house.clock.advance(MINUTE_MS);
  await daysLater(house, 33);
  expect((await house.invitations()).map((one) => one.id)).not.toContain(id);
  expect((await verdictOn(house, 1)).ruling).toMatchObject({
    kind: 'house',
    sentAt: expect.closeTo(sentAt, -4),
    opensAt: expect.closeTo(sentAt + 90 * DAY_MS, -4),
    name: '',
    staff: null,
    from: 'here',
    proved: true,
  });
  await house.restart();
  expect((await verdictOn(house, 1)).ruling.kind).toBe('house');
});

test('[row 131] without a house window the verdict says how far back it knows', async () => {
  const house = await openHouse({ config: (url) => configWith(url, { retentionDays: 30 }) });
  expect((await verdictOn(house, 1)).knownSince).toBeNull();
  await house.invite(1);
  await house.clock.advance(MINUTE_MS);
  await daysLater(house, 33);
  const { ruling, knownSince } = await verdictOn(house, 1);
  expect(ruling).toEqual({ kind: 'never' });
  expect(house.clock.now() - (knownSince ?? 0)).toBeGreaterThanOrEqual(30 * DAY_MS);
  expect(house.clock.now() - (knownSince ?? 0)).toBeLessThan(31 * DAY_MS);
});

/** A number of which only the last send is kept, at a desk whose limits a manager can change. */
async function onlyLastSendIsKept() {
  const house = await openHouse();
  valueOf(await house.call('settings.save', { houseWindowDays: 90, retentionDays: 30 }));
  await house.invite(1);
  await house.clock.advance(MINUTE_MS);
  await daysLater(house, 33);
  expect((await verdictOn(house, 1)).ruling.kind).toBe('house');
  expect((await house.invitations()).map(({ phone }) => phone)).not.toContain(aPhone(1));
  return house;
}

test('[row 168] erases a number without invitations', async () => {
  const house = await onlyLastSendIsKept();
  const erasure = { phone: aPhone(1), refusal: 'forgotten', pin: null } as const;
  expect(valueOf(await house.call('customer.erase', erasure))).toEqual({ invitations: 0 });
  expect((await verdictOn(house, 1)).ruling).toEqual({ kind: 'never' });
  for (const name of readdirSync(house.folder).filter((file) => file.startsWith('deskbell.db')))
    expect(readFileSync(join(house.folder, name), 'latin1')).not.toContain(aPhone(1).slice(1));
});

test('[row 168] erases or keeps a number that is only on the do-not-contact list, as the checkbox says', async () => {
  const house = await openHouse();
  valueOf(await house.call('doNotContact.optOut', { phone: aPhone(1), staff: 'Léa' }));
  const erase = (refusal: 'kept' | 'forgotten') =>
    house.call('customer.erase', { phone: aPhone(1), refusal, pin: null });
  expect(valueOf(await erase('kept'))).toEqual({ invitations: 0 });
  expect((await verdictOn(house, 1)).ruling.kind).toBe('do-not-contact');
  expect(valueOf(await erase('forgotten'))).toEqual({ invitations: 0 });
  expect((await verdictOn(house, 1)).ruling.kind).toBe('never');
});

test('[row 169] a shorter house window deletes last sends at once', async () => {
  const house = await onlyLastSendIsKept();
  valueOf(await house.call('settings.save', { houseWindowDays: 20 }));
  expect((await verdictOn(house, 1)).ruling).toEqual({ kind: 'never' });
  valueOf(await house.call('settings.save', { houseWindowDays: 90 }));
  expect((await verdictOn(house, 1)).ruling).toEqual({ kind: 'never' });
});

test('[row 169] a shorter retention deletes invitations at once', async () => {
  const house = await openHouse();
  valueOf(await house.call('settings.save', { retentionDays: 60 }));
  await house.invite(1);
  await house.clock.advance(MINUTE_MS);
  await daysLater(house, 33);
  const count = async () => (await house.invitations()).length;
  expect(await count()).toBe(2);
  valueOf(await house.call('settings.save', { retentionDays: 30 }));
  expect(await count()).toBe(1);
});
