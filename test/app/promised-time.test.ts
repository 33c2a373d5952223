import { describe, expect, onTestFinished, test } from 'vitest';
import type { InvitationDraft } from '../../shared/invitation-draft.ts';
import type { PartialSettings } from '../../shared/settings.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { aPhone, configWith, HOTEL, openTestApp, valueOf, type TestApp } from '../support/app.ts';

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
  openTestApp({
    startAt,
    config: (url) => configWith(url, { sendingHours: undefined, ...settings }),
  });

const verdictOn = async (testApp: TestApp, last: number) =>
  valueOf(
    await testApp.call('verdict.check', {
      phone: aPhone(last),
      name: '',
      businessId: HOTEL.id,
      replaces: null,
    }),
  );

async function permission(testApp: TestApp, last: number): Promise<Partial<InvitationDraft>> {
  const { ruling } = await verdictOn(testApp, last);
  if (ruling.kind !== 'closed') throw new Error(`the window is not closed: ${ruling.kind}`);
  const { sentAt } = ruling;
  const question = {
    phone: aPhone(last),
    businessId: HOTEL.id,
    shownAt: sentAt,
    replaces: null,
    pin: null,
  };
  const { ticket } = valueOf(await testApp.call('force.requestTicket', question));
  return { force: { ticket, reason: REASON } };
}

/** Advances the clock to an instant, to the second. */
const until = (testApp: TestApp, at: number) => testApp.clock.advance(at - testApp.clock.now());

describe('[row 203] keeps the send time that the outbox shows in a pause of Partoo', () => {
  const SEND = '/review_booster/send_invitation';
  const pauseFor = (testApp: TestApp, seconds: number) =>
    testApp.vendor.fault({ kind: 'rate-limit', retryAfter: String(seconds), times: 1, path: SEND });

  test('a forced invitation is sent after a pause of two hours', async () => {
    inParis();
    const testApp = await openAt(december(1, 10));
    await testApp.invite(1);
    await testApp.clock.advance(MINUTE_MS);
    pauseFor(testApp, 2 * 3_600);
    const { id } = await testApp.invite(1, await permission(testApp, 1));
    await testApp.clock.advance(MINUTE_MS);
    // Nothing in between breaks the promise.
    await testApp.call('invitation.sendNow', { id });
    await testApp.call('outbox.flush', {});
    await testApp.restart();
    await testApp.clock.advance(2 * HOUR_MS + MINUTE_MS);
    expect((await testApp.find(id)).progress.state).toBe('accepted');
    expect(testApp.vendor.sms()).toHaveLength(2);
  });

  test('after closing time, shows the next sending hours and sends then', async () => {
    inParis();
    const testApp = await openAt(december(1, 10));
    await testApp.invite(1);
    await until(testApp, december(1, 19));
    pauseFor(testApp, 2 * 3_600);
    const { id } = await testApp.invite(1, await permission(testApp, 1));
    await testApp.clock.advance(MINUTE_MS);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'held',
      why: 'hours',
      notBefore: december(2, 8),
    });
    await until(testApp, december(2, 8) + SOON_MS);
    expect((await testApp.find(id)).progress.state).toBe('accepted');
  });

  test('an invitation that was too old before the pause stays so', async () => {
    inParis();
    const testApp = await openAt(december(1, 10));
    await testApp.invite(1);
    await testApp.clock.advance(MINUTE_MS);
    await testApp.vendor.refuseConnections();
    const { id } = await testApp.invite(1, await permission(testApp, 1));
    await testApp.clock.advance(HOUR_MS - MINUTE_MS);
    testApp.vendor.fault({ kind: 'rate-limit', retryAfter: '600', times: 1 });
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(HOUR_MS);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'too-old',
    });
    expect(testApp.vendor.sms()).toHaveLength(1);
  });
});

describe('[row 126] keeps the send time that the form shows', () => {
  test('a forced invitation at 20:30, promised for 8:00', async () => {
    inParis();
    const testApp = await openAt(december(1, 12));
    await testApp.invite(1);
    await testApp.clock.advance(MINUTE_MS);
    await until(testApp, december(1, 20, 30));
    expect((await verdictOn(testApp, 1)).waitsUntil).toBe(december(2, 8));
    const { id } = await testApp.invite(1, await permission(testApp, 1));
    await until(testApp, december(2, 8) - SECOND_MS);
    expect(testApp.vendor.sms()).toHaveLength(1);
    await testApp.clock.advance(SOON_MS);
    expect((await testApp.find(id)).progress.state).toBe('accepted');
  });

  test('an ordinary one on the evening before Christmas, promised for the Monday after', async () => {
    inParis();
    // No Saturday: four days without an opening, more than the three of the setting.
    const weekdays = [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' }] as const;
    const testApp = await openAt(december(24, 20, 5), { sendingHours: weekdays });
    expect((await verdictOn(testApp, 1)).waitsUntil).toBe(december(28, 8));
    const { id } = await testApp.invite(1);
    await until(testApp, december(28, 8) + SOON_MS);
    expect((await testApp.find(id)).progress.state).toBe('accepted');
  });

  test('after the promised time the normal limits apply', async () => {
    inParis();
    const testApp = await openAt(december(1, 12));
    await testApp.invite(1);
    await until(testApp, december(1, 20, 30));
    const forced = await testApp.invite(1, await permission(testApp, 1));
    const plain = await testApp.invite(2);
    await testApp.vendor.refuseConnections();
    await until(testApp, december(2, 8, 31));
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(10 * MINUTE_MS);
    expect((await testApp.find(forced.id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'too-old',
    });
    expect((await testApp.find(plain.id)).progress.state).toBe('accepted');
  });

  test('an invitation that would be too old at the next opening is reported at once', async () => {
    inParis();
    const testApp = await openAt(december(1, 12));
    await testApp.invite(1);
    await until(testApp, december(1, 19, 50));
    await testApp.vendor.refuseConnections();
    const { id } = await testApp.invite(1, await permission(testApp, 1));
    await until(testApp, december(1, 20, 5));
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(5 * MINUTE_MS);
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'too-old',
    });
  });

  test('a time that a manager moves becomes the promised time', async () => {
    inParis();
    const testApp = await openAt(december(1, 12), { sendingHours: undefined });
    await testApp.invite(1);
    await until(testApp, december(1, 20, 30));
    const { id } = await testApp.invite(1, await permission(testApp, 1));
    const late = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '14:00', to: '20:00' }] as const;
    valueOf(await testApp.call('settings.save', { sendingHours: late }));
    expect((await testApp.find(id)).progress).toMatchObject({ notBefore: december(2, 14) });
    await until(testApp, december(2, 14) + SOON_MS);
    expect((await testApp.find(id)).progress.state).toBe('accepted');
  });

  test('Send now starts a new half hour', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.clock.advance(HOUR_MS);
    await testApp.vendor.refuseConnections();
    const { id } = await testApp.invite(1, await permission(testApp, 1));
    await testApp.clock.advance(25 * MINUTE_MS);
    valueOf(await testApp.call('invitation.sendNow', { id }));
    await testApp.clock.advance(15 * MINUTE_MS);
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(5 * MINUTE_MS);
    expect((await testApp.find(id)).progress.state).toBe('accepted');
  });

  test('a pause that Partoo asks for is included', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1);
    await testApp.clock.advance(MINUTE_MS);
    testApp.vendor.fault({ kind: 'rate-limit', retryAfter: '600', times: 1 });
    await testApp.invite(2);
    await testApp.clock.advance(SECOND_MS);
    expect(testApp.connections().at(-1)).toMatchObject({ kind: 'busy' });
    const verdict = await verdictOn(testApp, 3);
    expect(verdict.waitsFor).toBe('pause');
    const promisedAt = verdict.waitsUntil ?? 0;
    expect(promisedAt).toBeGreaterThan(testApp.clock.now() + 9 * MINUTE_MS);
    const { id } = await testApp.invite(3);
    await until(testApp, promisedAt - SECOND_MS);
    expect((await testApp.find(id)).progress.state).toBe('waiting');
    await testApp.clock.advance(2 * MINUTE_MS);
    expect((await testApp.find(id)).progress.state).toBe('accepted');
  });
});

test('[row 140] an undo time that ended before the start is released, not held for the sending hours', async () => {
  inParis();
  const testApp = await openAt(december(1, 12), { undoSeconds: 10 });
  const { id } = await testApp.invite(1);
  testApp.crash();
  await until(testApp, december(2, 22));
  await testApp.vendor.refuseConnections();
  await testApp.boot();
  expect((await testApp.find(id)).progress.state).toBe('waiting');
  // Sending checks the hours, as for every waiting invitation.
  await testApp.vendor.acceptConnections();
  await testApp.clock.advance(5 * MINUTE_MS);
  expect((await testApp.find(id)).progress).toMatchObject({
    state: 'held',
    notBefore: december(3, 8),
    why: 'hours',
  });
  await until(testApp, december(3, 8) + SOON_MS);
  expect((await testApp.find(id)).progress.state).toBe('accepted');
});
