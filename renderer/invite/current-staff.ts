import type { CurrentStaff } from '../../shared/last-choices.ts';
import { HOUR_MS, type EpochMs } from '../../shared/time.ts';

/** Longer than a shift: the next one must choose its sender again. */
const SHIFT_MS = 10 * HOUR_MS;

/**
 * Returns the sender at `now`: the last chosen one, for one shift at most and while the staff list contains the name.
 */
export function currentStaff(
  onDuty: CurrentStaff | null,
  staff: readonly string[],
  now: EpochMs,
): string | null {
  if (onDuty === null || !staff.includes(onDuty.name)) return null;
  // A choice in the future comes from a clock that was wrong.
  return Math.abs(now - onDuty.since) < SHIFT_MS ? onDuty.name : null;
}

/** The keys for the first ten names of a staff list, in order. */
const DIGITS = '1234567890';

/** Returns the digit for a position in the list; undefined after the tenth. */
export function digitFor(at: number): string | undefined {
  return DIGITS[at];
}

/** Returns the name that a key chooses: the digit of a position, or a first letter that only one name has. */
export function staffFor(key: string, staff: readonly string[]): string | undefined {
  const at = DIGITS.indexOf(key);
  if (key.length !== 1 || key === ' ') return undefined;
  if (at >= 0) return staff[at];
  const begins = staff.filter((name) => plain(name).startsWith(plain(key)));
  return begins.length === 1 ? begins[0] : undefined;
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();
}
