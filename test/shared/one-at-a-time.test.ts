import { expect, test } from 'vitest';
import { deferred } from '../support/builders/courier.ts';
import { createOneAtATime } from '../../shared/one-at-a-time.ts';

test('answers busy while earlier work runs, and runs again afterwards', async () => {
  const oneAtATime = createOneAtATime();
  const { promise, resolve } = deferred<string>();
  const first = oneAtATime('busy', () => promise);
  expect(await oneAtATime('busy', async () => 'second')).toBe('busy');
  resolve('first');
  expect(await first).toBe('first');
  expect(await oneAtATime('busy', async () => 'third')).toBe('third');
});

test('runs again after work that failed', async () => {
  const oneAtATime = createOneAtATime();
  await expect(oneAtATime(0, () => Promise.reject(new Error('no printer')))).rejects.toThrow(
    'no printer',
  );
  expect(await oneAtATime(0, async () => 1)).toBe(1);
});
