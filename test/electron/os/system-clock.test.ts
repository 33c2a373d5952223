import { expect, test } from 'vitest';
import { systemClock } from '../../../electron/os/system-clock.ts';

// The log takes whole milliseconds only, and the outbox adds up instants of both clocks.
test('[row 242] the clock of the PC tells whole milliseconds, also of what has passed', () => {
  const told = Array.from({ length: 1_000 }, () => [systemClock.now(), systemClock.elapsedMs()]);
  expect(told.flat().filter((ms) => !Number.isInteger(ms))).toEqual([]);
});
