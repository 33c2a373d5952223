import { isGapOpen, type DataGap } from '../../shared/data-gap.ts';
import type { MachineId } from '../../shared/machine-id.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Store } from '../store/store.ts';

/** What a copied database held when this run opened it. */
export type CopyFacts = {
  /** The ids of the open invitations. */
  readonly open: readonly string[];
  /** The latest time recorded in it. */
  readonly seenUntil: EpochMs | null;
};

/** Reads the data gap while an SMS from it can still close the resend window; null otherwise. */
export function readOpenGap(live: Pick<Store, 'readGap'>, now: EpochMs): DataGap | null {
  const gap = live.readGap();
  return gap !== undefined && isGapOpen(gap, now) ? gap : null;
}

/**
 * Records the data gap at the first start of a copy: only now is it known since when the other PC may have continued.
 */
export function openCopyGap(
  live: Pick<Store, 'readNoticedOn' | 'keepNoticedOn' | 'doubt'>,
  machine: MachineId,
  { open, seenUntil: from }: CopyFacts,
  now: EpochMs,
): void {
  if (live.readNoticedOn() === machine.id) return;
  live.doubt({ why: 'other-pc', from, to: Math.max(now, from ?? 0) }, { only: open });
  live.keepNoticedOn(machine.id);
}

/** Extends the data gap of a copy until now, for the copied invitations: the other PC may have continued until now. */
export function extendCopyGap(
  live: Pick<Store, 'readGap' | 'doubt'>,
  copied: readonly string[],
  now: EpochMs,
): void {
  const gap = live.readGap();
  if (gap === undefined) throw new Error('A copied database has no data gap');
  live.doubt({ why: 'other-pc', from: gap.from, to: Math.max(now, gap.to) }, { only: copied });
}
