import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import {
  aPhone,
  configWith,
  HOTEL,
  NINE,
  openTestApp,
  RESTAURANT,
  WINDOW_SCOPES,
} from '../support/app.ts';

const withUndo = (apiUrl: string) => configWith(apiUrl, { undoSeconds: 10 });

/** HH:MM in the time zone of this PC. */
const onTheWall = (instant: number): string => new Date(instant).toTimeString().slice(0, 5);

describe('from Enter to accepted', () => {
  test('holds for the undo time, then sends exactly the documented request', async () => {
    const testApp = await openTestApp({ config: withUndo });
    const saved = await testApp.invite(1, { name: 'Marie Dupont', staff: 'Léa' });
    expect(saved.progress).toEqual({
      state: 'held',
      at: NINE,
      notBefore: NINE + 11 * SECOND_MS,
      why: 'undo',
    });

    await testApp.clock.advance(11 * SECOND_MS - 1);
    expect(testApp.posts()).toEqual([]);

    await testApp.clock.advance(1);
    expect(testApp.posts()).toEqual([
      {
        business_id: HOTEL.id,
        target_phone: aPhone(1),
        target_name: 'Marie Dupont',
        force: 'False',
      },
    ]);
    expect((await testApp.find(saved.id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'response',
    });
    await testApp.clock.advance(DAY_MS);
    expect(testApp.vendor.sms()).toHaveLength(1);
    expect(testApp.connections().at(-1)).toEqual({ kind: 'online' });
  });

  test('the name is optional', async () => {
    const testApp = await openTestApp();
    await testApp.invite(1, { name: '' });
    await testApp.rest();
    expect(testApp.posts()).toEqual([
      { business_id: HOTEL.id, target_phone: aPhone(1), force: 'False' },
    ]);
  });

  test('outside the sending hours it waits for the next opening', async () => {
    const opensAt = NINE + 2 * HOUR_MS;
    const sendingHours = [
      { days: [1, 2, 3, 4, 5, 6, 7], from: onTheWall(opensAt), to: onTheWall(opensAt + MINUTE_MS) },
    ];
    const testApp = await openTestApp({ config: (apiUrl) => configWith(apiUrl, { sendingHours }) });
    const verdict = await testApp.call('verdict.check', {
      phone: aPhone(1),
      name: '',
      businessId: HOTEL.id,
      replaces: null,
    });
    expect(verdict).toMatchObject({ ok: true, value: { waitsUntil: opensAt } });
    const saved = await testApp.invite(1);
    expect(saved.progress).toMatchObject({ state: 'held', why: 'hours', notBefore: opensAt });
    await testApp.clock.advance(2 * HOUR_MS - 1);
    expect(testApp.posts()).toEqual([]);
    await testApp.clock.advance(1);
    expect(await testApp.states()).toEqual(['accepted']);
  });
});

describe('undo', () => {
  test('in time: sends nothing', async () => {
    const testApp = await openTestApp({ config: withUndo });
    const { id } = await testApp.invite(1);
    await testApp.clock.advance(11 * SECOND_MS - 1);
    expect(await testApp.call('invitation.undo', { id })).toMatchObject({
      ok: true,
      value: { id, progress: { state: 'cancelled' } },
    });
    await testApp.clock.advance(DAY_MS);
    expect(testApp.posts()).toEqual([]);
    expect(await testApp.states()).toEqual(['cancelled']);
  });

  test('allows a new invitation to the number at once', async () => {
    const testApp = await openTestApp({ config: withUndo });
    const { id } = await testApp.invite(1);
    await testApp.call('invitation.undo', { id });
    await testApp.invite(1);
    await testApp.clock.advance(MINUTE_MS);
    expect((await testApp.states()).toSorted()).toEqual(['accepted', 'cancelled']);
    expect(testApp.vendor.sms()).toHaveLength(1);
  });

  test('[row 106] too late: returns the state of the invitation', async () => {
    const testApp = await openTestApp({ config: withUndo });
    const { id } = await testApp.invite(1);
    await testApp.clock.advance(11 * SECOND_MS);
    expect(await testApp.call('invitation.undo', { id })).toEqual({
      ok: false,
      failure: { kind: 'too-late' },
    });
    expect(await testApp.states()).toEqual(['accepted']);
  });

  test('[row 106] an invitation that waits for the network can be cancelled and is then not sent', async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    const { id } = await testApp.invite(1);
    await testApp.rest();
    expect(await testApp.call('invitation.cancel', { id })).toMatchObject({ ok: true });
    await testApp.vendor.acceptConnections();
    await testApp.clock.advance(DAY_MS);
    expect(testApp.posts()).toEqual([]);
  });

  test('an unknown invitation cannot be undone', async () => {
    const testApp = await openTestApp();
    const id = '5c0a7f6e-6f0a-4b57-9f64-6a8a3b0d7c11';
    expect(await testApp.call('invitation.undo', { id })).toMatchObject({ ok: false });
  });
});

describe.each(WINDOW_SCOPES)('the same person twice (ten days for each %s)', (windowScope) => {
  test('[row 83] two Enters in one form save one invitation', async () => {
    const testApp = await openTestApp({ config: withUndo, rules: { windowScope } });
    const draft = testApp.draft(1);
    const [one, other] = await Promise.all([
      testApp.call('invitation.enqueue', draft),
      testApp.call('invitation.enqueue', draft),
    ]);
    expect(one).toMatchObject({ ok: true });
    expect(other).toEqual(one);
    await testApp.clock.advance(MINUTE_MS);
    expect(await testApp.call('invitation.enqueue', draft)).toMatchObject({
      ok: true,
      value: { progress: { state: 'accepted' } },
    });
    expect(testApp.posts()).toHaveLength(1);
    expect(await testApp.invitations()).toHaveLength(1);
  });

  test('a form that was changed after its save is not mistaken for the saved one', async () => {
    const testApp = await openTestApp({ config: withUndo, rules: { windowScope } });
    const draft = testApp.draft(1);
    await testApp.call('invitation.enqueue', draft);
    const answer = await testApp.call('invitation.enqueue', { ...draft, phone: aPhone(2) });
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'bug' } });
    expect(testApp.takeBugs()).toHaveLength(1);
  });

  test('verdicts on several numbers equal those on each number', async () => {
    const testApp = await openTestApp({ config: withUndo, rules: { windowScope } });
    await testApp.invite(1, { name: 'Marie' });
    const about = { name: '', businessId: HOTEL.id, replaces: null };
    const phones = [aPhone(1), aPhone(2)];
    const foreseen = await testApp.call('verdict.prefetch', { phones, ...about });
    const checked = await Promise.all(
      phones.map((phone) => testApp.call('verdict.check', { phone, ...about })),
    );
    expect(foreseen).toEqual({
      ok: true,
      value: checked.map((answer, nth) => ({
        phone: phones[nth],
        verdict: answer.ok && answer.value,
      })),
    });
    expect(checked).toMatchObject([
      { value: { ruling: { kind: 'open' } } },
      { value: { ruling: { kind: 'never' } } },
    ]);
  });

  test('the verdict warns before the second send, and saving is refused for the same reason', async () => {
    const testApp = await openTestApp({ config: withUndo, rules: { windowScope } });
    const ask = () =>
      testApp.call('verdict.check', {
        phone: aPhone(1),
        name: 'Paul',
        businessId: HOTEL.id,
        replaces: null,
      });
    expect(await ask()).toMatchObject({ value: { ruling: { kind: 'never' }, otherName: null } });

    const { id } = await testApp.invite(1, { name: 'Marie' });
    expect(await ask()).toMatchObject({
      value: { ruling: { kind: 'open', invitationId: id, since: NINE }, otherName: 'Marie' },
    });

    await testApp.clock.advance(4 * DAY_MS);
    const sentAt = NINE + 11 * SECOND_MS;
    const closed = { kind: 'closed', sentAt, opensAt: sentAt + 10 * DAY_MS, proved: true };
    expect(await ask()).toMatchObject({ value: { ruling: closed, otherName: 'Marie' } });
    expect(
      await testApp.call('invitation.enqueue', testApp.draft(1, { businessId: RESTAURANT.id })),
    ).toMatchObject({ ok: false, failure: { kind: 'not-allowed', verdict: { ruling: closed } } });

    await testApp.clock.advance(6 * DAY_MS + 11 * SECOND_MS);
    expect(await ask()).toMatchObject({ value: { ruling: { kind: 'past' } } });
    await testApp.invite(1);
    await testApp.clock.advance(MINUTE_MS);
    expect(testApp.vendor.sms()).toHaveLength(2);
  });

  test('[row 33] [row 107] another desk was faster: a person decides, and the number is not invited again', async () => {
    const testApp = await openTestApp({ rules: { windowScope } });
    testApp.vendor.sendFromElsewhere({
      phone: aPhone(1),
      businessId: HOTEL.id,
      name: 'Marie',
      by: 'Another Desk',
    });
    await testApp.clock.advance(4 * DAY_MS);
    const { id } = await testApp.invite(1);
    await testApp.rest();
    expect((await testApp.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
    expect(testApp.vendor.sms()).toEqual([]);
    await testApp.clock.advance(DAY_MS);
    expect(testApp.posts()).toHaveLength(1);
  });
});
