import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import {
  aPhone,
  configWith,
  HOTEL,
  NINE,
  openHouse,
  RESTAURANT,
  WINDOW_SCOPES,
} from '../support/app.ts';

const withUndo = (apiUrl: string) => configWith(apiUrl, { undoSeconds: 10 });

/** HH:MM in the time zone of this PC. */
const onTheWall = (instant: number): string => new Date(instant).toTimeString().slice(0, 5);

describe('from Enter to accepted', () => {
  test('holds for the undo time, then sends exactly the documented request', async () => {
    const house = await openHouse({ config: withUndo });
    const saved = await house.invite(1, { name: 'Marie Dupont', staff: 'Léa' });
    expect(saved.progress).toEqual({
      state: 'held',
      at: NINE,
      notBefore: NINE + 11 * SECOND_MS,
      why: 'undo',
    });

    await house.clock.advance(11 * SECOND_MS - 1);
    expect(house.posts()).toEqual([]);

    await house.clock.advance(1);
    expect(house.posts()).toEqual([
      {
        business_id: HOTEL.id,
        target_phone: aPhone(1),
        target_name: 'Marie Dupont',
        force: 'False',
      },
    ]);
    expect((await house.find(saved.id)).progress).toMatchObject({
      state: 'accepted',
      evidence: 'response',
    });
    await house.clock.advance(DAY_MS);
    expect(house.vendor.sms()).toHaveLength(1);
    expect(house.connections().at(-1)).toEqual({ kind: 'online' });
  });

  test('the name is optional', async () => {
    const house = await openHouse();
    await house.invite(1, { name: '' });
    await house.rest();
    expect(house.posts()).toEqual([
      { business_id: HOTEL.id, target_phone: aPhone(1), force: 'False' },
    ]);
  });

  test('outside the sending hours it waits for the next opening', async () => {
    const opensAt = NINE + 2 * HOUR_MS;
    const sendingHours = [
      { days: [1, 2, 3, 4, 5, 6, 7], from: onTheWall(opensAt), to: onTheWall(opensAt + MINUTE_MS) },
    ];
    const house = await openHouse({ config: (apiUrl) => configWith(apiUrl, { sendingHours }) });
    const verdict = await house.call('verdict.check', {
      phone: aPhone(1),
      name: '',
      businessId: HOTEL.id,
      replaces: null,
    });
    expect(verdict).toMatchObject({ ok: true, value: { waitsUntil: opensAt } });
    const saved = await house.invite(1);
    expect(saved.progress).toMatchObject({ state: 'held', why: 'hours', notBefore: opensAt });
    await house.clock.advance(2 * HOUR_MS - 1);
    expect(house.posts()).toEqual([]);
    await house.clock.advance(1);
    expect(await house.states()).toEqual(['accepted']);
  });
});

describe('undo', () => {
  test('in time: sends nothing', async () => {
    const house = await openHouse({ config: withUndo });
    const { id } = await house.invite(1);
    await house.clock.advance(11 * SECOND_MS - 1);
    expect(await house.call('invitation.undo', { id })).toMatchObject({
      ok: true,
      value: { id, progress: { state: 'cancelled' } },
    });
    await house.clock.advance(DAY_MS);
    expect(house.posts()).toEqual([]);
    expect(await house.states()).toEqual(['cancelled']);
  });

  test('allows a new invitation to the number at once', async () => {
    const house = await openHouse({ config: withUndo });
    const { id } = await house.invite(1);
    await house.call('invitation.undo', { id });
    await house.invite(1);
    await house.clock.advance(MINUTE_MS);
    expect((await house.states()).toSorted()).toEqual(['accepted', 'cancelled']);
    expect(house.vendor.sms()).toHaveLength(1);
  });

  test('[row 106] too late: returns the state of the invitation', async () => {
    const house = await openHouse({ config: withUndo });
    const { id } = await house.invite(1);
    await house.clock.advance(11 * SECOND_MS);
    expect(await house.call('invitation.undo', { id })).toEqual({
      ok: false,
      failure: { kind: 'too-late' },
    });
    expect(await house.states()).toEqual(['accepted']);
  });

  test('[row 106] an invitation that waits for the network can be cancelled and is then not sent', async () => {
    const house = await openHouse();
    await house.vendor.refuseConnections();
    const { id } = await house.invite(1);
    await house.rest();
    expect(await house.call('invitation.cancel', { id })).toMatchObject({ ok: true });
    await house.vendor.acceptConnections();
    await house.clock.advance(DAY_MS);
    expect(house.posts()).toEqual([]);
  });

  test('an unknown invitation cannot be undone', async () => {
    const house = await openHouse();
    const id = '5c0a7f6e-6f0a-4b57-9f64-6a8a3b0d7c11';
    expect(await house.call('invitation.undo', { id })).toMatchObject({ ok: false });
  });
});

describe.each(WINDOW_SCOPES)('the same person twice (ten days for each %s)', (windowScope) => {
  test('[row 83] two Enters in one form save one invitation', async () => {
    const house = await openHouse({ config: withUndo, rules: { windowScope } });
    const draft = house.draft(1);
    const [one, other] = await Promise.all([
      house.call('invitation.enqueue', draft),
      house.call('invitation.enqueue', draft),
    ]);
    expect(one).toMatchObject({ ok: true });
    expect(other).toEqual(one);
    await house.clock.advance(MINUTE_MS);
    expect(await house.call('invitation.enqueue', draft)).toMatchObject({
      ok: true,
      value: { progress: { state: 'accepted' } },
    });
    expect(house.posts()).toHaveLength(1);
    expect(await house.invitations()).toHaveLength(1);
  });

  test('a form that was changed after its save is not mistaken for the saved one', async () => {
    const house = await openHouse({ config: withUndo, rules: { windowScope } });
    const draft = house.draft(1);
    await house.call('invitation.enqueue', draft);
    const answer = await house.call('invitation.enqueue', { ...draft, phone: aPhone(2) });
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'bug' } });
    expect(house.takeBugs()).toHaveLength(1);
  });

  test('verdicts on several numbers equal those on each number', async () => {
    const house = await openHouse({ config: withUndo, rules: { windowScope } });
    await house.invite(1, { name: 'Marie' });
    const about = { name: '', businessId: HOTEL.id, replaces: null };
    const phones = [aPhone(1), aPhone(2)];
    const foreseen = await house.call('verdict.prefetch', { phones, ...about });
    const checked = await Promise.all(
      phones.map((phone) => house.call('verdict.check', { phone, ...about })),
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
    const house = await openHouse({ config: withUndo, rules: { windowScope } });
    const ask = () =>
      house.call('verdict.check', {
        phone: aPhone(1),
        name: 'Paul',
        businessId: HOTEL.id,
        replaces: null,
      });
    expect(await ask()).toMatchObject({ value: { ruling: { kind: 'never' }, otherName: null } });

    const { id } = await house.invite(1, { name: 'Marie' });
    expect(await ask()).toMatchObject({
      value: { ruling: { kind: 'open', invitationId: id, since: NINE }, otherName: 'Marie' },
    });

    await house.clock.advance(4 * DAY_MS);
    const sentAt = NINE + 11 * SECOND_MS;
    const closed = { kind: 'closed', sentAt, opensAt: sentAt + 10 * DAY_MS, proved: true };
    expect(await ask()).toMatchObject({ value: { ruling: closed, otherName: 'Marie' } });
    expect(
      await house.call('invitation.enqueue', house.draft(1, { businessId: RESTAURANT.id })),
    ).toMatchObject({ ok: false, failure: { kind: 'not-allowed', verdict: { ruling: closed } } });

    await house.clock.advance(6 * DAY_MS + 11 * SECOND_MS);
    expect(await ask()).toMatchObject({ value: { ruling: { kind: 'past' } } });
    await house.invite(1);
    await house.clock.advance(MINUTE_MS);
    expect(house.vendor.sms()).toHaveLength(2);
  });

  test('[row 33] [row 107] another desk was faster: a person decides, and the number is not invited again', async () => {
    const house = await openHouse({ rules: { windowScope } });
    house.vendor.sendFromElsewhere({
      phone: aPhone(1),
      businessId: HOTEL.id,
      name: 'Marie',
      by: 'Another Desk',
    });
    await house.clock.advance(4 * DAY_MS);
    const { id } = await house.invite(1);
    await house.rest();
    expect((await house.find(id)).progress).toMatchObject({
      state: 'needs_decision',
      why: 'window',
    });
    expect(house.vendor.sms()).toEqual([]);
    await house.clock.advance(DAY_MS);
    expect(house.posts()).toHaveLength(1);
  });
});
