import type { Connection } from '../../shared/connection.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { Settings } from '../../shared/settings.ts';
import type { BusinessPause } from './rules/connection-state.ts';
import type { CorrectedClock } from './corrected-clock.ts';
import type { Partoo } from './partoo-port.ts';
import type { Purpose } from './rate-limiter.ts';
import type { OutboxStore } from './store-port.ts';

export type FlushParts = {
  readonly clock: CorrectedClock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly store: OutboxStore;
  readonly partoo: Partoo;
  readonly settings: () => Settings;
  /** Whether nothing may be sent on this local date (YYYY-MM-DD), by the settings and the country. */
  readonly isHoliday: (localDate: string) => boolean;
  /** Whether the log belongs to this PC: the one that it was copied from may send the same invitations. */
  readonly belongsHere: () => Promise<boolean>;
  readonly onInvitation: (invitation: Invitation) => void;
  readonly onConnection: (connection: Connection) => void;
  /**
   * Waits for this desk's share of Partoo's rate. `stopped`: nothing more may be asked, because Deskbell quits, or because
   * Partoo has asked for a pause in answer to a question outside of the flush.
   */
  readonly takeTurn: (purpose: Purpose, requests: number) => Promise<'go' | 'stopped'>;
  /** Takes a turn only if there is one; else tells in how many milliseconds there will be. */
  readonly tryTurn: (purpose: Purpose, requests: number) => 'go' | { readonly waitMs: number };
  /** Counts a failure and tells how many milliseconds to wait before the next look: longer with each one in a row. */
  readonly failed: (trial: Trial) => number;
  readonly succeeded: (trial: Trial) => void;
  readonly pausedBusinesses: () => readonly BusinessPause[];
  readonly pauseBusiness: (pause: BusinessPause) => void;
  /** For how many milliseconds this process has run since the last attempt of a row ended. */
  readonly awakeMs: (id: string) => number;
  /** An attempt of this row has just ended unclear. */
  readonly attemptEnded: (id: string) => void;
  /** The refused rows that a person wants to be looked at once more. */
  readonly questions: () => readonly string[];
  readonly answered: (id: string) => void;
};

/**
 * Failures are counted for each of these alone: Partoo may let the gate pass and still fail every send, look or delivery
 * question. `outside`: what is asked outside of the queue.
 */
export type Trial = 'gate' | 'send' | 'look' | 'poll' | 'outside';

/**
 * Why a flush ended. `done` may have left polls that must wait for their turn, `retry` looks again by itself, `pause`
 * keeps the silence that Partoo asked for, `halted` waits for a person.
 */
export type FlushEnd =
  | { readonly kind: 'done'; readonly pollAfterMs?: number }
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'pause'; readonly forMs: number }
  | { readonly kind: 'halted' };

export const CONTINUE = { kind: 'go-on' } as const;
export type Step = FlushEnd | typeof CONTINUE;

/**
 * Partoo asked for a pause in answer to this trial; no hint ends it, and no person. One that is shorter than the backoff
 * (`Retry-After: 0`, a date that is over) does not shorten it.
 */
export function pauseFor(parts: FlushParts, trial: Trial, askedForMs: number): FlushEnd {
  const forMs = Math.max(askedForMs, parts.failed(trial));
  parts.onConnection({ kind: 'busy', until: parts.clock.now() + forMs });
  return { kind: 'pause', forMs };
}
