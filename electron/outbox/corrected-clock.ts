import { DAY_MS, MINUTE_MS, type Clock, type EpochMs } from '../../shared/time.ts';

/** Differences below this are ignored: nothing depends on two minutes. */
const TOLERATED_MS = 2 * MINUTE_MS;
/** A jump of the wall clock by more than this is not a timer that fires late. */
const JUMP_MS = 5 * MINUTE_MS;

/** Rejects server times from before this code was written: no correct server sends them. */
const EARLIEST = 1_767_225_600_000; // 1 January 2026

/** What is known about the clock of this PC. `skewMs`: how far Partoo's time is ahead of this PC's. */
export type ClockJudgement =
  /** Partoo has not sent its time yet, or the wall clock jumped since. */
  | { readonly kind: 'unproved' }
  | { readonly kind: 'right'; readonly skewMs: number }
  /** Off by minutes or hours; Deskbell corrects it. */
  | { readonly kind: 'corrected'; readonly skewMs: number }
  /** Off by more than a day: a person must check the clock of this PC. */
  | { readonly kind: 'wrong'; readonly skewMs: number }
  /** Behind the latest time that this PC has seen, and Partoo has not sent its own time yet. */
  | { readonly kind: 'went-back' };

export type CorrectedClock = Clock & {
  readonly judge: () => ClockJudgement;
  /** Number of jumps of the wall clock since the start: a person set it, or the PC slept. */
  readonly jumps: () => number;
  /** Whole milliseconds to add to the wall clock to get this one; 0 without a correction. */
  readonly correctionMs: () => number;
  /**
   * Learns the time from Partoo's `Date` header; the request ran between two instants of `elapsedMs`. Returns by how
   * much the corrected time moved back: rows dated in between now lie in the future.
   */
  readonly learn: (
    serverTime: EpochMs,
    asked: { readonly startedMs: number; readonly endedMs: number },
  ) => { readonly movedBackMs: number };
};

type Parts = {
  readonly clock: Clock;
  /** The latest time that this PC has seen; undefined at the very first start. */
  readonly highestSeenAt: EpochMs | undefined;
  readonly keepHighest: (at: EpochMs) => void;
};

/** Whether the time learned by the probe still holds, that is, the clock has not jumped since. */
export function isTimeStillValid(
  { jumps }: Pick<CorrectedClock, 'jumps'>,
  jumpsAtProbe: number,
): boolean {
  return jumps() === jumpsAtProbe;
}

/** Whether the clock was set while Deskbell ran and no probe has checked it since: it may be days ahead. */
export function mayBeAhead({ judge, jumps }: Pick<CorrectedClock, 'judge' | 'jumps'>): boolean {
  return judge().kind === 'unproved' && jumps() > 0;
}

/** Whether invitations may be sent automatically: not while the time may be off by a day. */
export function isTrusted(
  judgement: ClockJudgement,
): judgement is Exclude<ClockJudgement, { readonly kind: 'wrong' | 'went-back' }> {
  return judgement.kind !== 'wrong' && judgement.kind !== 'went-back';
}

/**
 * Creates the clock that all invitations use: this PC's clock, corrected by Partoo's time where they differ. A jump
 * of the wall clock while Deskbell runs discards the correction. While the wall clock is behind the latest time that
 * this PC has seen, the time continues from that latest time, so that no row gets a past date that opens a resend
 * window or ends an invitation.
 */
export function createCorrectedClock({ clock, highestSeenAt, keepHighest }: Parts): CorrectedClock {
  let skewMs: number | undefined;
  let jumps = 0;
  let highest = highestSeenAt ?? 0;
  let kept = highest;
  let last = { wall: clock.now(), elapsedMs: clock.elapsedMs() };
  /** While the wall clock is behind: the instant that the time continues from, and the elapsed time at that moment. */
  let behind: { readonly from: EpochMs; readonly sinceMs: number } | undefined;

  const raise = (at: EpochMs): void => {
    highest = Math.max(highest, at);
    if (highest - kept < MINUTE_MS) return;
    kept = highest;
    keepHighest(highest);
  };

  /**
   * Detects jumps of the wall clock. Timers stop while a PC sleeps, so sleep only moves the wall clock ahead of them,
   * never back.
   */
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
      // Lower the highest time too: a clock that was ahead must not make the correct time look like the past.
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
