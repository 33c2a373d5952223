import type { ParsedPhone } from '../../../shared/phone/phone.ts';

/** Whether a number can probably not receive an SMS: then the form asks once before sending. */
export function phoneWarning(reading: ParsedPhone | null): 'landline' | 'special' | null {
  if (reading?.kind !== 'complete') return null;
  return reading.line === 'landline' || reading.line === 'special' ? reading.line : null;
}

/** Two Enters within this time count as one, not as an answer. */
const SLIP_MS = 600;

/** Whether an Enter at `now` answers the question about a doubtful number; both by the page's own clock. */
export function isConfirmed(askedAt: number | null, now: number): boolean {
  return askedAt !== null && now - askedAt >= SLIP_MS;
}
