import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSaveRateLimit } from '../../../electron/outbox/save-rate-limit.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';

const PER_MINUTE = 20;

function aBrake() {
  let now = 5_000;
  const saveLimit = createSaveRateLimit({ elapsedMs: () => now }, () => PER_MINUTE);
  const press = (kind: 'plain' | 'forced', times: number): number => {
    let passed = 0;
    for (let turn = 0; turn < times; turn += 1) {
      if (!saveLimit.isOpen(kind)) continue;
      saveLimit.count(kind);
      passed += 1;
    }
    return passed;
  };
  return {
    press,
    wait: (ms: number) => {
      now += ms;
    },
  };
}

describe('[row 91] the number of invitations that a page can save', () => {
  test('is a burst, and then no more than are sent', () => {
    const { press, wait } = aBrake();
    expect(press('plain', 5_000)).toBe(600);
    expect(press('plain', 1)).toBe(0);
    wait(MINUTE_MS);
    expect(press('plain', 5_000)).toBe(PER_MINUTE);
  });

  test('is far smaller for forced ones, and each kind has its own limit', () => {
    const { press, wait } = aBrake();
    expect(press('forced', 5_000)).toBe(20);
    expect(press('plain', 10)).toBe(10);
    wait(HOUR_MS);
    expect(press('forced', 5_000)).toBe(20);
    wait(3 * MINUTE_MS);
    expect(press('forced', 5_000)).toBe(1);
  });

  test('stays within the limit, however it is spread over time', () => {
    const steps = fc.array(fc.tuple(fc.nat(2 * MINUTE_MS), fc.nat(200)), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (spread) => {
        const { press, wait } = aBrake();
        let passed = 0;
        let elapsedMs = 0;
        for (const [pauseMs, times] of spread) {
          wait(pauseMs);
          elapsedMs += pauseMs;
          passed += press('plain', times);
        }
        expect(passed).toBeLessThanOrEqual(600 + (PER_MINUTE * elapsedMs) / MINUTE_MS + 1e-6);
      }),
    );
  });
});

test('[row 91] normal use never reaches the save limit', () => {
  const { press, wait } = aBrake();
  for (let minute = 0; minute < 12 * 60; minute += 1) {
    expect(press('plain', 10)).toBe(10);
    wait(MINUTE_MS);
  }
});
