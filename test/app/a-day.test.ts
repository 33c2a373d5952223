import { expect, test } from 'vitest';
import type { Invitation } from '../../shared/invitation.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import {
  aPhone,
  HOTEL,
  openTestApp,
  valueOf,
  WINDOW_SCOPES,
  type TestApp,
} from '../support/app.ts';
import { until } from '../support/clock.ts';

const SEND = '/review_booster/send_invitation';
const REASON = 'The customer lost the message';

/** Numbers that got more than one SMS, and how many. */
function doubles({ vendor }: TestApp): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { phone } of vendor.sms()) counts.set(phone, (counts.get(phone) ?? 0) + 1);
  return Object.fromEntries([...counts].filter(([, count]) => count > 1));
}

async function forceAgain(testApp: TestApp, last: number): Promise<Invitation> {
  const asked = { phone: aPhone(last), businessId: HOTEL.id, replaces: null };
  const { ruling } = valueOf(await testApp.call('verdict.check', { ...asked, name: '' }));
  if (ruling.kind !== 'closed') throw new Error(`nothing to force: ${ruling.kind}`);
  const { ticket } = valueOf(
    await testApp.call('force.requestTicket', { ...asked, shownAt: ruling.sentAt, pin: null }),
  );
  return testApp.invite(last, { force: { ticket, reason: REASON } });
}

test.each(WINDOW_SCOPES)(
  'a whole day of faults (ten days for each %s): every customer gets exactly the SMS that were decided',
  async (windowScope) => {
    const testApp = await openTestApp({ rules: { windowScope } });

    // Nine: no internet yet. Three guests leave.
    await testApp.vendor.refuseConnections();
    for (const last of [21, 22, 23]) await testApp.invite(last);
    await testApp.clock.advance(HOUR_MS);
    expect(await testApp.states()).toEqual(['waiting', 'waiting', 'waiting']);
    expect(testApp.connections().at(-1)).toMatchObject({ kind: 'offline' });
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(2 * MINUTE_MS);
    expect(testApp.posts()).toMatchObject(
      [21, 22, 23].map((last) => ({ target_phone: aPhone(last) })),
    );

    // Noon: the process dies during a request. Partoo accepted it.
    await testApp.clock.advance(2 * HOUR_MS - 2 * MINUTE_MS);
    testApp.vendor.fault({ kind: 'hang-after-accepting', times: 1, path: SEND });
    const { id: dying } = await testApp.invite(24);
    await testApp.invite(25);
    await until('it is on the wire', () => testApp.posts().length === 4);
    testApp.crash();
    await testApp.boot();
    await testApp.clock.advance(5 * MINUTE_MS);
    expect((await testApp.find(dying)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'search',
    });

    // One: Partoo asks for a pause until a given time.
    testApp.vendor.fault({ kind: 'rate-limit', retryAfter: '300', times: 1, path: SEND });
    await testApp.invite(26);
    await testApp.invite(27);
    await testApp.clock.advance(4 * MINUTE_MS);
    expect(testApp.connections().at(-1)).toMatchObject({ kind: 'busy' });
    const before = testApp.posts().length;
    await testApp.clock.advance(3 * MINUTE_MS);
    expect(testApp.posts().length).toBe(before + 2);

    // Two: the key is revoked; nothing is lost until a manager has entered another one.
    testApp.vendor.fault({ kind: 'status', status: 401, times: 1 });
    await testApp.invite(28);
    await testApp.clock.advance(HOUR_MS);
    expect(testApp.connections().at(-1)).toMatchObject({ kind: 'key-refused' });
    valueOf(await testApp.call('apiKey.save', { key: testApp.vendor.key }));
    await testApp.clock.advance(MINUTE_MS);

    // Four: a guest lost the message; the answer to the second request is lost too.
    testApp.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
    const forced = await forceAgain(testApp, 21);
    await testApp.clock.advance(MINUTE_MS);
    expect((await testApp.find(forced.id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'search',
    });

    await testApp.clock.advance(2 * DAY_MS);
    const states = await testApp.states();
    expect(states).toEqual(Array.from({ length: 9 }, () => 'accepted'));
    expect(testApp.vendor.sms()).toHaveLength(9);
    expect(doubles(testApp)).toEqual({ [aPhone(21)]: 2 });
    // The delivery of each SMS was polled until it was known.
    for (const { progress } of await testApp.invitations()) {
      expect(progress).toMatchObject({ delivery: 'delivered' });
    }
  },
);
