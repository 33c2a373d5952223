import { expect, test } from 'vitest';
import { belongInMemory } from '../../build/temporary-files.mjs';

const GIB = 1024 ** 3;

test('temporary files go to memory where it has room for them', () => {
  expect(belongInMemory({ named: undefined, freeBytes: 2 * GIB })).toBe(true);
  expect(belongInMemory({ named: '', freeBytes: 8 * GIB })).toBe(true);
  expect(belongInMemory({ named: undefined, freeBytes: 2 * GIB - 1 })).toBe(false);
  expect(belongInMemory({ named: undefined, freeBytes: 0 })).toBe(false);
});

test('temporary files go to a folder named in TMPDIR', () => {
  expect(belongInMemory({ named: '/var/tmp', freeBytes: 8 * GIB })).toBe(false);
});
