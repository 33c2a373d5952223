import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCorrectedClock, isTrusted } from '../../../electron/outbox/corrected-clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';
import { NINE } from '../../support/builders/row.ts';

/** A PC whose clock is off by `aheadMs`, and the highest time it has seen. */
function aCorrectedClock({
  aheadMs = 0,
  highestSeenAt,
}: { aheadMs?: number; highestSeenAt?: number } = {}) {
  const clock = createFakeClock(NINE + aheadMs, async () => {});
  const kept: number[] = [];
  const correctedClock = createCorrectedClock({
    clock,
    highestSeenAt,
    keepHighest: (at) => void kept.push(at),
  });
  /** Partoo answers at once. */
  const learn = (serverTime = NINE + clock.elapsedMs()) =>
    correctedClock.learn(serverTime, { startedMs: clock.elapsedMs(), endedMs: clock.elapsedMs() });
  return { clock, correctedClock, kept, learn };
}

describe('an unconfirmed clock', () => {
  test('is used as it is', () => {
    const { correctedClock } = aCorrectedClock();
    expect(correctedClock.now()).toBe(NINE);
    expect(correctedClock.judge()).toEqual({ kind: 'unproved' });
    expect(isTrusted(correctedClock.judge())).toBe(true);
  });

  test('[row 72] that shows a time long past blocks sending, and time continues from the highest ever seen', async () => {
    const { clock, correctedClock } = aCorrectedClock({
      aheadMs: -365 * DAY_MS,
      highestSeenAt: NINE,
    });
    expect(correctedClock.judge()).toEqual({ kind: 'went-back' });
    expect(isTrusted(correctedClock.judge())).toBe(false);
    expect(correctedClock.now()).toBe(NINE);
    await clock.advance(HOUR_MS);
    expect(correctedClock.now()).toBe(NINE + HOUR_MS);
    expect(correctedClock.correctionMs()).toBe(365 * DAY_MS);
  });

  test('that is some minutes behind does not block sending', () => {
    const { correctedClock } = aCorrectedClock({ aheadMs: -4 * MINUTE_MS, highestSeenAt: NINE });
    expect(correctedClock.judge()).toEqual({ kind: 'unproved' });
  });
});

describe('after Partoo has returned its time', () => {
  test.each([0, MINUTE_MS, -2 * MINUTE_MS])('%i ms ahead are ignored', (aheadMs) => {
    const { correctedClock, learn } = aCorrectedClock({ aheadMs });
    expect(learn()).toEqual({ movedBackMs: 0 });
    expect(correctedClock.judge()).toEqual({ kind: 'right', skewMs: -aheadMs + 0 });
    expect(correctedClock.now()).toBe(NINE + aheadMs);
    expect(correctedClock.correctionMs()).toBe(0);
  });

  test.each([3 * MINUTE_MS, -3 * HOUR_MS, DAY_MS])(
    '[row 74] %i ms ahead are corrected',
    (aheadMs) => {
      const { correctedClock, learn } = aCorrectedClock({ aheadMs });
      expect(learn()).toEqual({ movedBackMs: Math.max(0, aheadMs) });
      expect(correctedClock.judge()).toEqual({ kind: 'corrected', skewMs: -aheadMs });
      expect(correctedClock.now()).toBe(NINE);
      expect(correctedClock.correctionMs()).toBe(-aheadMs);
    },
  );

  test.each([DAY_MS + SECOND_MS, 365 * DAY_MS, -365 * DAY_MS])(
    '[row 72] [row 73] %i ms ahead block sending, although the time is corrected',
    (aheadMs) => {
      const { correctedClock, learn } = aCorrectedClock({ aheadMs });
      learn();
      expect(isTrusted(correctedClock.judge())).toBe(false);
      expect(correctedClock.now()).toBe(NINE);
    },
  );

  test('half of the round trip is taken into account', async () => {
    const { clock, correctedClock } = aCorrectedClock({ aheadMs: 10 * MINUTE_MS });
    await clock.advance(20 * SECOND_MS);
    correctedClock.learn(NINE + 10 * SECOND_MS, { startedMs: 0, endedMs: 20 * SECOND_MS });
    expect(correctedClock.judge()).toEqual({ kind: 'corrected', skewMs: -10 * MINUTE_MS });
  });

  test('an implausible date is ignored', () => {
    const { correctedClock, learn, kept } = aCorrectedClock();
    expect(learn(0)).toEqual({ movedBackMs: 0 });
    expect(correctedClock.judge()).toEqual({ kind: 'unproved' });
    expect(kept).not.toContain(0);
  });

  test('[row 73] a clock that was a year ahead does not make the right time look like the past', () => {
    const { kept, learn } = aCorrectedClock({
      aheadMs: 365 * DAY_MS,
      highestSeenAt: NINE + 365 * DAY_MS,
    });
    learn();
    expect(kept.at(-1)).toBe(NINE);
    const next = aCorrectedClock({ highestSeenAt: kept.at(-1) ?? 0 });
    expect(next.correctedClock.judge()).toEqual({ kind: 'unproved' });
  });

  test('[row 76] the correction is dropped when the clock is set', () => {
    const { clock, correctedClock, learn } = aCorrectedClock({ aheadMs: -3 * HOUR_MS });
    learn();
    clock.jump(3 * HOUR_MS);
    expect(correctedClock.correctionMs()).toBe(0);
    expect(correctedClock.judge()).toEqual({ kind: 'unproved' });
    expect(correctedClock.now()).toBe(NINE);
  });
});

test('stores the highest time, but not on every read', async () => {
  const { clock, correctedClock, kept } = aCorrectedClock();
  for (let second = 0; second < 180; second += 1) {
    await clock.advance(SECOND_MS);
    correctedClock.now();
  }
  expect(kept.length).toBeGreaterThanOrEqual(2);
  expect(kept.length).toBeLessThanOrEqual(4);
});

test('[row 76] time goes back by at most five minutes, a span that changes nothing, whatever happens to the clock', async () => {
  const anyStep = fc.oneof(
    fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: HOUR_MS }) }),
    fc.record({
      do: fc.constant('jump' as const),
      ms: fc.integer({ min: -400 * DAY_MS, max: -6 * MINUTE_MS }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep), async (steps) => {
      const { clock, correctedClock } = aCorrectedClock();
      let before = correctedClock.now();
      for (const step of steps) {
        if (step.do === 'jump') clock.jump(step.ms);
        else await clock.advance(step.ms);
        const after = correctedClock.now();
        expect(after).toBeGreaterThanOrEqual(before - 5 * MINUTE_MS);
        before = after;
      }
    }),
  );
});
