import { describe, expect, test } from 'vitest';
import { createCorrectedClock } from '../../../electron/outbox/corrected-clock.ts';
import { createPartooPause } from '../../../electron/outbox/partoo-pause.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';
import { NINE } from '../../support/builders/row.ts';
import { newPath, open } from '../../support/builders/store.ts';

const HOST = 'api.partoo.test';

/** A desk at `startAt`, on the log that an earlier one may have left. */
function aDesk(path: string, { startAt = NINE, host = HOST } = {}) {
  const wall = createFakeClock(startAt, async () => {});
  const store = open(path);
  const clock = createCorrectedClock({
    clock: wall,
    highestSeenAt: undefined,
    keepHighest: () => {},
  });
  return { wall, store, clock, pause: createPartooPause({ clock, store, host }) };
}

describe('[row 133] a pause on disk', () => {
  const begun = (forMs: number) => {
    const path = newPath();
    const first = aDesk(path);
    first.pause.begin(forMs);
    expect(first.pause.leftMs()).toBe(forMs);
    first.store.close();
    return path;
  };

  test('goes on where it was', () => {
    const { pause } = aDesk(begun(HOUR_MS), { startAt: NINE + 20 * MINUTE_MS });
    expect(pause.leftMs()).toBe(40 * MINUTE_MS);
  });

  test('is over when its time is over', () => {
    const { pause } = aDesk(begun(HOUR_MS), { startAt: NINE + 2 * HOUR_MS });
    expect(pause.leftMs()).toBe(0);
  });

  test('belongs to its host: another Partoo has asked for nothing', () => {
    const { pause } = aDesk(begun(HOUR_MS), { host: 'sandbox.partoo.test' });
    expect(pause.leftMs()).toBe(0);
  });

  test('is no longer than a day for a clock that was set back', async () => {
    const { pause, wall } = aDesk(begun(HOUR_MS), { startAt: NINE - 90 * DAY_MS });
    expect(pause.leftMs()).toBe(DAY_MS);
    await wall.advance(DAY_MS);
    expect(pause.leftMs()).toBe(0);
  });

  test('is kept as the PC has the time, of which nobody knows at the next start by how much it is off', () => {
    const path = newPath();
    const first = aDesk(path);
    first.clock.learn(NINE + 3 * HOUR_MS, { startedMs: 0, endedMs: 0 });
    first.pause.begin(HOUR_MS);
    first.store.close();
    expect(aDesk(path).pause.leftMs()).toBe(HOUR_MS);
  });

  test('that cannot be read is none', () => {
    const { store, clock } = aDesk(newPath());
    const pause = createPartooPause({
      clock,
      host: HOST,
      store: { ...store, readPause: () => undefined },
    });
    expect(pause.leftMs()).toBe(0);
  });
});
