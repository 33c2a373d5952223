import type { Settings } from '../../../shared/settings.ts';
import { nextOpening } from '../../../shared/sending-hours.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import type { ProgressOf } from './transitions.ts';

/** Extends the hold past the countdown on the screen, so that Undo still works at its very end. */
const UNDO_GRACE_MS = SECOND_MS;

/** Sending takes a moment: an invitation saved in the last minute of the sending hours belongs to the next ones. */
const SENDING_TAKES_MS = MINUTE_MS;

export type SendTime = {
  /** End of the hold; the current time without one. */
  readonly leavesAt: EpochMs;
  /** The reason of the hold. */
  readonly why: 'now' | 'undo' | 'hours';
  /** The send time that the person sees: not before the end of a pause that Partoo asked for. */
  readonly promisedAt: EpochMs;
  /** The reason for a wait beyond the undo time; null without one. */
  readonly waitsFor: 'hours' | 'pause' | null;
};

export type SchedulingRules = {
  readonly settings: () => Settings;
  /** Whether the settings or the country's holidays forbid sending on this local date (YYYY-MM-DD). */
  readonly isHoliday: (localDate: string) => boolean;
};

/**
 * Calculates the send time of an invitation made now, and the reason for its wait. `pausedUntil`: end of Partoo's
 * pause.
 */
export function sendTime(
  now: EpochMs,
  hours: SchedulingRules,
  pausedUntil: EpochMs | null,
): SendTime {
  const undone = undoneAt(now, hours);
  const opening = openingWithRoom(undone, hours);
  const isPaused = pausedUntil !== null && pausedUntil > opening;
  const promisedAt = isPaused ? openingWithRoom(pausedUntil, hours) : opening;
  // A pause alone holds no row: due rows wait in the queue, so a manual action can send them when the pause ends
  // early.
  if (opening > undone || (isPaused && promisedAt > pausedUntil))
    return { leavesAt: promisedAt, why: 'hours', promisedAt, waitsFor: 'hours' };
  const why = undone > now ? 'undo' : 'now';
  return { leavesAt: undone, why, promisedAt, waitsFor: isPaused ? 'pause' : null };
}

type Held = { readonly progress: ProgressOf<'held'>; readonly promisedAt: EpochMs };

/**
 * Recalculates the hold of an invitation from the current time and sending hours. Undefined when nothing changes. The
 * promised time moves with the end of the hold.
 */
export function reschedule(
  { progress, promisedAt }: Held,
  now: EpochMs,
  hours: SchedulingRules,
): { readonly progress: ProgressOf<'held' | 'waiting'>; readonly promisedAt: EpochMs } | undefined {
  if (progress.notBefore <= now) {
    // The hold is over: the sending hours are checked right before sending.
    if (progress.why === 'hours') return undefined;
    return { progress: { state: 'waiting', at: now, dueAt: now }, promisedAt };
  }
  // A promised undo time stays, however the settings change.
  const undone = progress.why === 'undo' ? progress.notBefore : undoneAt(progress.at, hours);
  const notBefore = openingAt(Math.max(now, undone), hours);
  const why = notBefore > undone ? 'hours' : 'undo';
  if (notBefore === progress.notBefore && why === progress.why) return undefined;
  return {
    progress: { state: 'held', at: now, notBefore, why },
    promisedAt: promisedAt + notBefore - progress.notBefore,
  };
}

type OnItsWay = {
  readonly progress: ProgressOf<'held' | 'waiting' | 'unconfirmed'>;
  readonly promisedAt: EpochMs;
};

/**
 * Moves an open invitation to the end of a pause, or holds it for the next sending hours when they are over by then.
 * Undefined when nothing changes. `endsAt`: end of the pause.
 */
export function afterPause<P extends OnItsWay['progress']>(
  { progress, promisedAt }: { readonly progress: P; readonly promisedAt: EpochMs },
  endsAt: EpochMs,
  now: EpochMs,
  hours: SchedulingRules,
): { readonly progress: P | ProgressOf<'held'>; readonly promisedAt: EpochMs } | undefined {
  const sentAt = openingWithRoom(endsAt, hours);
  // The calculated end of a pause varies by milliseconds between calls.
  if (sentAt - promisedAt < SECOND_MS) return undefined;
  if (sentAt === endsAt || progress.state === 'unconfirmed')
    return { progress, promisedAt: sentAt };
  return {
    progress: { state: 'held', at: now, notBefore: sentAt, why: 'hours' },
    promisedAt: sentAt,
  };
}

function undoneAt(madeAt: EpochMs, { settings }: SchedulingRules): EpochMs {
  const { undoSeconds } = settings();
  return undoSeconds === 0 ? madeAt : madeAt + undoSeconds * SECOND_MS + UNDO_GRACE_MS;
}

/** The first instant from `at` on inside the sending hours. */
export function openingAt(at: EpochMs, { settings, isHoliday }: SchedulingRules): EpochMs {
  const opening = nextOpening({ at, hours: settings().sendingHours, isHoliday });
  if (opening === null) throw new Error('sending hours without an opening');
  return opening;
}

function openingWithRoom(at: EpochMs, hours: SchedulingRules): EpochMs {
  const opening = openingAt(at, hours);
  if (opening > at) return opening;
  const later = openingAt(at + SENDING_TAKES_MS, hours);
  return later > at + SENDING_TAKES_MS ? later : at;
}
