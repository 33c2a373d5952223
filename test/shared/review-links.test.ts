import { expect, test } from 'vitest';
import { partialSettingsSchema } from '../../shared/settings.ts';

test.each([
  ['https://g.page/r/C/review', true],
  ['http://g.page/r/C/review', false],
  ['javascript:alert(1)', false],
  ['g.page/r/C', false],
  ['', false],
])('a review link can be %j: %s', (link, holds) => {
  expect(partialSettingsSchema.safeParse({ reviewLinks: { b1: link } }).success).toBe(holds);
});
