import { expect, test } from 'vitest';
import { systemClock } from '../../../electron/os/system-clock.ts';

// The database takes only whole milliseconds, and the outbox adds instants of both clocks.
test('[row 242] the clock of the PC returns whole milliseconds, also for elapsed time', () => {
  const told = Array.from({ length: 1_000 }, () => [systemClock.now(), systemClock.elapsedMs()]);
  expect(told.flat().filter((ms) => !Number.isInteger(ms))).toEqual([]);
});
