import { describe, expect, onTestFinished, test } from 'vitest';
import type { InvitationDraft } from '../../shared/invitation-draft.ts';
import type { PartialSettings } from '../../shared/settings.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { aPhone, configWith, HOTEL, openHouse, valueOf, type House } from '../support/app.ts';

const REASON = 'The customer lost the message';
/** From the end of a hold to the answer: probe, search and request. */
const SOON_MS = 10 * SECOND_MS;

function inParis(): void {
  const { TZ } = process.env;
  process.env.TZ = 'Europe/Paris';
  onTestFinished(() => {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });
}

/** A local time in the December that has Christmas on a Friday. */
const december = (day: number, hour: number, minute = 0, second = 0) =>
  new Date(2026, 11, day, hour, minute, second).getTime();

/** A reception in Paris with the default sending hours, at an instant. */
const openAt = (startAt: number, settings: PartialSettings = {}) =>
  openHouse({
    startAt,
    config: (url) => configWith(url, { sendingHours: undefined, ...settings }),
  });

const verdictOn = async (house: House, last: number) =>
  valueOf(
    await house.call('verdict.check', {
      phone: aPhone(last),
      name: '',
      businessId: HOTEL.id,
      replaces: null,
    }),
  );

async function permission(house: House, last: number): Promise<Partial<InvitationDraft>> {
  const { ruling } = await verdictOn(house, last);
  if (ruling.kind !== 'closed') throw new Error(`the window is not closed: ${ruling.kind}`);
  const { sentAt } = ruling;
  const question = {
    phone: aPhone(last),
    businessId: HOTEL.id,
    shownAt: sentAt,
    replaces: null,
    pin: null,
  };
  const { ticket } = valueOf(await house.call('force.requestTicket', question));
  return { force: { ticket, reason: REASON } };
}

/** Advances the clock to an instant, to the second. */
const until = (house: House, at: number) => house.clock.advance(at - house.clock.now());

describe('[row 203] keeps the send time that the outbox shows in a pause of Partoo', () => {
  const SEND = '/review_booster/send_invitation';
  const pauseFor = (house: House, seconds: number) =>
    house.vendor.fault({ kind: 'rate-limit', retryAfter: String(seconds), times: 1, path: SEND });

  test('a forced invitation is sent after a pause of two hours', async () => {
    inParis();
    const house = await openAt(december(1, 10));
    await house.invite(1);
    await house.clock.advance(MINUTE_MS);
    pauseFor(house, 2 * 3_600);
    const { id } = await house.invite(1, await permission(house, 1));
    await house.clock.advance(MINUTE_MS);
    // Nothing in between breaks the promise.
    await house.call('invitation.sendNow', { id });
    await house.call('outbox.flush', {});
    await house.restart();
    await house.clock.advance(2 * HOUR_MS + MINUTE_MS);
    expect((await house.find(id)).progress.state).toBe('accepted');
    expect(house.vendor.sms()).toHaveLength(2);
  });

  test('after closing time, shows the next sending hours and sends then', async () => {
    inParis();
    const house = await openAt(december(1, 10));
    await house.invite(1);
    await until(house, december(1, 19));
    pauseFor(house, 2 * 3_600);
    const { id } = await house.invite(1, await permission(house, 1));
    await house.clock.advance(MINUTE_MS);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'held',
      why: 'hours',
      notBefore: december(2, 8),
    });
    await until(house, december(2, 8) + SOON_MS);
    expect((await house.find(id)).progress.state).toBe('accepted');
  });

  test('an invitation that was too old before the pause stays so', async () => {
    inParis();
    const house = await openAt(december(1, 10));
    await house.invite(1);
    await house.clock.advance(MINUTE_MS);
    await house.vendor.refuseConnections();
    const { id } = await house.invite(1, await permission(house, 1));
    await house.clock.advance(HOUR_MS - MINUTE_MS);
    house.vendor.fault({ kind: 'rate-limit', retryAfter: '600', times: 1 });
    await house.vendor.acceptConnections();
    await house.clock.advance(HOUR_MS);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'too-old',
    });
    expect(house.vendor.sms()).toHaveLength(1);
  });
});

describe('[row 126] keeps the send time that the form shows', () => {
  test('a forced invitation at 20:30, promised for 8:00', async () => {
    inParis();
    const house = await openAt(december(1, 12));
    await house.invite(1);
    await house.clock.advance(MINUTE_MS);
    await until(house, december(1, 20, 30));
    expect((await verdictOn(house, 1)).waitsUntil).toBe(december(2, 8));
    const { id } = await house.invite(1, await permission(house, 1));
    await until(house, december(2, 8) - SECOND_MS);
    expect(house.vendor.sms()).toHaveLength(1);
    await house.clock.advance(SOON_MS);
    expect((await house.find(id)).progress.state).toBe('accepted');
  });

  test('an ordinary one on the evening before Christmas, promised for the Monday after', async () => {
    inParis();
    // No Saturday: four days without an opening, more than the three of the setting.
    const weekdays = [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' }] as const;
    const house = await openAt(december(24, 20, 5), { sendingHours: weekdays });
    expect((await verdictOn(house, 1)).waitsUntil).toBe(december(28, 8));
    const { id } = await house.invite(1);
    await until(house, december(28, 8) + SOON_MS);
    expect((await house.find(id)).progress.state).toBe('accepted');
  });

  test('after the promised time the normal limits apply', async () => {
    inParis();
    const house = await openAt(december(1, 12));
    await house.invite(1);
    await until(house, december(1, 20, 30));
    const forced = await house.invite(1, await permission(house, 1));
    const plain = await house.invite(2);
    await house.vendor.refuseConnections();
    await until(house, december(2, 8, 31));
    await house.vendor.acceptConnections();
    await house.clock.advance(10 * MINUTE_MS);
    expect((await house.find(forced.id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'too-old',
    });
    expect((await house.find(plain.id)).progress.state).toBe('accepted');
  });

  test('an invitation that would be too old at the next opening is reported at once', async () => {
    inParis();
    const house = await openAt(december(1, 12));
    await house.invite(1);
    await until(house, december(1, 19, 50));
    await house.vendor.refuseConnections();
    const { id } = await house.invite(1, await permission(house, 1));
    await until(house, december(1, 20, 5));
    await house.vendor.acceptConnections();
    await house.clock.advance(5 * MINUTE_MS);
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'too-old',
    });
  });

  test('a time that a manager moves becomes the promised time', async () => {
    inParis();
    const house = await openAt(december(1, 12), { sendingHours: undefined });
    await house.invite(1);
    await until(house, december(1, 20, 30));
    const { id } = await house.invite(1, await permission(house, 1));
    const late = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '14:00', to: '20:00' }] as const;
    valueOf(await house.call('settings.save', { sendingHours: late }));
    expect((await house.find(id)).progress).toMatchObject({ notBefore: december(2, 14) });
    await until(house, december(2, 14) + SOON_MS);
    expect((await house.find(id)).progress.state).toBe('accepted');
  });

  test('Send now starts a new half hour', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.clock.advance(HOUR_MS);
    await house.vendor.refuseConnections();
    const { id } = await house.invite(1, await permission(house, 1));
    await house.clock.advance(25 * MINUTE_MS);
    valueOf(await house.call('invitation.sendNow', { id }));
    await house.clock.advance(15 * MINUTE_MS);
    await house.vendor.acceptConnections();
    await house.clock.advance(5 * MINUTE_MS);
    expect((await house.find(id)).progress.state).toBe('accepted');
  });

  test('a pause that Partoo asks for is included', async () => {
    const house = await openHouse();
    await house.invite(1);
    await house.clock.advance(MINUTE_MS);
    house.vendor.fault({ kind: 'rate-limit', retryAfter: '600', times: 1 });
    await house.invite(2);
    await house.clock.advance(SECOND_MS);
    expect(house.connections().at(-1)).toMatchObject({ kind: 'busy' });
    const verdict = await verdictOn(house, 3);
    expect(verdict.waitsFor).toBe('pause');
    const promisedAt = verdict.waitsUntil ?? 0;
    expect(promisedAt).toBeGreaterThan(house.clock.now() + 9 * MINUTE_MS);
    const { id } = await house.invite(3);
    await until(house, promisedAt - SECOND_MS);
    expect((await house.find(id)).progress.state).toBe('waiting');
    await house.clock.advance(2 * MINUTE_MS);
    expect((await house.find(id)).progress.state).toBe('accepted');
  });
});

test('[row 140] an undo time that ended before the start is released, not held for the sending hours', async () => {
  inParis();
  const house = await openAt(december(1, 12), { undoSeconds: 10 });
  const { id } = await house.invite(1);
  house.crash();
  await until(house, december(2, 22));
  await house.vendor.refuseConnections();
  await house.boot();
  expect((await house.find(id)).progress.state).toBe('waiting');
  // Sending checks the hours, as for every waiting invitation.
  await house.vendor.acceptConnections();
  await house.clock.advance(5 * MINUTE_MS);
  expect((await house.find(id)).progress).toMatchObject({
    state: 'held',
    notBefore: december(3, 8),
    why: 'hours',
  });
  await until(house, december(3, 8) + SOON_MS);
  expect((await house.find(id)).progress.state).toBe('accepted');
});
