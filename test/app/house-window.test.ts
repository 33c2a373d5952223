import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { aPhone, configWith, HOTEL, openTestApp, valueOf, type TestApp } from '../support/app.ts';

const verdictOn = async (testApp: TestApp, last: number) =>
  valueOf(
    await testApp.call('verdict.check', {
      phone: aPhone(last),
      name: '',
      businessId: HOTEL.id,
      replaces: null,
    }),
  );

/** A desk that is reopened after a number of days and has had the time to purge. */
async function daysLater(testApp: TestApp, days: number): Promise<void> {
  testApp.crash();
  await testApp.clock.advance(days * DAY_MS);
  await testApp.boot();
  await testApp.invite(9);
  await testApp.clock.advance(HOUR_MS + MINUTE_MS);
}

test('[row 131] a house window of 90 days still applies on day 33, with a retention of 30', async () => {
  const testApp = await openTestApp({
    config: (url) => configWith(url, { houseWindowDays: 90, retentionDays: 30 }),
  });
  const sentAt = testApp.clock.now();
  const { id } = await testApp.invite(1);
  await testApp.clock.advance(MINUTE_MS);
  await daysLater(testApp, 33);
  expect((await testApp.invitations()).map((one) => one.id)).not.toContain(id);
  expect((await verdictOn(testApp, 1)).ruling).toMatchObject({
    kind: 'house',
    sentAt: expect.closeTo(sentAt, -4),
    opensAt: expect.closeTo(sentAt + 90 * DAY_MS, -4),
    name: '',
    staff: null,
    from: 'here',
    place: null,
    proved: true,
  });
  await testApp.restart();
  expect((await verdictOn(testApp, 1)).ruling.kind).toBe('house');
});

test('[row 131] without a house window the verdict says how far back it knows', async () => {
  const testApp = await openTestApp({ config: (url) => configWith(url, { retentionDays: 30 }) });
  expect((await verdictOn(testApp, 1)).knownSince).toBeNull();
  await testApp.invite(1);
  await testApp.clock.advance(MINUTE_MS);
  await daysLater(testApp, 33);
  const { ruling, knownSince } = await verdictOn(testApp, 1);
  expect(ruling).toEqual({ kind: 'never' });
  expect(testApp.clock.now() - (knownSince ?? 0)).toBeGreaterThanOrEqual(30 * DAY_MS);
  expect(testApp.clock.now() - (knownSince ?? 0)).toBeLessThan(31 * DAY_MS);
});

/** A number of which only the last send is kept, at a desk whose limits a manager can change. */
async function onlyLastSendIsKept() {
  const testApp = await openTestApp();
  valueOf(await testApp.call('settings.save', { houseWindowDays: 90, retentionDays: 30 }));
  await testApp.invite(1);
  await testApp.clock.advance(MINUTE_MS);
  await daysLater(testApp, 33);
  expect((await verdictOn(testApp, 1)).ruling.kind).toBe('house');
  expect((await testApp.invitations()).map(({ phone }) => phone)).not.toContain(aPhone(1));
  return testApp;
}

test('[row 168] erases a number without invitations', async () => {
  const testApp = await onlyLastSendIsKept();
  const erasure = { phone: aPhone(1), refusal: 'forgotten', pin: null } as const;
  expect(valueOf(await testApp.call('customer.erase', erasure))).toEqual({
    invitations: 0,
    elsewhere: 'none',
  });
  expect((await verdictOn(testApp, 1)).ruling).toEqual({ kind: 'never' });
  for (const name of readdirSync(testApp.folder).filter((file) => file.startsWith('deskbell.db')))
    expect(readFileSync(join(testApp.folder, name), 'latin1')).not.toContain(aPhone(1).slice(1));
});

test('[row 168] erases or keeps a number that is only on the do-not-contact list, as the checkbox says', async () => {
  const testApp = await openTestApp();
  valueOf(await testApp.call('doNotContact.optOut', { phone: aPhone(1), staff: 'Léa' }));
  const erase = (refusal: 'kept' | 'forgotten') =>
    testApp.call('customer.erase', { phone: aPhone(1), refusal, pin: null });
  expect(valueOf(await erase('kept'))).toEqual({ invitations: 0, elsewhere: 'none' });
  expect((await verdictOn(testApp, 1)).ruling.kind).toBe('do-not-contact');
  expect(valueOf(await erase('forgotten'))).toEqual({ invitations: 0, elsewhere: 'none' });
  expect((await verdictOn(testApp, 1)).ruling.kind).toBe('never');
});

test('[row 169] a shorter house window deletes last sends at once', async () => {
  const testApp = await onlyLastSendIsKept();
  valueOf(await testApp.call('settings.save', { houseWindowDays: 20 }));
  expect((await verdictOn(testApp, 1)).ruling).toEqual({ kind: 'never' });
  valueOf(await testApp.call('settings.save', { houseWindowDays: 90 }));
  expect((await verdictOn(testApp, 1)).ruling).toEqual({ kind: 'never' });
});

test('[row 169] a shorter retention deletes invitations at once', async () => {
  const testApp = await openTestApp();
  valueOf(await testApp.call('settings.save', { retentionDays: 60 }));
  await testApp.invite(1);
  await testApp.clock.advance(MINUTE_MS);
  await daysLater(testApp, 33);
  const count = async () => (await testApp.invitations()).length;
  expect(await count()).toBe(2);
  valueOf(await testApp.call('settings.save', { retentionDays: 30 }));
  expect(await count()).toBe(1);
});
