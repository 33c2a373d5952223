import { describe, expect, test } from 'vitest';
import {
  isFinal,
  nextDeliveryCheckAt,
} from '../../../../electron/outbox/rules/delivery-schedule.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts';
import { NINE } from '../../../support/builders/row.ts';

describe('delivery polls run', () => {
  test('six times at growing intervals, then stop', () => {
    const asked: number[] = [];
    let now = NINE;
    for (let checksDone = 0; ; checksDone += 1) {
      const at = nextDeliveryCheckAt({ acceptedAt: NINE, checksDone, now });
      if (at === null) break;
      asked.push(at - NINE);
      now = at;
    }
    expect(asked).toEqual([
      30 * SECOND_MS,
      2 * MINUTE_MS,
      10 * MINUTE_MS,
      HOUR_MS,
      6 * HOUR_MS,
      DAY_MS,
    ]);
  });

  test('once for all the times that the PC slept through', () => {
    const now = NINE + 3 * HOUR_MS;
    expect(nextDeliveryCheckAt({ acceptedAt: NINE, checksDone: 1, now })).toBe(NINE + 6 * HOUR_MS);
    expect(nextDeliveryCheckAt({ acceptedAt: NINE, checksDone: 1, now: NINE + 9 * DAY_MS })).toBe(
      null,
    );
  });
});

test('never again after delivery or failure', () => {
  const final = [
    'created',
    'sent',
    'delivered',
    'failed_send',
    'failed_delivery',
    'unknown',
  ] as const;
  expect(final.filter(isFinal)).toEqual(['delivered', 'failed_send', 'failed_delivery']);
});
