import { describe, expect, test } from 'vitest';
import type { KnownSend } from '../../../../electron/outbox/partoo-port.ts';
import {
  findOurs,
  leaveOut,
  NONE_LISTED,
  SKEW_MS,
} from '../../../../electron/outbox/rules/evidence.ts';
import type { Row } from '../../../../electron/outbox/store-port.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts';
import { REASON } from '../../../support/builders/arbitrary.ts';
import { aRow, NINE } from '../../../support/builders/row.ts';

const NOW = NINE + 5 * SECOND_MS;
/** When the invitation of these tests was first tried and got no answer. */
const BEFORE = NINE - 10 * MINUTE_MS;

const sending = {
  progress: { state: 'sending', at: NINE },
  lastAttemptAt: NINE,
  sentAt: NINE,
} as const;
const unforced = aRow({ ...sending, attempts: 1 });
const unforcedAgain = aRow({ ...sending, attempts: 2, unclearAttempts: 1, unclearSince: BEFORE });

const UNDATED: KnownSend = { id: 'p-0', sentAt: null, by: 'Léa' };
const sentAt = (instant: number): KnownSend => ({
  id: 'p-1',
  sentAt: instant,
  by: 'Practice Desk',
});

function leftOut(send: KnownSend, ids: readonly string[]) {
  const listed = {
    kind: 'sends',
    sends: [send],
    unclaimed: [send],
    elsewhere: NONE_LISTED,
  } as const;
  const left = leaveOut(listed, ids);
  if (left.kind !== 'sends') throw new Error('the list is still whole');
  return left;
}

describe('a listed send is ours', () => {
  const found = (row: Row, instant: number) => findOurs(row, [sentAt(instant)]) !== undefined;

  test('from the first unclear attempt on, within the clock skew', () => {
    expect(found(unforcedAgain, BEFORE - SKEW_MS)).toBe(true);
    expect(found(unforcedAgain, BEFORE - SKEW_MS - 1)).toBe(false);
    expect(found(unforcedAgain, NOW)).toBe(true);
  });

  test('[row 141] never without a time', () => {
    expect(findOurs(unforcedAgain, [UNDATED])).toBeUndefined();
  });

  test('[row 325] never when it may belong to another desk', () => {
    const { unclaimed } = leftOut(sentAt(NOW), ['p-1']);
    expect(findOurs(unforcedAgain, unclaimed)).toBeUndefined();
    expect(findOurs(unforcedAgain, leftOut(sentAt(NOW), ['p-2']).unclaimed)?.id).toBe('p-1');
  });

  test('never without an unclear attempt', () => {
    expect(found(unforced, NOW)).toBe(false);
  });

  test('never when it is the one that the person saw before they sent again', () => {
    const row = aRow({
      ...sending,
      attempts: 1,
      unclearAttempts: 1,
      unclearSince: NINE,
      forceReason: REASON,
      seenSentAt: NINE - MINUTE_MS,
    });
    expect(found(row, NINE - MINUTE_MS)).toBe(false);
    expect(found(row, NINE)).toBe(true);
  });
});

describe('the send of an unclear attempt', () => {
  const began = NINE - HOUR_MS;
  const row = aRow({
    attempts: 1,
    unclearAttempts: 1,
    unclearSince: began,
    lastAttemptAt: began,
    sentAt: began,
  });
  const found = (instant: number) => findOurs(row, [sentAt(instant)]);

  test.each([-2 * MINUTE_MS, 0, 45 * SECOND_MS, 5 * MINUTE_MS])('is one %i ms after it', (ms) => {
    expect(found(began + ms)?.id).toBe('p-1');
  });

  test.each([-2 * MINUTE_MS - 1, 13 * MINUTE_MS + 1, DAY_MS])(
    '[row 107] is not one %i ms after it: another desk sent that',
    (ms) => {
      expect(found(began + ms)).toBeUndefined();
    },
  );
});
