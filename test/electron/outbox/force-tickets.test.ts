import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createForceTickets, type ForceScope } from '../../../electron/outbox/force-tickets.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';
import { aPhone, NINE } from '../../support/builders/row.ts';

const SCOPE: ForceScope = { phone: aPhone(1), businessId: 'b-1', shownAt: NINE };

function setUp() {
  const clock = createFakeClock(NINE);
  return { clock, tickets: createForceTickets({ clock, newId: randomUUID }) };
}

describe('[row 90] a ticket', () => {
  test('is valid for what the person was shown, until it is used', () => {
    const { tickets } = setUp();
    const ticket = tickets.issue(SCOPE);
    expect(tickets.isGood(ticket, SCOPE)).toBe(true);
    expect(tickets.isGood(ticket, { ...SCOPE })).toBe(true);
    tickets.use(ticket);
    expect(tickets.isGood(ticket, SCOPE)).toBe(false);
  });

  test.each([
    ['number', { ...SCOPE, phone: aPhone(2) }],
    ['business', { ...SCOPE, businessId: 'b-2' }],
    ['earlier send', { ...SCOPE, shownAt: NINE + 1 }],
  ])('is invalid for another %s', (_title, scope) => {
    const { tickets } = setUp();
    expect(tickets.isGood(tickets.issue(SCOPE), scope)).toBe(false);
  });

  test('is invalid when it was never issued', () => {
    const { tickets } = setUp();
    expect(tickets.isGood(randomUUID(), SCOPE)).toBe(false);
    tickets.issue(SCOPE);
    expect(tickets.isGood(randomUUID(), SCOPE)).toBe(false);
  });

  test("lasts two minutes, whatever happens to the PC's clock", async () => {
    const { clock, tickets } = setUp();
    const ticket = tickets.issue(SCOPE);
    clock.jump(HOUR_MS);
    await clock.advance(2 * MINUTE_MS - 1);
    expect(tickets.isGood(ticket, SCOPE)).toBe(true);
    clock.jump(-2 * HOUR_MS);
    await clock.advance(1);
    expect(tickets.isGood(ticket, SCOPE)).toBe(false);
  });

  test('replaces the one before it', () => {
    const { tickets } = setUp();
    const first = tickets.issue(SCOPE);
    const second = tickets.issue(SCOPE);
    expect(tickets.isGood(first, SCOPE)).toBe(false);
    tickets.use(first);
    expect(tickets.isGood(second, SCOPE)).toBe(true);
  });
});
