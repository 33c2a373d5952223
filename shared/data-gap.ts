import * as z from 'zod/mini';
import { instantSchema } from './invitation.ts';
import { WINDOW_MS } from './resend-window.ts';
import type { EpochMs } from './time.ts';

/**
 * A time for which the database does not know what was sent. `restored`: a person chose a backup, and later entries
 * were kept; `damaged` and `missing`: the database could not be used and was replaced by a backup, if there was one;
 * `older`: the file is older than the one that Deskbell last wrote; `other-pc`: it was copied from another PC, which
 * may have gone on sending.
 */
export const dataGapSchema = z.strictObject({
  why: z.enum(['restored', 'damaged', 'missing', 'older', 'other-pc']),
  /** Everything before this instant is known; null: nothing is. */
  from: z.nullable(instantSchema),
  /** Everything from this instant on is known. */
  to: instantSchema,
  /** Whether Partoo has told the time since: the PC's clock alone may have been wrong. */
  dated: z.enum(['by-this-pc', 'by-partoo']),
});
export type DataGap = z.infer<typeof dataGapSchema>;

/** Whether an SMS from the gap can still close the resend window: then Partoo is asked before each send. */
export function isGapOpen(gap: DataGap, now: EpochMs): boolean {
  return gap.dated === 'by-this-pc' || now < gapEndsAt(gap);
}

/** When the last SMS that the database may not know is ten days old. */
export function gapEndsAt({ to }: DataGap): EpochMs {
  return to + WINDOW_MS;
}

/** Joins two gaps: an earlier gap that is still open stays unknown, and a later restore does not extend it back. */
export function joinGaps(earlier: DataGap | null, later: DataGap): DataGap {
  if (earlier === null || !isGapOpen(earlier, later.to)) return later;
  const from =
    earlier.from === null || later.from === null ? null : Math.min(earlier.from, later.from);
  return { ...later, from, why: later.why === 'restored' ? earlier.why : later.why };
}
