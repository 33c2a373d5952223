import { MINUTE_MS, type Clock } from '../../shared/time.ts';

export type Turns = {
  /** Takes one request if there is one; else tells after how many milliseconds there will be. */
  readonly take: () =>
    { readonly taken: true } | { readonly taken: false; readonly waitMs: number };
};

/**
 * Partoo allows 300 requests a minute for the whole organisation; this desk takes no more than its share. No 60
 * seconds ever hold more than `perMinute` turns; a quiet minute can be used up at once.
 */
export function createTurns(clock: Clock, perMinute: () => number): Turns {
  /** When each turn of the last minute was taken, oldest first. */
  let taken: readonly number[] = [];
  return {
    take: () => {
      const now = clock.elapsedMs();
      taken = taken.filter((at) => now - at < MINUTE_MS);
      // Fewer are free than were taken when the setting was lowered meanwhile.
      const freedBy = taken.at(-perMinute());
      if (freedBy !== undefined) return { taken: false, waitMs: freedBy + MINUTE_MS - now };
      taken = [...taken, now];
      return { taken: true };
    },
  };
}
