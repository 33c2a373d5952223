import type { Connection } from '../../shared/connection.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { Settings } from '../../shared/settings.ts';
import { SECOND_MS } from '../../shared/time.ts';
import type { BusinessPause } from './rules/connection-state.ts';
import type { CorrectedClock } from './corrected-clock.ts';
import type { Partoo } from './partoo-port.ts';
import type { Purpose } from './rate-limiter.ts';
import type { SitePort } from './site-port.ts';
import type { OutboxStore } from './store-port.ts';

export type FlushParts = {
  readonly clock: CorrectedClock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly store: OutboxStore;
  readonly partoo: Partoo;
  /** The site database; undefined at a desk that shares nothing. */
  readonly site?: SitePort;
  readonly settings: () => Settings;
  /** Whether the settings or the country's holidays forbid sending on this local date (YYYY-MM-DD). */
  readonly isHoliday: (localDate: string) => boolean;
  /** Whether the database belongs to this PC: the PC that it was copied from may send the same invitations. */
  readonly belongsHere: () => Promise<boolean>;
  /** The open invitation that a person is correcting in the form: it is not sent while they do. Null: none. */
  readonly correctedId: () => string | null;
  readonly onInvitation: (invitation: Invitation) => void;
  readonly onConnection: (connection: Connection) => void;
  /**
   * Waits for capacity in this desk's share of Partoo's rate, and in the organisation's; an SMS takes that with its claim. `stopped`: send no more requests, because Deskbell
   * quits, or because Partoo asked for a pause in a reply outside the flush.
   */
  readonly takeTurn: (purpose: Purpose, requests: number) => Promise<'go' | 'stopped'>;
  /** Whether no further request may be sent, for the same reasons. */
  readonly isStopped: () => boolean;
  /** Takes capacity if there is some; otherwise resolves to the milliseconds until there is. */
  readonly tryTurn: (
    purpose: Exclude<Purpose, 'send'>,
    requests: number,
  ) => Promise<'go' | { readonly waitMs: number }>;
  /** Whether Partoo answered a check while typing so recently that a flush with a due row needs no probe. */
  readonly hasRecentAnswer: () => boolean;
  /** Counts a failure and returns the milliseconds until the next try, growing with each consecutive failure. */
  readonly failed: (trial: Trial) => number;
  readonly succeeded: (trial: Trial) => void;
  readonly pausedBusinesses: () => readonly BusinessPause[];
  readonly pauseBusiness: (pause: BusinessPause) => void;
  /** Milliseconds that this process has run since the last attempt of a row ended. */
  readonly awakeMs: (id: string) => number;
  /** Records that an attempt of this row has just ended unclear. */
  readonly attemptEnded: (id: string) => void;
  /** The refused rows that a person wants explained. */
  readonly questions: () => readonly string[];
  readonly answered: (id: string) => void;
};

/**
 * The separate failure counters: Partoo may pass the probe and still fail every send, search or delivery poll.
 * `outside`: requests outside the queue.
 */
export type Trial = 'probe' | 'send' | 'search' | 'poll' | 'outside';

/**
 * Why a flush ended. `done`: polls may still wait for the rate limiter. `retry`: try again after a time. `pause`:
 * Partoo asked for a pause. `halted`: wait for a person.
 */
export type FlushEnd =
  | { readonly kind: 'done'; readonly pollAfterMs?: number }
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'pause'; readonly forMs: number }
  | { readonly kind: 'halted' };

/** A shorter wait needs no words. */
const SHOWN_MS = 10 * SECOND_MS;

/** Reports until when the organisation's rate is used up, or paused because Partoo asked another desk for a pause. */
export function reportSharedWait(
  { clock, onConnection }: Pick<FlushParts, 'clock' | 'onConnection'>,
  waitMs: number,
): void {
  if (waitMs >= SHOWN_MS) onConnection({ kind: 'busy', until: clock.now() + waitMs });
}

export const CONTINUE = { kind: 'go-on' } as const;
export type Step = FlushEnd | typeof CONTINUE;

/**
 * Starts the pause that Partoo asked for in reply to this trial; no event and no person ends it. The pause is never
 * shorter than the backoff (`Retry-After: 0`, a date in the past).
 */
export function pauseFor(parts: FlushParts, trial: Trial, askedForMs: number): FlushEnd {
  const forMs = Math.max(askedForMs, parts.failed(trial));
  parts.onConnection({ kind: 'busy', until: parts.clock.now() + forMs });
  return { kind: 'pause', forMs };
}
