import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  backoffMs,
  LONGEST_PROBE_MS,
  LONGEST_RETRY_MS,
} from '../../../electron/outbox/rules/backoff.ts';
import { sendTime, reschedule, openingAt } from '../../../electron/outbox/rules/send-time.ts';
import { createRateLimiter } from '../../../electron/outbox/rate-limiter.ts';
import { DEFAULT_SENDING_HOURS } from '../../../shared/sending-hours.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';
import { NINE } from '../../support/builders/row.ts';
import { anyChance } from '../../support/builders/arbitrary.ts';

describe('backoff', () => {
  test('doubles from 2 s up to the maximum', () => {
    const ceilings = [0, 1, 2, 3, 7, 8].map((failures) => backoffMs(failures, LONGEST_RETRY_MS, 1));
    expect(ceilings).toEqual([2_000, 4_000, 8_000, 16_000, 256_000, 300_000]);
  });

  test('[row 26] is a whole number between zero and the maximum, after any number of failures', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom(LONGEST_RETRY_MS, LONGEST_PROBE_MS),
        anyChance,
        (failures, longestMs, random) => {
          const delayMs = backoffMs(failures, longestMs, random);
          expect(Number.isInteger(delayMs)).toBe(true);
          expect(delayMs).toBeGreaterThanOrEqual(0);
          expect(delayMs).toBeLessThanOrEqual(longestMs);
        },
      ),
    );
  });
});

describe('the rate limiter', () => {
  test('[row 27] allows the requests of a quiet minute at once, then no more', () => {
    const rateLimiter = createRateLimiter(createFakeClock(NINE), () => 3);
    expect([
      rateLimiter.take('send', 1),
      rateLimiter.take('send', 1),
      rateLimiter.take('send', 1),
    ]).toEqual(Array.from({ length: 3 }, () => ({ taken: true })));
    expect(rateLimiter.take('send', 1)).toEqual({ taken: false, waitMs: MINUTE_MS });
  });

  test('frees each request a minute after it was made', async () => {
    const clock = createFakeClock(NINE);
    const rateLimiter = createRateLimiter(clock, () => 2);
    rateLimiter.take('send', 1);
    await clock.advance(10 * SECOND_MS);
    rateLimiter.take('send', 1);
    expect(rateLimiter.take('send', 1)).toEqual({ taken: false, waitMs: 50 * SECOND_MS });
    await clock.advance(50 * SECOND_MS);
    expect(rateLimiter.take('send', 1)).toEqual({ taken: true });
    expect(rateLimiter.take('send', 1)).toEqual({ taken: false, waitMs: 10 * SECOND_MS });
  });

  test('applies a lower setting at once', async () => {
    const clock = createFakeClock(NINE);
    let perMinute = 3;
    const rateLimiter = createRateLimiter(clock, () => perMinute);
    rateLimiter.take('send', 1);
    await clock.advance(SECOND_MS);
    rateLimiter.take('send', 1);
    await clock.advance(SECOND_MS);
    rateLimiter.take('send', 1);
    perMinute = 1;
    expect(rateLimiter.take('send', 1)).toEqual({ taken: false, waitMs: MINUTE_MS });
    await clock.advance(MINUTE_MS);
    expect(rateLimiter.take('send', 1)).toEqual({ taken: true });
  });

  test("[row 76] ignores changes of the PC's clock", () => {
    const clock = createFakeClock(NINE);
    const rateLimiter = createRateLimiter(clock, () => 1);
    rateLimiter.take('send', 1);
    clock.jump(HOUR_MS);
    expect(rateLimiter.take('send', 1).taken).toBe(false);
    clock.jump(-2 * HOUR_MS);
    expect(rateLimiter.take('send', 1)).toEqual({ taken: false, waitMs: MINUTE_MS });
  });

  test('[row 27] allows no minute more requests than the limit, and every waiting request is made', async () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), pauses, async (perMinute, waits) => {
        const clock = createFakeClock(NINE, async () => {});
        const rateLimiter = createRateLimiter(clock, () => perMinute);
        const takenAt: number[] = [];
        for (const waitMs of waits) {
          await clock.advance(waitMs);
          for (let asked = 0; asked < 5; asked += 1) {
            const turn = rateLimiter.take('send', 1);
            if (turn.taken) takenAt.push(clock.elapsedMs());
            else {
              expect(turn.waitMs).toBeGreaterThan(0);
              await clock.advance(turn.waitMs);
            }
          }
        }
        for (const from of takenAt) {
          const inMinute = takenAt.filter((at) => at >= from && at < from + MINUTE_MS);
          expect(inMinute.length).toBeLessThanOrEqual(perMinute);
        }
        expect(takenAt.length).toBeGreaterThanOrEqual(waits.length);
      }),
      { numRuns: 50 },
    );
  });
});

const hoursOf = (changes: Partial<Settings>, holiday = '') => ({
  settings: () => ({ ...DEFAULT_SETTINGS, ...changes }),
  isHoliday: (localDate: string) => localDate === holiday,
});

describe('the send time', () => {
  const always = hoursOf({ undoSeconds: 10, sendingHours: null });

  test('is after the undo time, plus the second that a late Undo needs', () => {
    const leavesAt = NINE + 11 * SECOND_MS;
    expect(sendTime(NINE, always, null)).toEqual({
      leavesAt,
      why: 'undo',
      promisedAt: leavesAt,
      waitsFor: null,
    });
  });

  test('is at once without an undo time', () => {
    const hours = hoursOf({ undoSeconds: 0, sendingHours: null });
    expect(sendTime(NINE, hours, null)).toMatchObject({ leavesAt: NINE, why: 'now' });
  });

  test('is the next opening outside the sending hours', () => {
    const hours = hoursOf({ undoSeconds: 0, sendingHours: DEFAULT_SENDING_HOURS });
    const sundayNoon = new Date(2026, 10, 22, 12).getTime();
    const mondayEight = new Date(2026, 10, 23, 8).getTime();
    expect(sendTime(sundayNoon, hours, null)).toEqual({
      leavesAt: mondayEight,
      why: 'hours',
      promisedAt: mondayEight,
      waitsFor: 'hours',
    });
    expect(openingAt(sundayNoon, hours)).toBe(mondayEight);
    expect(openingAt(mondayEight, hours)).toBe(mondayEight);
  });

  test('is the day after a holiday', () => {
    const hours = hoursOf({ undoSeconds: 0 }, '2026-12-25');
    const christmas = new Date(2026, 11, 25, 9).getTime();
    const saturdayTen = new Date(2026, 11, 26, 10).getTime();
    expect(sendTime(christmas, hours, null)).toMatchObject({
      leavesAt: saturdayTen,
      why: 'hours',
    });
  });

  test('is the next opening when the undo time ends after closing', () => {
    const hours = hoursOf({ undoSeconds: 10, sendingHours: DEFAULT_SENDING_HOURS });
    const justBeforeEight = new Date(2026, 10, 23, 19, 59, 55).getTime();
    const nextMorning = new Date(2026, 10, 24, 8).getTime();
    expect(sendTime(justBeforeEight, hours, null)).toMatchObject({
      leavesAt: nextMorning,
      why: 'hours',
    });
  });

  test('is the next opening when too little of this one is left', () => {
    const hours = hoursOf({ undoSeconds: 0, sendingHours: DEFAULT_SENDING_HOURS });
    const at = (hour: number, minute: number, second: number, day = 23) =>
      new Date(2026, 10, day, hour, minute, second).getTime();
    expect(sendTime(at(19, 59, 1), hours, null).promisedAt).toBe(at(8, 0, 0, 24));
    expect(sendTime(at(19, 58, 59), hours, null).promisedAt).toBe(at(19, 58, 59));
  });

  test('[row 126] is not before the end of a pause that Partoo asks for', () => {
    const hours = hoursOf({ undoSeconds: 10, sendingHours: DEFAULT_SENDING_HOURS });
    const at = (hour: number, day = 23) => new Date(2026, 10, day, hour).getTime();
    expect(sendTime(at(9), hours, at(10))).toMatchObject({
      leavesAt: at(9) + 11 * SECOND_MS,
      why: 'undo',
      promisedAt: at(10),
      waitsFor: 'pause',
    });
    expect(sendTime(at(19), hours, at(21))).toMatchObject({
      why: 'hours',
      leavesAt: at(8, 24),
      promisedAt: at(8, 24),
      waitsFor: 'hours',
    });
    // A wait for the hours lasts until both allow it.
    expect(sendTime(at(21), hours, at(9, 24))).toMatchObject({
      leavesAt: at(9, 24),
      why: 'hours',
      promisedAt: at(9, 24),
    });
    expect(sendTime(at(9), hours, at(8)).waitsFor).toBeNull();
  });
});

describe('a held invitation, when the settings change,', () => {
  const sundayNoon = new Date(2026, 10, 22, 12).getTime();
  const mondayAt = (hour: number) => new Date(2026, 10, 23, hour).getTime();
  const hours = hoursOf({ undoSeconds: 10, sendingHours: DEFAULT_SENDING_HOURS });
  const always = hoursOf({ undoSeconds: 10, sendingHours: null });
  const held = {
    state: 'held',
    at: sundayNoon,
    notBefore: mondayAt(8),
    why: 'hours',
  } as const;
  const later = sundayNoon + MINUTE_MS;
  const given = { progress: held, promisedAt: held.notBefore };

  test('stays as it is when nothing changed for it', () => {
    expect(reschedule(given, later, hours)).toBeUndefined();
  });

  test('is sent at the new opening, which is promised now', () => {
    const fromTen = [{ days: [1], from: '10:00', to: '12:00' }] as const;
    expect(reschedule(given, later, hoursOf({ sendingHours: fromTen }))).toEqual({
      progress: { ...held, at: later, notBefore: mondayAt(10) },
      promisedAt: mondayAt(10),
    });
  });

  test('that waits for a later opening again keeps its age', () => {
    const fromTen = [{ days: [1], from: '10:00', to: '12:00' }] as const;
    const promisedAt = sundayNoon - MINUTE_MS;
    const anew = reschedule({ ...given, promisedAt }, later, hoursOf({ sendingHours: fromTen }));
    expect(anew?.promisedAt).toBe(promisedAt + 2 * HOUR_MS);
  });

  test('is sent on the next day that is no holiday', () => {
    const anew = reschedule(given, later, hoursOf({}, '2026-11-23'));
    expect(anew?.progress).toMatchObject({ notBefore: new Date(2026, 10, 24, 8).getTime() });
  });

  test('is sent at once when the hours are open now, but never within its undo time', () => {
    expect(reschedule(given, later, always)?.progress).toMatchObject({ notBefore: later });
    expect(reschedule(given, sundayNoon + SECOND_MS, always)?.progress).toMatchObject({
      notBefore: sundayNoon + 11 * SECOND_MS,
      why: 'undo',
    });
  });

  test('keeps the promised undo time, and then waits for the hours', () => {
    const undone = sundayNoon + 60 * SECOND_MS;
    const progress = { state: 'held', at: sundayNoon, notBefore: undone, why: 'undo' } as const;
    const undo = { progress, promisedAt: undone };
    expect(reschedule(undo, sundayNoon + 1, always)).toBeUndefined();
    expect(reschedule(undo, sundayNoon + 1, hours)?.progress).toMatchObject({
      notBefore: mondayAt(8),
      why: 'hours',
    });
  });

  test('[row 140] is released when its undo time is over, whatever the hours are', () => {
    const undone = sundayNoon + 11 * SECOND_MS;
    const progress = { state: 'held', at: sundayNoon, notBefore: undone, why: 'undo' } as const;
    for (const now of [undone, later])
      expect(reschedule({ progress, promisedAt: undone }, now, hours)).toEqual({
        progress: { state: 'waiting', at: now, dueAt: now },
        promisedAt: undone,
      });
  });

  test('whose opening has come is checked when it is sent, and its age does not restart', () => {
    expect(reschedule(given, mondayAt(21), hours)).toBeUndefined();
  });
});
