import type { CurrentStaff } from '../../shared/last-choices.ts';
import { HOUR_MS, type EpochMs } from '../../shared/time.ts';

/** A shift is over by then, whoever forgot to say so; the next one says anew who sends. */
const SHIFT_MS = 10 * HOUR_MS;

/** Who sends at `now`: whoever was chosen last, for a shift at most and as long as the staff list has them. */
export function currentStaff(
  onDuty: CurrentStaff | null,
  staff: readonly string[],
  now: EpochMs,
): string | null {
  if (onDuty === null || !staff.includes(onDuty.name)) return null;
  // A choice from the future comes from a clock that was wrong.
  return Math.abs(now - onDuty.since) < SHIFT_MS ? onDuty.name : null;
}

/** The keys for the first ten of a staff list, in its order. */
const DIGITS = '1234567890';

/** The digit that chooses the person at this place of the list; undefined after the tenth. */
export function digitFor(at: number): string | undefined {
  return DIGITS[at];
}

/** Whom one key chooses: the digit of a place, or a letter with which one name alone begins. */
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
