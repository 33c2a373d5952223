import { expect, test } from 'vitest';
import { isRepeated } from '../../../renderer/components/use-submit.ts';

const FIRST = { text: '06 39 98 00 21', atMs: 1_000 };

test.each([
  ['the first press', FIRST, null, false],
  ['the same text at once', { ...FIRST, atMs: 1_100 }, FIRST, true],
  ['a field emptied by the first press', { text: '', atMs: 1_500 }, FIRST, true],
  ['another text, typed fast', { text: '06 39 98 00 22', atMs: 1_500 }, FIRST, false],
  ['the same text some time later', { ...FIRST, atMs: 1_600 }, FIRST, false],
  ['an empty field some time later', { text: '', atMs: 1_600 }, FIRST, false],
])(
  '[row 255] decides whether a press repeats the one before: %s',
  (_which, press, before, expected) => {
    expect(isRepeated(press, before)).toBe(expected);
  },
);
