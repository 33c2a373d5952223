import { DAY_MS, MINUTE_MS, type Clock, type EpochMs } from '../../shared/time.ts';

/** Clocks that differ by less are taken as they are: nothing depends on two minutes. */
const TOLERATED_MS = 2 * MINUTE_MS;
/** A jump of the clock on the wall that no running late of a timer explains. */
const JUMP_MS = 5 * MINUTE_MS;

/** No server tells the truth that dates its answer before this code was written. */
const EARLIEST = 1_767_225_600_000; // 1 January 2026

/** What is known about the clock of this PC. `skewMs` is what Partoo's time is ahead of it. */
export type ClockJudgement =
  /** Partoo has not told its time yet, or the clock was set since. */
  | { readonly kind: 'unproved' }
  | { readonly kind: 'right'; readonly skewMs: number }
  /** Off by minutes or hours, and made good. */
  | { readonly kind: 'corrected'; readonly skewMs: number }
  /** Off by more than a day: a person must look at this PC. */
  | { readonly kind: 'wrong'; readonly skewMs: number }
  /** It shows a time that has long passed, and Partoo has not told its own yet. */
  | { readonly kind: 'went-back' };

export type CorrectedClock = Clock & {
  readonly judge: () => ClockJudgement;
  /** How often the clock on the wall was seen to jump since the start: somebody has set it, or the PC has slept. */
  readonly jumps: () => number;
  /** What makes the clock on the wall this one: in whole milliseconds, 0 while it is taken as it is. */
  readonly correctionMs: () => number;
  /**
   * Takes Partoo's `Date`, asked for between two instants of `elapsedMs`. Tells by how much the time went back by it:
   * what was dated in between lies in the future now.
   */
  readonly learn: (
    serverTime: EpochMs,
    asked: { readonly startedMs: number; readonly endedMs: number },
  ) => { readonly movedBackMs: number };
};

type Parts = {
  readonly clock: Clock;
  /** The highest instant that this PC has ever seen; undefined at the very first start. */
  readonly highestSeenAt: EpochMs | undefined;
  readonly keepHighest: (at: EpochMs) => void;
};

/** Whether what the gate has told of the time still holds: not once the clock has jumped since. */
export function isStillTold(
  { jumps }: Pick<CorrectedClock, 'jumps'>,
  jumpsAtGate: number,
): boolean {
  return jumps() === jumpsAtGate;
}

/** Whether the clock was set while Deskbell ran and nobody has told the time since: it may be ahead by days. */
export function mayBeAhead({ judge, jumps }: Pick<CorrectedClock, 'judge' | 'jumps'>): boolean {
  return judge().kind === 'unproved' && jumps() > 0;
}

/** Whether invitations may leave by themselves: not while the time may be a day off. */
export function isTrusted(
  judgement: ClockJudgement,
): judgement is Exclude<ClockJudgement, { readonly kind: 'wrong' | 'went-back' }> {
  return judgement.kind !== 'wrong' && judgement.kind !== 'went-back';
}

/**
 * The time by which invitations live: that of this PC, made good by Partoo's where they differ. When the clock on the
 * wall is set while Deskbell runs, what was learned is forgotten; when it shows a time that has long passed, time goes
 * on from the highest instant that was ever seen, so that nothing is dated in a past that opens a window or ends an
 * invitation.
 */
export function createCorrectedClock({ clock, highestSeenAt, keepHighest }: Parts): CorrectedClock {
  let skewMs: number | undefined;
  let jumps = 0;
  let highest = highestSeenAt ?? 0;
  let kept = highest;
  let last = { wall: clock.now(), elapsedMs: clock.elapsedMs() };
  /** While the clock is behind: the instant from which time goes on by itself, and when that was. */
  let behind: { readonly from: EpochMs; readonly sinceMs: number } | undefined;

  const raise = (at: EpochMs): void => {
    highest = Math.max(highest, at);
    if (highest - kept < MINUTE_MS) return;
    kept = highest;
    keepHighest(highest);
  };

  /** Timers stand still while a PC sleeps, so only the wall can have been ahead of them; back it never goes by itself. */
  const noticeJump = (): void => {
    const wall = clock.now();
    const elapsedMs = clock.elapsedMs();
    const jumpMs = wall - last.wall - (elapsedMs - last.elapsedMs);
    last = { wall, elapsedMs };
    if (Math.abs(jumpMs) > JUMP_MS) {
      skewMs = undefined;
      jumps += 1;
    }
    const isBehind = skewMs === undefined && wall < highest - JUMP_MS;
    if (!isBehind) behind = undefined;
    else behind ??= { from: highest, sinceMs: elapsedMs };
  };

  const correctionMs = (): number => {
    noticeJump();
    if (behind === undefined) return madeGoodMs(skewMs);
    return Math.round(behind.from + clock.elapsedMs() - behind.sinceMs - clock.now());
  };

  const now = (): EpochMs => {
    const at = correctionMs() + clock.now();
    raise(at);
    return at;
  };

  return {
    now,
    elapsedMs: clock.elapsedMs,
    after: clock.after,
    judge: () => {
      noticeJump();
      if (behind !== undefined) return { kind: 'went-back' };
      return judgeSkew(skewMs);
    },
    jumps: () => {
      noticeJump();
      return jumps;
    },
    correctionMs,
    learn: (serverTime, asked) => {
      if (serverTime < EARLIEST) return { movedBackMs: 0 };
      const before = now();
      const elapsedMs = clock.elapsedMs();
      const midpoint = clock.now() - (elapsedMs - (asked.startedMs + asked.endedMs) / 2);
      skewMs = Math.round(serverTime - midpoint);
      behind = undefined;
      const after = clock.now() + madeGoodMs(skewMs);
      // A clock that was ahead must not make the right time look like the past.
      highest = after;
      kept = after;
      keepHighest(after);
      return { movedBackMs: before - after > TOLERATED_MS ? before - after : 0 };
    },
  };
}

function madeGoodMs(skewMs: number | undefined): number {
  return skewMs === undefined || Math.abs(skewMs) <= TOLERATED_MS ? 0 : skewMs;
}

function judgeSkew(skewMs: number | undefined): ClockJudgement {
  if (skewMs === undefined) return { kind: 'unproved' };
  if (Math.abs(skewMs) <= TOLERATED_MS) return { kind: 'right', skewMs };
  return Math.abs(skewMs) <= DAY_MS ? { kind: 'corrected', skewMs } : { kind: 'wrong', skewMs };
}
