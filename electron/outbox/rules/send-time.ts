import type { Settings } from '../../../shared/settings.ts';
import { nextOpening } from '../../../shared/sending-hours.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import type { ProgressOf } from './transitions.ts';

/** The hold outlasts the countdown on the screen, so that an Undo pressed at its very end still works. */
const UNDO_GRACE_MS = SECOND_MS;

/** A send takes a moment: what is saved in the last minute of the sending hours belongs to the next ones. */
const SENDING_TAKES_MS = MINUTE_MS;

export type SendTime = {
  /** Until when it is held; the moment itself when it is not. */
  readonly leavesAt: EpochMs;
  /** What it is held for. */
  readonly why: 'now' | 'undo' | 'hours';
  /** When it is sent, as the person is told: not before a pause that Partoo asked for is over. */
  readonly promisedAt: EpochMs;
  /** What the person has to wait for beyond the time to undo; null when nothing. */
  readonly waitsFor: 'hours' | 'pause' | null;
};

export type SchedulingRules = {
  readonly settings: () => Settings;
  /** Whether nothing may be sent on this local date (YYYY-MM-DD), by the settings and the country. */
  readonly isHoliday: (localDate: string) => boolean;
};

/** When an invitation made now is sent, and what it waits for. `pausedUntil`: Partoo takes nothing before. */
export function sendTime(
  now: EpochMs,
  hours: SchedulingRules,
  pausedUntil: EpochMs | null,
): SendTime {
  const undone = undoneAt(now, hours);
  const opening = openingWithRoom(undone, hours);
  const isPaused = pausedUntil !== null && pausedUntil > opening;
  const promisedAt = isPaused ? openingWithRoom(pausedUntil, hours) : opening;
  // A pause alone holds nothing: what is due waits in its turn, and can be sent by hand when the pause ends early.
  if (opening > undone || (isPaused && promisedAt > pausedUntil))
    return { leavesAt: promisedAt, why: 'hours', promisedAt, waitsFor: 'hours' };
  const why = undone > now ? 'undo' : 'now';
  return { leavesAt: undone, why, promisedAt, waitsFor: isPaused ? 'pause' : null };
}

type Held = { readonly progress: ProgressOf<'held'>; readonly promisedAt: EpochMs };

/**
 * What is held, as the hours of this moment have it: they, or the time, may have changed since it was made. Undefined
 * when nothing changes. What was promised moves with the end of the hold.
 */
export function reschedule(
  { progress, promisedAt }: Held,
  now: EpochMs,
  hours: SchedulingRules,
): { readonly progress: ProgressOf<'held' | 'waiting'>; readonly promisedAt: EpochMs } | undefined {
  if (progress.notBefore <= now) {
    // The hold is over: the sending hours are looked at right before it is sent.
    if (progress.why === 'hours') return undefined;
    return { progress: { state: 'waiting', at: now, dueAt: now }, promisedAt };
  }
  // Whoever was promised a time to undo has it, however the settings change meanwhile.
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
 * What is on its way, once Partoo wants to be left in peace until `endsAt`: it is promised for the end of the pause, and
 * held for the sending hours where they are over by then. Undefined when nothing changes.
 */
export function afterPause<P extends OnItsWay['progress']>(
  { progress, promisedAt }: { readonly progress: P; readonly promisedAt: EpochMs },
  endsAt: EpochMs,
  now: EpochMs,
  hours: SchedulingRules,
): { readonly progress: P | ProgressOf<'held'>; readonly promisedAt: EpochMs } | undefined {
  const sentAt = openingWithRoom(endsAt, hours);
  // The end of a pause is told to the millisecond, and not always to the same one.
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

/** The first instant from `at` on that lies inside the sending hours. */
export function openingAt(at: EpochMs, { settings, isHoliday }: SchedulingRules): EpochMs {
  const opening = nextOpening({ at, hours: settings().sendingHours, isHoliday });
  if (opening === null) throw new Error('sending hours without any opening got past their schema');
  return opening;
}

function openingWithRoom(at: EpochMs, hours: SchedulingRules): EpochMs {
  const opening = openingAt(at, hours);
  if (opening > at) return opening;
  const later = openingAt(at + SENDING_TAKES_MS, hours);
  return later > at + SENDING_TAKES_MS ? later : at;
}
