import type { Settings } from '../../shared/settings.ts';
import { nextOpening } from '../../shared/sending-hours.ts';
import { SECOND_MS, type EpochMs } from '../../shared/time.ts';

/** The hold outlasts the countdown on the screen, so that an Undo pressed at its very end still works. */
const UNDO_GRACE_MS = SECOND_MS;

export type Departure = { readonly leavesAt: EpochMs; readonly why: 'now' | 'undo' | 'hours' };

/** When an invitation made now may leave, and what it waits for. */
export function departure(
  now: EpochMs,
  settings: Pick<Settings, 'undoSeconds' | 'sendingHours'>,
): Departure {
  const undone =
    settings.undoSeconds === 0 ? now : now + settings.undoSeconds * SECOND_MS + UNDO_GRACE_MS;
  const opening = openingAt(undone, settings);
  if (opening > undone) return { leavesAt: opening, why: 'hours' };
  return { leavesAt: undone, why: undone > now ? 'undo' : 'now' };
}

/** The first instant from `at` on that lies inside the sending hours. */
export function openingAt(at: EpochMs, settings: Pick<Settings, 'sendingHours'>): EpochMs {
  const opening = nextOpening({ at, hours: settings.sendingHours, isHoliday: () => false });
  if (opening === null) throw new Error('sending hours without any opening got past their schema');
  return opening;
}
