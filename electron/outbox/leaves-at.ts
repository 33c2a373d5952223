import type { Settings } from '../../shared/settings.ts';
import { nextOpening } from '../../shared/sending-hours.ts';
import { SECOND_MS, type EpochMs } from '../../shared/time.ts';

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
  const { undoSeconds } = hours.settings();
  const undone = undoSeconds === 0 ? now : now + undoSeconds * SECOND_MS + UNDO_GRACE_MS;
  const opening = openingAt(undone, hours);
  if (opening > undone) return { leavesAt: opening, why: 'hours' };
  return { leavesAt: undone, why: undone > now ? 'undo' : 'now' };
}

/** The first instant from `at` on that lies inside the sending hours. */
export function openingAt(at: EpochMs, { settings, isHoliday }: Hours): EpochMs {
  const opening = nextOpening({ at, hours: settings().sendingHours, isHoliday });
  if (opening === null) throw new Error('sending hours without any opening got past their schema');
  return opening;
}
