import { describe, expect, test } from 'vitest';
import { createCorrection } from '../../../electron/outbox/correction.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock, ticks } from '../../support/clock.ts';
import { aCourier } from '../../support/builders/courier.ts';
import { aPhone, aRow, held, NINE } from '../../support/builders/row.ts';

describe('[row 269] the memory of the current correction', () => {
  test('ends when the form corrects nothing or another invitation', () => {
    const correction = createCorrection(createFakeClock(NINE));
    expect(correction.hold('one')).toBe('unchanged');
    expect(correction.hold('one')).toBe('unchanged');
    expect(correction.id()).toBe('one');
    expect(correction.hold('two')).toBe('ended');
    expect(correction.hold(null)).toBe('ended');
    expect(correction.id()).toBeNull();
    expect(correction.hold(null)).toBe('unchanged');
  });

  test('lasts three minutes after the last change of the form', async () => {
    const clock = createFakeClock(NINE);
    const correction = createCorrection(clock);
    correction.hold('one');
    await clock.advance(2 * MINUTE_MS);
    correction.hold('one');
    await clock.advance(3 * MINUTE_MS - 1);
    expect(correction.id()).toBe('one');
    await clock.advance(1);
    expect(correction.id()).toBeNull();
  });
});

describe('[row 269] an invitation that a person is correcting', () => {
  test.each([
    ['waiting', aRow()],
    ['held for the undo time', aRow({ progress: held(NINE + 5 * SECOND_MS) })],
  ])('%s is not sent, and is sent when the correction is cleared', async (_state, row) => {
    const { insert, wake, clock, courier, count, state } = aCourier();
    insert(row);
    courier.holdForCorrection(row.invitation.id);
    await wake();
    await clock.advance(2 * MINUTE_MS);
    expect(count('send')).toBe(0);
    courier.holdForCorrection(null);
    await ticks();
    expect(count('send')).toBe(1);
    expect(state(row)).toBe('accepted');
  });

  test('does not hold up another one', async () => {
    const { insert, wake, courier, count, state } = aCourier();
    const corrected = aRow({ phone: aPhone(1) });
    const other = aRow({ phone: aPhone(2), queuedAt: NINE + 1 });
    insert(corrected, other);
    courier.holdForCorrection(corrected.invitation.id);
    await wake();
    expect(count('send')).toBe(1);
    expect([corrected, other].map(state)).toEqual(['waiting', 'accepted']);
  });

  test('is sent when the page that corrects it has died', async () => {
    const { insert, wake, clock, courier, state } = aCourier();
    const row = aRow();
    insert(row);
    courier.holdForCorrection(row.invitation.id);
    await wake();
    await clock.advance(10 * MINUTE_MS);
    expect(state(row)).toBe('accepted');
  });

  test('costs no requests and no busy loop while it is held back', async () => {
    const { insert, wake, clock, courier, count } = aCourier();
    const row = aRow();
    insert(row);
    courier.holdForCorrection(row.invitation.id);
    await wake();
    for (let minutes = 0; minutes < 60; minutes += 1) {
      courier.holdForCorrection(row.invitation.id);
      await clock.advance(MINUTE_MS);
    }
    expect(clock.elapsedMs()).toBe(HOUR_MS);
    expect(count('send')).toBe(0);
    expect(count('probe')).toBeLessThan(3);
  });
});
