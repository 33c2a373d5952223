import { expect, test } from 'vitest';
import type { Invitation } from '../../shared/invitation.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { aPhone, HOTEL, openHouse, valueOf, WINDOW_SCOPES, type House } from '../support/app.ts';
import { until } from '../support/clock.ts';

const SEND = '/review_booster/send_invitation';
const REASON = 'The customer lost the message';

/** Numbers that got more than one SMS, and how many. */
function doubles({ vendor }: House): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { phone } of vendor.sms()) counts.set(phone, (counts.get(phone) ?? 0) + 1);
  return Object.fromEntries([...counts].filter(([, count]) => count > 1));
}

async function forceAgain(house: House, last: number): Promise<Invitation> {
  const asked = { phone: aPhone(last), businessId: HOTEL.id, replaces: null };
  const { ruling } = valueOf(await house.call('verdict.check', { ...asked, name: '' }));
  if (ruling.kind !== 'closed') throw new Error(`nothing to force: ${ruling.kind}`);
  const { ticket } = valueOf(
    await house.call('force.requestTicket', { ...asked, shownAt: ruling.sentAt, pin: null }),
  );
  return house.invite(last, { force: { ticket, reason: REASON } });
}

test.each(WINDOW_SCOPES)(
  'a whole day of faults (ten days for each %s): every customer gets exactly the SMS that were decided',
  async (windowScope) => {
    const house = await openHouse({ rules: { windowScope } });

    // Nine: no internet yet. Three guests leave.
    await house.vendor.refuseConnections();
    for (const last of [21, 22, 23]) await house.invite(last);
    await house.clock.advance(HOUR_MS);
    expect(await house.states()).toEqual(['waiting', 'waiting', 'waiting']);
    expect(house.connections().at(-1)).toMatchObject({ kind: 'offline' });
    await house.vendor.acceptConnections();
    await house.clock.advance(2 * MINUTE_MS);
    expect(house.posts()).toMatchObject(
      [21, 22, 23].map((last) => ({ target_phone: aPhone(last) })),
    );

    // Noon: the process dies during a request. Partoo accepted it.
    await house.clock.advance(2 * HOUR_MS - 2 * MINUTE_MS);
    house.vendor.fault({ kind: 'hang-after-accepting', times: 1, path: SEND });
    const { id: dying } = await house.invite(24);
    await house.invite(25);
    await until('it is on the wire', () => house.posts().length === 4);
    house.crash();
    await house.boot();
    await house.clock.advance(5 * MINUTE_MS);
    expect((await house.find(dying)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'search',
    });

    // One: Partoo asks for a pause until a given time.
    house.vendor.fault({ kind: 'rate-limit', retryAfter: '300', times: 1, path: SEND });
    await house.invite(26);
    await house.invite(27);
    await house.clock.advance(4 * MINUTE_MS);
    expect(house.connections().at(-1)).toMatchObject({ kind: 'busy' });
    const before = house.posts().length;
    await house.clock.advance(3 * MINUTE_MS);
    expect(house.posts().length).toBe(before + 2);

    // Two: the key is revoked; nothing is lost until a manager has entered another one.
    house.vendor.fault({ kind: 'status', status: 401, times: 1 });
    await house.invite(28);
    await house.clock.advance(HOUR_MS);
    expect(house.connections().at(-1)).toMatchObject({ kind: 'key-refused' });
    valueOf(await house.call('apiKey.save', { key: house.vendor.key }));
    await house.clock.advance(MINUTE_MS);

    // Four: a guest lost the message; the answer to the second request is lost too.
    house.vendor.fault({ kind: 'drop-after-accepting', times: 1, path: SEND });
    const forced = await forceAgain(house, 21);
    await house.clock.advance(MINUTE_MS);
    expect((await house.find(forced.id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'search',
    });

    await house.clock.advance(2 * DAY_MS);
    const states = await house.states();
    expect(states).toEqual(Array.from({ length: 9 }, () => 'accepted'));
    expect(house.vendor.sms()).toHaveLength(9);
    expect(doubles(house)).toEqual({ [aPhone(21)]: 2 });
    // The delivery of each SMS was polled until it was known.
    for (const { progress } of await house.invitations()) {
      expect(progress).toMatchObject({ delivery: 'delivered' });
    }
  },
);
