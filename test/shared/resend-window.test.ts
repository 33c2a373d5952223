import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../shared/time.ts';
import { judgeWindow, WINDOW_MS } from '../../shared/resend-window.ts';

const SENT_AT = Date.UTC(2026, 10, 19, 14, 40);

const judgeAfter = (ageMs: number, houseWindowDays = 0) =>
  judgeWindow({ lastSentAt: SENT_AT, now: SENT_AT + ageMs, houseWindowDays });

const closed = { kind: 'closed', sentAt: SENT_AT, opensAt: SENT_AT + 864_000_000 };
const house = (days: number) => ({
  kind: 'house',
  sentAt: SENT_AT,
  opensAt: SENT_AT + days * DAY_MS,
});
const open = { kind: 'open' };

const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0) });

describe('judgeWindow', () => {
  test('is open when no send is known, with any house window', () => {
    const judge = (houseWindowDays: number) =>
      judgeWindow({ lastSentAt: undefined, now: SENT_AT, houseWindowDays });
    expect(judge(0)).toEqual(open);
    expect(judge(90)).toEqual(open);
  });

  test.each([
    ['at once', 0, 0, closed],
    ['four days later', 4 * DAY_MS, 0, closed],
    ['one second before 10 days', WINDOW_MS - SECOND_MS, 0, closed],
    ['one millisecond before 10 days', WINDOW_MS - 1, 0, closed],
    ['at exactly 10 days', WINDOW_MS, 0, open],
    ['one second after 10 days', WINDOW_MS + SECOND_MS, 0, open],
    ['four days later, house window of 90', 4 * DAY_MS, 90, closed],
    ['at exactly 10 days, house window of 90', WINDOW_MS, 90, house(90)],
    ['one millisecond before 90 days, house window of 90', 90 * DAY_MS - 1, 90, house(90)],
    ['at exactly 90 days, house window of 90', 90 * DAY_MS, 90, open],
    ['four days later, house window of 3', 4 * DAY_MS, 3, closed],
    ['at exactly 10 days, house window of 10', WINDOW_MS, 10, open],
    ['eleven days later, house window of 3', 11 * DAY_MS, 3, open],
  ])('%s', (_, ageMs, houseWindowDays, expected) => {
    expect(judgeAfter(ageMs, houseWindowDays)).toEqual(expected);
  });

  test.each([
    ['Europe/Paris summer time begins', '2026-03-20T09:00:00+01:00', '2026-03-30T10:00:00+02:00'],
    ['Europe/Paris summer time ends', '2026-10-20T09:00:00+02:00', '2026-10-30T08:00:00+01:00'],
    ['a leap day', '2028-02-25T09:00:00Z', '2028-03-06T09:00:00Z'],
    ['the turn of the year', '2026-12-28T09:00:00Z', '2027-01-07T09:00:00Z'],
  ])('counts elapsed time, not calendar days: %s', (_, sentAt, opensAt) => {
    const lastSentAt = Date.parse(sentAt);
    const judge = (now: number) => judgeWindow({ lastSentAt, now, houseWindowDays: 0 });
    expect(judge(Date.parse(opensAt) - 1).kind).toBe('closed');
    expect(judge(Date.parse(opensAt)).kind).toBe('open');
  });

  test('treats a send dated in the future as one of now', () => {
    const now = SENT_AT - 365 * DAY_MS;
    expect(judgeWindow({ lastSentAt: SENT_AT, now, houseWindowDays: 0 })).toEqual({
      kind: 'closed',
      sentAt: now,
      opensAt: now + WINDOW_MS,
    });
  });

  test('always returns the opening instant, at most the length of the window away', () => {
    fc.assert(
      fc.property(instant, instant, fc.nat(730), (lastSentAt, now, houseWindowDays) => {
        const judged = judgeWindow({ lastSentAt, now, houseWindowDays });
        if (judged.kind === 'open') return;
        const lengthMs = judged.kind === 'closed' ? WINDOW_MS : houseWindowDays * DAY_MS;
        expect(judged.opensAt - judged.sentAt).toBe(lengthMs);
        expect(judged.opensAt).toBeGreaterThan(now);
        const then = { lastSentAt: judged.sentAt, now: judged.opensAt, houseWindowDays };
        expect(judgeWindow(then).kind).not.toBe(judged.kind);
      }),
    );
  });

  test('never closes again as time passes', () => {
    const order = ['closed', 'house', 'open'];
    fc.assert(
      fc.property(
        instant,
        instant,
        fc.nat(40 * DAY_MS),
        fc.nat(30),
        (lastSentAt, now, laterMs, houseWindowDays) => {
          const at = (then: number) =>
            order.indexOf(judgeWindow({ lastSentAt, now: then, houseWindowDays }).kind);
          expect(at(now + laterMs)).toBeGreaterThanOrEqual(at(now));
        },
      ),
    );
  });

  test('is stricter with a house window than without, never laxer', () => {
    fc.assert(
      fc.property(instant, fc.nat(400 * HOUR_MS), fc.nat(30), (lastSentAt, ageMs, days) => {
        const now = lastSentAt + ageMs;
        const partoo = judgeWindow({ lastSentAt, now, houseWindowDays: 0 });
        const ours = judgeWindow({ lastSentAt, now, houseWindowDays: days });
        if (partoo.kind === 'closed') expect(ours).toEqual(partoo);
        else expect(ours.kind).not.toBe('closed');
      }),
    );
  });
});
