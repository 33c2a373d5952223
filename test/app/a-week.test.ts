import { expect, onTestFinished, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { e164Schema } from '../../shared/phone/e164.ts';
import { configWith, HOTEL, openTestApp, valueOf } from '../support/app.ts';

/** One of the 10,000 mobile numbers that France keeps for fiction: +33639980000 to +33639989999. */
const aGuest = (nth: number) => e164Schema.parse(`+3363998${String(nth).padStart(4, '0')}`);

function inParis(): void {
  const { TZ } = process.env;
  process.env.TZ = 'Europe/Paris';
  onTestFinished(() => {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });
}

const DAYS = 7;
const GUESTS_A_DAY = 286;
const GUESTS = DAYS * GUESTS_A_DAY;
const PER_MINUTE = 20;
const EXPIRY_DAYS = 3;

test('[row 27] after a week offline, sends the young ones of 2,002 invitations in order, within the rate and the hours', async () => {
  inParis();
  const startAt = Date.UTC(2026, 10, 23, 9);
  const testApp = await openTestApp({
    startAt,
    config: (apiUrl) =>
      configWith(apiUrl, {
        requestsPerMinute: PER_MINUTE,
        outboxExpiryDays: EXPIRY_DAYS,
        sendingHours: [{ days: [1, 2, 3, 4, 5], from: '10:00', to: '10:30' }],
      }),
  });
  await testApp.vendor.refuseConnections();
  const promisedAt = new Map<string, number>();
  for (let nth = 0; nth < GUESTS; nth += 1) {
    const { phone, queuedAt, progress } = await testApp.invite(0, { phone: aGuest(nth) });
    promisedAt.set(phone, progress.state === 'held' ? progress.notBefore : queuedAt);
    if ((nth + 1) % GUESTS_A_DAY !== 0) continue;
    // The PC is off for the rest of the day.
    testApp.crash();
    await testApp.clock.advance(DAY_MS);
    await testApp.boot();
  }
  const backAt = testApp.clock.now();
  await testApp.vendor.acceptConnections();
  await testApp.clock.advance(4 * DAY_MS);

  const sms = testApp.vendor.sms();
  expect(sms.length).toBeGreaterThan(300);
  // In the order in which they were saved, once each.
  expect(new Set(sms.map(({ phone }) => phone)).size).toBe(sms.length);
  const order = sms.map(({ phone }) => Number(phone.slice(-4)));
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  for (const { phone, at } of sms) {
    expect(at).toBeGreaterThanOrEqual(backAt);
    expect(at - (promisedAt.get(phone) ?? 0)).toBeLessThanOrEqual(EXPIRY_DAYS * DAY_MS);
    // 10:00 to 10:30 in Paris, Monday to Friday.
    const minute = ((at % DAY_MS) - 9 * HOUR_MS) / MINUTE_MS;
    expect(minute).toBeGreaterThanOrEqual(0);
    expect(minute).toBeLessThan(30);
    expect([1, 2, 3, 4, 5]).toContain(new Date(at).getUTCDay());
    const inMinute = sms.filter((other) => other.at >= at && other.at < at + MINUTE_MS);
    expect(inMinute.length).toBeLessThanOrEqual(PER_MINUTE);
  }
  // Nothing is lost: a person decides about every invitation that was not sent.
  const open = valueOf(await testApp.call('outbox.list', {}));
  expect(open.length + sms.length).toBe(GUESTS);
  for (const { progress } of open) {
    expect(progress).toMatchObject({ state: 'needs_decision', why: 'too-old' });
  }
});

test('[row 75] in the night of the clock change, an opening in the skipped hour moves to 3:00', async () => {
  inParis();
  // Saturday 27 March 2027, 20:00 in Paris; that night 2:00 becomes 3:00.
  const testApp = await openTestApp({
    startAt: Date.UTC(2027, 2, 27, 19),
    config: (apiUrl) =>
      configWith(apiUrl, { sendingHours: [{ days: [7], from: '02:30', to: '04:00' }] }),
  });
  const three = Date.UTC(2027, 2, 28, 1);
  const asked = { phone: aGuest(21), name: '', businessId: HOTEL.id, replaces: null };
  expect(valueOf(await testApp.call('verdict.check', asked)).waitsUntil).toBe(three);
  await testApp.invite(0, { phone: aGuest(21) });
  await testApp.clock.advance(three - testApp.clock.now() - SECOND_MS);
  expect(testApp.posts()).toEqual([]);
  await testApp.clock.advance(SECOND_MS);
  expect(testApp.posts()).toHaveLength(1);
  // Ten days are 240 hours, whatever the local time shows.
  const { ruling } = valueOf(await testApp.call('verdict.check', asked));
  expect(ruling).toMatchObject({ kind: 'closed', opensAt: three + 10 * DAY_MS });
});
