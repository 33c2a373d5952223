import { expect, test } from 'vitest';
import { isUnasked, opinionOf } from '../../../../renderer/invite/verdict/use-verdict.ts';

test('[row 263] asks Partoo once more when the rate limit allows', () => {
  const limited = opinionOf({ kind: 'rate-limited', waitMs: 12_000 });
  expect(limited).toEqual({ opinion: 'rate-limited', again: { afterMs: 12_000 }, isDue: false });
  expect(isUnasked(limited)).toBe(false);
  expect(isUnasked({ ...limited, isDue: true })).toBe(true);
});

test.each(['no-answer', 'unavailable'] as const)(
  'waits for the connection after a check without an answer: %s',
  (kind) => {
    const opinion = opinionOf({ kind });
    expect(opinion.again).toBeNull();
    expect(isUnasked(opinion)).toBe(false);
  },
);
