import { describe, expect, test } from 'vitest';
import { createSaveQueue } from '../../../../renderer/settings/settings-context.tsx';
import {
  putBack,
  rowsOf,
  type Removed,
} from '../../../../renderer/settings/fields/use-removals.ts';

const keyOf = (name: string): string => name;
const shown = (stored: readonly string[], removed: readonly Removed<string>[]): readonly string[] =>
  rowsOf(stored, removed, keyOf).map(({ item, isRemoved }) => (isRemoved ? `(${item})` : item));

describe('[row 223] a list with removed entries', () => {
  const removed = [
    { item: 'd', at: 3 },
    { item: 'b', at: 1 },
    { item: 'c', at: 2 },
  ];

  test('keeps their places, in any order of removal', () => {
    expect(shown(['a', 'e'], removed)).toEqual(['a', '(b)', '(c)', '(d)', 'e']);
    expect(shown(['a', 'c', 'e'], removed)).toEqual(['a', '(b)', 'c', '(d)', 'e']);
    expect(shown([], [{ item: 'a', at: 0 }])).toEqual(['(a)']);
  });

  test('restores each to its place, based on the stored list', () => {
    const rows = rowsOf(['a', 'e'], removed, keyOf);
    expect(putBack(['a', 'e'], 'c', rows, keyOf)).toEqual(['a', 'c', 'e']);
    expect(putBack(['a', 'c', 'e', 'new'], 'd', rows, keyOf)).toEqual(['a', 'c', 'd', 'e', 'new']);
    expect(putBack(['e'], 'b', rows, keyOf)).toEqual(['b', 'e']);
    expect(putBack(['a', 'b'], 'b', rows, keyOf)).toEqual(['a', 'b']);
  });
});

test('[row 223] saves changes of settings one after the other, also after one that failed', async () => {
  const inTurn = createSaveQueue();
  const order: string[] = [];
  const slow = inTurn(async () => {
    await Promise.resolve();
    order.push('first');
    throw new Error('not saved');
  });
  const next = inTurn(async () => {
    order.push('second');
    return 2;
  });
  await expect(slow).rejects.toThrow('not saved');
  expect(await next).toBe(2);
  expect(order).toEqual(['first', 'second']);
});
