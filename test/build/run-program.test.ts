import { expect, test } from 'vitest';
import { isNodeRecent } from '../../build/run-program.mjs';

test.each([
  ['20.20.0', true],
  ['20.21.3', true],
  ['22.0.0', true],
  ['100.1.0', true],
  ['20.19.5', false],
  ['18.30.0', false],
  ['9.99.0', false],
])('Node %s', (version, recent) => {
  expect(isNodeRecent(version)).toBe(recent);
});
