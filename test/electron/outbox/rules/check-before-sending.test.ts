import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkBeforeSending,
  FORCED_EXPIRY_MS,
  type FlushFacts,
} from '../../../../electron/outbox/rules/check-before-sending.ts';
import type { PastSend, Row } from '../../../../electron/outbox/store-port.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/time.ts';
import { aRow, NINE } from '../../../support/builders/row.ts';
import { anyAttemptedRow, REASON } from '../../../support/builders/arbitrary.ts';

const SEEN = NINE - 4 * DAY_MS;
const fresh = aRow();
const forced = aRow({ forceReason: REASON, seenSentAt: SEEN });
const mayHaveLeft = aRow({
  attempts: 1,
  unclearAttempts: 1,
  unclearSince: NINE,
  lastAttemptAt: NINE,
  sentAt: NINE,
});

const past = (sentAt: number): PastSend => ({
  sentAt,
  businessId: null,
  name: '',
  staff: null,
  from: 'here',
  place: null,
  proved: true,
});

const check = (row: Row, changes: Partial<FlushFacts> = {}) => {
  const now = changes.now ?? NINE;
  return checkBeforeSending({
    row,
    now,
    lastSend: undefined,
    doNotContactSince: undefined,
    opensAt: now,
    outboxExpiryDays: 3,
    ...changes,
  });
};
const goes = { kind: 'send' };
const instead = (progress: object, sentAt: number | null = null) => ({
  kind: 'not-now',
  decision: {
    progress: expect.objectContaining(progress),
    sentAt,
    partooId: null,
    deliveryDueAt: null,
  },
});

test('an invitation without an obstacle is sent', () => {
  expect(check(fresh)).toEqual(goes);
  expect(check(mayHaveLeft)).toEqual(goes);
});

describe('the resend window', () => {
  test('that began since the save needs a decision', () => {
    const lastSend = past(NINE - DAY_MS);
    expect(check(fresh, { lastSend })).toEqual(instead({ state: 'needs_decision', why: 'window' }));
  });

  test('[row 78] is open again after exactly 10 days', () => {
    expect(check(fresh, { lastSend: past(NINE - 10 * DAY_MS) })).toEqual(goes);
    expect(check(fresh, { lastSend: past(NINE - 10 * DAY_MS + 1) }).kind).toBe('not-now');
  });

  test('[row 72] is closed by a send dated in the future', () => {
    expect(check(fresh, { lastSend: past(NINE + 100 * DAY_MS) }).kind).toBe('not-now');
  });

  test('does not stop a forced one for the send that the person saw', () => {
    expect(check(forced, { lastSend: past(SEEN) })).toEqual(goes);
    expect(check(forced, { lastSend: past(SEEN - DAY_MS) })).toEqual(goes);
  });

  test('stops a forced one for a send that the person did not see', () => {
    expect(check(forced, { lastSend: past(SEEN + 1) })).toEqual(
      instead({ state: 'needs_decision', why: 'window' }),
    );
  });
});

describe('a number on the do-not-contact list gets no SMS', () => {
  const doNotContactSince = NINE - MINUTE_MS;
  test.each([
    ['unforced', fresh],
    ['forced', forced],
  ])('%s: cancelled', (_title, row) => {
    expect(check(row, { doNotContactSince })).toEqual(instead({ state: 'cancelled' }));
  });

  test('[I4] an invitation that may have been sent is not called cancelled', () => {
    expect(check(mayHaveLeft, { doNotContactSince })).toEqual(
      instead({ state: 'maybe_sent' }, NINE),
    );
  });
});

describe('age', () => {
  test('an unforced one keeps for the days of the setting', () => {
    expect(check(fresh, { now: NINE + 3 * DAY_MS })).toEqual(goes);
    const now = NINE + 3 * DAY_MS + 1;
    expect(check(fresh, { now })).toEqual(instead({ state: 'needs_decision', why: 'too-old' }));
    expect(check(fresh, { now, outboxExpiryDays: 5 })).toEqual(goes);
  });

  test('a forced one keeps for 30 minutes', () => {
    expect(check(forced, { now: NINE + FORCED_EXPIRY_MS })).toEqual(goes);
    expect(check(forced, { now: NINE + FORCED_EXPIRY_MS + 1 })).toEqual(
      instead({ state: 'needs_decision', why: 'too-old' }),
    );
  });

  test('[row 77] one that may have been sent is not sent after a long sleep', () => {
    expect(check(mayHaveLeft, { now: NINE + 11 * DAY_MS })).toEqual(
      instead({ state: 'needs_decision', why: 'too-old' }, NINE),
    );
  });

  test('[row 126] counts from the promised time, not from when it was saved', () => {
    const promisedAt = NINE + 4 * DAY_MS;
    for (const row of [aRow({ promisedAt }), { ...forced, promisedAt }])
      expect(check(row, { now: promisedAt })).toEqual(goes);
    const late = { now: promisedAt + FORCED_EXPIRY_MS + 1 };
    expect(check({ ...forced, promisedAt }, late)).toEqual(
      instead({ state: 'needs_decision', why: 'too-old' }),
    );
  });

  test('[row 126] none is held for an opening that would find it too old', () => {
    const tooLate = instead({ state: 'needs_decision', why: 'too-old' });
    expect(check(forced, { opensAt: NINE + FORCED_EXPIRY_MS + 1 })).toEqual(tooLate);
    expect(check(fresh, { opensAt: NINE + 3 * DAY_MS + 1 })).toEqual(tooLate);
    const opensAt = NINE + FORCED_EXPIRY_MS;
    expect(check(forced, { opensAt })).toEqual(instead({ state: 'held', notBefore: opensAt }));
  });

  test('[row 72] a clock that was set back expires nothing', () => {
    expect(check(fresh, { now: NINE - 365 * DAY_MS })).toEqual(goes);
  });
});

describe('sending hours', () => {
  test('hold an invitation until they open', () => {
    const opensAt = NINE + 10 * HOUR_MS;
    expect(check(fresh, { opensAt })).toEqual(
      instead({ state: 'held', why: 'hours', notBefore: opensAt }),
    );
  });

  test('hold one that may have been sent, and keep that fact', () => {
    expect(check(mayHaveLeft, { opensAt: NINE + HOUR_MS })).toEqual(
      instead({ state: 'held' }, NINE),
    );
  });
});

test('[I4] with any obstacle, an invitation that may have been sent still counts and is never called unsent', () => {
  const facts = fc.record({
    row: anyAttemptedRow,
    now: fc.integer({ min: NINE - DAY_MS, max: NINE + 20 * DAY_MS }),
    lastSentAt: fc.option(fc.integer({ min: NINE - 20 * DAY_MS, max: NINE })),
    blocked: fc.boolean(),
    opensInMs: fc.nat({ max: DAY_MS }),
  });
  fc.assert(
    fc.property(facts, ({ row, now, lastSentAt, blocked, opensInMs }) => {
      fc.pre(row.unclearAttempts > 0);
      const checked = check(row, {
        now,
        lastSend: lastSentAt === null ? undefined : past(lastSentAt),
        doNotContactSince: blocked ? NINE : undefined,
        opensAt: now + opensInMs,
      });
      if (checked.kind === 'send') return;
      expect(checked.decision.sentAt).not.toBeNull();
      expect(['held', 'needs_decision', 'maybe_sent']).toContain(checked.decision.progress.state);
    }),
  );
});
