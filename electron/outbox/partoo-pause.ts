import { DAY_MS, type EpochMs } from '../../shared/time.ts';
import type { CorrectedClock } from './corrected-clock.ts';

/** A pause as it is kept on disk: whom it is for, and its end by the clock of the PC. */
export type SavedPause = { readonly host: string; readonly until: EpochMs };

/** No pause is longer, whatever Partoo or a clock that was set back says. */
const LONGEST_PAUSE_MS = DAY_MS;

/** The pause that Partoo asked for. */
export type PartooPause = {
  /** For how many more milliseconds Partoo wants to be left in peace; 0: not any more. */
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
 * Keeps the pause that Partoo asked for over a restart, a restore and another key: the rate belongs to the organisation, not
 * to the key. Another host is another Partoo. It is over when the clock on the wall or the time that Deskbell ran says so,
 * whichever comes first: a PC that slept has waited too, and a question too early costs one more answer.
 */
export function createPartooPause({ clock, store, host }: PartooPauseParts): PartooPause {
  // As the PC has it: at the next start nobody knows yet by how much its clock is off.
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
