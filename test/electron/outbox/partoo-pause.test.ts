import { describe, expect, test } from 'vitest';
import { createCorrectedClock } from '../../../electron/outbox/corrected-clock.ts';
import { createPartooPause } from '../../../electron/outbox/partoo-pause.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';
import { NINE } from '../../support/builders/row.ts';
import { newPath, open } from '../../support/builders/store.ts';

const HOST = 'api.partoo.test';

/** A desk session at `startAt`, on a database that an earlier one may have left. */
function aPartooPause(path: string, { startAt = NINE, host = HOST } = {}) {
  const wall = createFakeClock(startAt, async () => {});
  const store = open(path);
  const clock = createCorrectedClock({
    clock: wall,
    highestSeenAt: undefined,
    keepHighest: () => {},
  });
  return { wall, store, clock, pause: createPartooPause({ clock, store, host }) };
}

describe('[row 133] a stored pause', () => {
  const begun = (forMs: number) => {
    const path = newPath();
    const first = aPartooPause(path);
    first.pause.begin(forMs);
    expect(first.pause.leftMs()).toBe(forMs);
    first.store.close();
    return path;
  };

  test('continues after a restart', () => {
    const { pause } = aPartooPause(begun(HOUR_MS), { startAt: NINE + 20 * MINUTE_MS });
    expect(pause.leftMs()).toBe(40 * MINUTE_MS);
  });

  test('ends at its time', () => {
    const { pause } = aPartooPause(begun(HOUR_MS), { startAt: NINE + 2 * HOUR_MS });
    expect(pause.leftMs()).toBe(0);
  });

  test('applies to its host only', () => {
    const { pause } = aPartooPause(begun(HOUR_MS), { host: 'sandbox.partoo.test' });
    expect(pause.leftMs()).toBe(0);
  });

  test('lasts at most a day for a clock that was set back', async () => {
    const { pause, wall } = aPartooPause(begun(HOUR_MS), { startAt: NINE - 90 * DAY_MS });
    expect(pause.leftMs()).toBe(DAY_MS);
    await wall.advance(DAY_MS);
    expect(pause.leftMs()).toBe(0);
  });

  test("is stored in the PC's uncorrected time, because the next start does not know the correction", () => {
    const path = newPath();
    const first = aPartooPause(path);
    first.clock.learn(NINE + 3 * HOUR_MS, { startedMs: 0, endedMs: 0 });
    first.pause.begin(HOUR_MS);
    first.store.close();
    expect(aPartooPause(path).pause.leftMs()).toBe(HOUR_MS);
  });

  test('that cannot be read is ignored', () => {
    const { store, clock } = aPartooPause(newPath());
    const pause = createPartooPause({
      clock,
      host: HOST,
      store: { ...store, readPause: () => undefined },
    });
    expect(pause.leftMs()).toBe(0);
  });
});
