import type { Settings } from '../../shared/settings.ts';
import { nextOpening } from '../../shared/sending-hours.ts';
import { SECOND_MS, type EpochMs } from '../../shared/time.ts';
import type { ProgressOf } from './transitions.ts';

/** The hold outlasts the countdown on the screen, so that an Undo pressed at its very end still works. */
const UNDO_GRACE_MS = SECOND_MS;

export type Departure = { readonly leavesAt: EpochMs; readonly why: 'now' | 'undo' | 'hours' };

export type Hours = {
  readonly settings: () => Settings;
  /** Whether nothing may be sent on this local date (YYYY-MM-DD), by the settings and the country. */
  readonly isHoliday: (localDate: string) => boolean;
};

/** When an invitation made now may leave, and what it waits for. */
export function departure(now: EpochMs, hours: Hours): Departure {
  const undone = undoneAt(now, hours);
  const opening = openingAt(undone, hours);
  if (opening > undone) return { leavesAt: opening, why: 'hours' };
  return { leavesAt: undone, why: undone > now ? 'undo' : 'now' };
}

/** What is held, as the hours of this moment have it: they may have changed since it was made. */
export function holdAnew(held: ProgressOf<'held'>, now: EpochMs, hours: Hours): ProgressOf<'held'> {
  // Whoever was promised a time to undo has it, however the settings change meanwhile.
  const undone = held.why === 'undo' ? held.notBefore : undoneAt(held.at, hours);
  const notBefore = openingAt(Math.max(now, undone), hours);
  const why = notBefore > undone ? 'hours' : 'undo';
  if (notBefore === held.notBefore && why === held.why) return held;
  return { state: 'held', at: now, notBefore, why };
}

function undoneAt(madeAt: EpochMs, { settings }: Hours): EpochMs {
  const { undoSeconds } = settings();
  return undoSeconds === 0 ? madeAt : madeAt + undoSeconds * SECOND_MS + UNDO_GRACE_MS;
}

/** The first instant from `at` on that lies inside the sending hours. */
export function openingAt(at: EpochMs, { settings, isHoliday }: Hours): EpochMs {
  const opening = nextOpening({ at, hours: settings().sendingHours, isHoliday });
  if (opening === null) throw new Error('sending hours without any opening got past their schema');
  return opening;
}
