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

test('keeps who was asked', () => {
  const verdict = {
    ruling: { kind: 'never' },
    otherName: null,
    waitsUntil: null,
    waitsFor: null,
    knownSince: null,
    refusedAt: null,
    waitsElsewhere: null,
  } as const;
  for (const by of ['partoo', 'desks'] as const)
    expect(opinionOf({ kind: 'asked', by, verdict }).opinion).toBe(by);
});
