import { describe, expect, test } from 'vitest';
import { ANSWERS } from '../../../electron/site/answers.ts';
describe('[row 332] an answer of a server that lies is none', () => {
  const hello = {
    is: 'hello',
    now: Date.UTC(2026, 11, 1),
    epoch: 1,
    pushed: 0,
    head: 0,
    whole: true,
    settled: true,
    hintBits: 24,
    pollMs: 30_000,
    windowMs: 864_000_000,
    whenApart: 'look',
    retentionDays: 30,
    perMinute: 250,
    apartPerMinute: 0.5,
    settings: 'first',
  };
  const window = { is: 'window', sentAt: Date.UTC(2026, 11, 1), proved: true };

  test.each([
    ['as it should be', {}, true],
    ['with a retention that would delete the log', { retentionDays: -1 }, false],
    ['with ten days, which end before the resend window', { retentionDays: 10 }, false],
    ['with a time before 1970', { now: -5 }, false],
    ['with a time that no calendar has', { now: Number.MAX_SAFE_INTEGER }, false],
    ['with a poll after years', { pollMs: Number.MAX_SAFE_INTEGER }, false],
  ])('a hello %s', (_how, change, isGood) => {
    expect(ANSWERS.hello.safeParse({ ...hello, ...change }).success).toBe(isGood);
  });

  test.each([-5, 0, Number.MAX_SAFE_INTEGER])('a claim with the time %d', (sentAt) => {
    expect(ANSWERS.claim.safeParse({ ...window, sentAt }).success).toBe(false);
  });

  test.each([-1, Number.MAX_SAFE_INTEGER])('a turn after %d ms', (waitMs) => {
    expect(ANSWERS.turns.safeParse({ is: 'turn', waitMs }).success).toBe(false);
  });
});
