import { expect, test } from 'vitest';
import { gapEndsAt, isGapOpen, joinGaps, type DataGap } from '../../shared/data-gap.ts';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import { WINDOW_MS } from '../../shared/resend-window.ts';

const TO = Date.UTC(2026, 10, 23, 9);
const GAP: DataGap = { why: 'restored', from: TO - DAY_MS, to: TO, dated: 'by-partoo' };

test('[row 103] a data gap is open for ten days after its end', () => {
  expect(gapEndsAt(GAP)).toBe(TO + WINDOW_MS);
  expect(isGapOpen(GAP, TO)).toBe(true);
  expect(isGapOpen(GAP, TO + WINDOW_MS - 1)).toBe(true);
  expect(isGapOpen(GAP, TO + WINDOW_MS)).toBe(false);
  // A clock that was set back.
  expect(isGapOpen(GAP, TO - 400 * DAY_MS)).toBe(true);
});

test('a gap that only the clock of this PC has dated stays open', () => {
  expect(isGapOpen({ ...GAP, dated: 'by-this-pc' }, TO + 400 * DAY_MS)).toBe(true);
});

test('a later gap includes an open earlier one', () => {
  const later: DataGap = { ...GAP, from: TO + DAY_MS, to: TO + 2 * DAY_MS };
  expect(joinGaps(null, later)).toEqual(later);
  expect(joinGaps(GAP, later)).toEqual({ ...later, from: GAP.from });
  expect(joinGaps({ ...GAP, from: null }, later).from).toBeNull();
  const muchLater = { ...later, from: TO + 20 * DAY_MS, to: TO + 21 * DAY_MS };
  expect(joinGaps(GAP, muchLater)).toEqual(muchLater);
});

test('[row 197] a restore keeps an earlier loss while it is open', () => {
  const lost: DataGap = { ...GAP, why: 'missing', from: null };
  const restored: DataGap = { ...GAP, from: TO - HOUR_MS, to: TO + DAY_MS };
  expect(joinGaps(lost, restored)).toEqual({ ...restored, why: 'missing', from: null });
  expect(joinGaps(GAP, { ...restored, why: 'damaged' }).why).toBe('damaged');
  const muchLater = { ...restored, to: TO + 20 * DAY_MS };
  expect(joinGaps(lost, muchLater)).toEqual(muchLater);
});
