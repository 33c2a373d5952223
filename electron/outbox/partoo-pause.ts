import { DAY_MS, type EpochMs } from '../../shared/time.ts';
import type { CorrectedClock } from './corrected-clock.ts';

/** A saved pause: Partoo's host, and its end by this PC's clock. */
export type SavedPause = { readonly host: string; readonly until: EpochMs };

/** Limits every pause, whatever Partoo or a clock that was set back says. */
const LONGEST_PAUSE_MS = DAY_MS;

/** The pause that Partoo asked for. */
export type PartooPause = {
  /** Milliseconds until the pause ends; 0 without a pause. */
  readonly leftMs: () => number;
  readonly begin: (forMs: number) => void;
};

export type PartooPauseParts = {
  readonly clock: Pick<CorrectedClock, 'now' | 'elapsedMs' | 'correctionMs'>;
  readonly store: {
    readonly readPause: () => SavedPause | undefined;
    readonly keepPause: (pause: SavedPause) => void;
  };
  /** Host and port of Partoo. */
  readonly host: string;
};

/**
 * Preserves the pause that Partoo asked for across restarts, restores and key changes: the rate limit belongs to the
 * organisation, not to the key. Another host is another Partoo. The pause ends by the wall clock or by Deskbell's
 * running time, whichever comes first: sleep counts as waiting, and a request that is too early costs only one more
 * reply.
 */
export function createPartooPause({ clock, store, host }: PartooPauseParts): PartooPause {
  // The uncorrected clock: at the next start the correction is not known yet.
  const wall = (): EpochMs => clock.now() - clock.correctionMs();
  const kept = store.readPause();
  const openedMs = clock.elapsedMs();
  let end =
    kept?.host === host
      ? { atWall: kept.until, atMs: openedMs + LONGEST_PAUSE_MS }
      : { atWall: 0, atMs: openedMs };

  return {
    leftMs: () => Math.max(0, Math.min(end.atWall - wall(), end.atMs - clock.elapsedMs())),
    begin: (forMs) => {
      end = { atWall: wall() + forMs, atMs: clock.elapsedMs() + forMs };
      store.keepPause({ host, until: end.atWall });
    },
  };
}
