import { expect, test } from 'vitest';
import { withTimeout } from '../../shared/with-timeout.ts';
import { createFakeClock } from '../support/clock.ts';

test('returns a result in time, and leaves no timer', async () => {
  const clock = createFakeClock(0);
  const result = withTimeout(Promise.resolve('done'), { clock, afterMs: 10, late: 'late' });
  expect(await result).toBe('done');
  expect(clock.timers()).toEqual([]);
});

test('gives up when the time is over', async () => {
  const clock = createFakeClock(0);
  const result = withTimeout(new Promise<string>(() => {}), { clock, afterMs: 10, late: 'late' });
  await clock.advance(9);
  expect(clock.timers()).toEqual([1]);
  await clock.advance(1);
  expect(await result).toBe('late');
});

test('rejects as the work does, and leaves no timer', async () => {
  const clock = createFakeClock(0);
  const failed = withTimeout(Promise.reject(new Error('refused')), { clock, afterMs: 10, late: 0 });
  await expect(failed).rejects.toThrow('refused');
  expect(clock.timers()).toEqual([]);
});
