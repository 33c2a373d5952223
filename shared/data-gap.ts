import * as z from 'zod/mini';
import { instantSchema } from './invitation.ts';
import { WINDOW_MS } from './resend-window.ts';
import type { EpochMs } from './time.ts';

/**
 * A time of which the log does not know what was sent. `restored`: a person chose a backup, and what was entered since it
 * was made was kept; `damaged` and `missing`: the log could not be used and a backup, if there was one, took its place;
 * `older`: the file is not the one that Deskbell left behind; `other-pc`: it was copied from another PC, which may have
 * gone on sending.
 */
export const dataGapSchema = z.strictObject({
  why: z.enum(['restored', 'damaged', 'missing', 'older', 'other-pc']),
  /** Everything up to here is known; null: nothing is. */
  from: z.nullable(instantSchema),
  /** From here on everything is known again. */
  to: instantSchema,
  /** Whether Partoo has told the time since: the clock of this PC alone may have been wrong. */
  dated: z.enum(['by-this-pc', 'by-partoo']),
});
export type DataGap = z.infer<typeof dataGapSchema>;

/** Whether an SMS of that time can still close the window: then Partoo is asked before anything is sent. */
export function isGapOpen(gap: DataGap, now: EpochMs): boolean {
  return gap.dated === 'by-this-pc' || now < gapEndsAt(gap);
}

/** When the last SMS that the log may not know of is ten days old. */
export function gapEndsAt({ to }: DataGap): EpochMs {
  return to + WINDOW_MS;
}

/** One gap for both: while the earlier one is open, what it hides stays hidden, and a later restore hides no more of it. */
export function joinGaps(earlier: DataGap | null, later: DataGap): DataGap {
  if (earlier === null || !isGapOpen(earlier, later.to)) return later;
  const from =
    earlier.from === null || later.from === null ? null : Math.min(earlier.from, later.from);
  return { ...later, from, why: later.why === 'restored' ? earlier.why : later.why };
}
