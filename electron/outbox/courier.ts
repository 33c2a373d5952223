import type { Connection, StorageTrouble } from '../../shared/connection.ts';
import type { Invitation } from '../../shared/invitation.ts';
import { MINUTE_MS, type EpochMs } from '../../shared/time.ts';
import { createCorrection } from './correction.ts';
import { createConsecutiveFailures } from './consecutive-failures.ts';
import { backoffMs, LONGEST_PROBE_MS } from './rules/backoff.ts';
import { promiseAfterPause } from './save-decision.ts';
import { endsSooner, type BusinessPause } from './rules/connection-state.ts';
import { flush, type ProbeWhen } from './flush.ts';
import { reportSharedWait, type FlushEnd, type FlushParts } from './flush-parts.ts';
import type { PartooPause } from './partoo-pause.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { createTurns } from './turns.ts';

export type CourierParts = Pick<
  FlushParts,
  | 'clock'
  | 'random'
  | 'store'
  | 'partoo'
  | 'site'
  | 'settings'
  | 'isHoliday'
  | 'belongsHere'
  | 'onInvitation'
  | 'onConnection'
> & {
  /** This desk's share of Partoo's rate; searches outside the courier use it too. */
  readonly rateLimiter: RateLimiter;
  /** The pause that Partoo asked for, possibly before this start. */
  readonly pause: PartooPause;
  /** Logs a bug and returns the short reference that staff can quote. */
  readonly reportBug: (error: unknown) => string;
  /** The kind of storage trouble behind an error; undefined for a bug. */
  readonly classifyStorageError: (error: unknown) => StorageTrouble | undefined;
};

/**
 * Why the courier wakes. `event`: something may have changed without a person (a new row, the network, the PC woke
 * up). `person`: a person pressed Try all now, or changed the key or a setting; this ends a halt, but never a pause
 * that Partoo asked for.
 */
export type WakeReason = 'event' | 'person';

export type Courier = {
  readonly wake: (reason: WakeReason) => void;
  readonly connection: () => Connection;
  /** Searches Partoo as soon as possible for the reason why it refused this row. */
  readonly askWhyRefused: (id: string) => void;
  /** Starts a pause that Partoo asked for outside the queue: its rate limit covers the whole organisation. */
  readonly pauseFor: (askedForMs: number) => void;
  /** Resets the backoff after a successful reply outside the queue. */
  readonly outsideAnswered: () => void;
  /** Holds back the invitation that the form corrects now; null: none. */
  readonly holdForCorrection: (id: string | null) => void;
  /** Stops all sending after a bug elsewhere and shows this reference. */
  readonly halt: (reference: string) => void;
  /** Resolves when no request is in flight any more; a request in flight is recorded, never cancelled. */
  readonly stop: () => Promise<void>;
};

const STORAGE_RETRY_MS = MINUTE_MS;
const BUSINESS_PAUSE_MS = 15 * MINUTE_MS;
/** Wakes the courier at least this often, so that a jump of the clock cannot starve a row. */
const LONGEST_SLEEP_MS = 5 * MINUTE_MS;

/**
 * Creates the one loop that sends invitations. It decides only WHEN to flush: `flush` does the work, `decideAfterAttempt`
 * and `decideUnconfirmed` interpret the answers. A bug stops it for good: continuing after one could send twice.
 */
export function createCourier(parts: CourierParts): Courier {
  const { clock } = parts;
  const startedMs = clock.elapsedMs();
  const endedMs = new Map<string, number>();
  const questions = new Set<string>();
  const correction = createCorrection(clock);
  const pauses = new Map<string, BusinessPause & { readonly untilMs: number }>();
  const keptMs = parts.pause.leftMs();
  let connection: Connection =
    keptMs > 0 ? { kind: 'busy', until: clock.now() + keptMs } : { kind: 'unknown' };
  let flushing: Promise<void> | undefined;
  let wakeAgain: WakeReason | 'poll' | undefined;
  let halted = false;
  let stopping = false;
  let cancelTimer = () => {};

  const report = (next: Connection): void => {
    // A request in flight when a bug stopped the courier may still succeed; nothing else is sent after it.
    if (connection.kind === 'stopped' || isSame(next, connection)) return;
    // A request in flight when a pause began does not end the pause or change its display.
    const leftMs = parts.pause.leftMs();
    if (leftMs > 0 && endsSooner(next, clock.now() + leftMs)) return;
    connection =
      next.kind === 'offline' && connection.kind === 'offline'
        ? { ...next, since: connection.since }
        : next;
    parts.onConnection(connection);
  };

  const pausedBusinesses = (): readonly BusinessPause[] =>
    [...pauses.values()].filter(({ untilMs }) => untilMs > clock.elapsedMs());

  const { endTurn, ...turns } = createTurns({
    ...parts,
    isStopping: () => stopping,
    onSharedWait: (waitMs) => reportSharedWait({ clock, onConnection: report }, waitMs),
  });

  const flushParts: FlushParts = {
    ...parts,
    ...createConsecutiveFailures(clock, parts.random),
    onConnection: report,
    correctedId: correction.id,
    ...turns,
    awakeMs: (id) => clock.elapsedMs() - (endedMs.get(id) ?? startedMs),
    attemptEnded: (id) => void endedMs.set(id, clock.elapsedMs()),
    questions: () => [...questions],
    answered: (id) => void questions.delete(id),
    pausedBusinesses,
    pauseBusiness: (pause) => {
      const untilMs = clock.elapsedMs() + BUSINESS_PAUSE_MS;
      pauses.set(pause.businessId, { ...pause, untilMs });
    },
  };

  const sleep = (delayMs: number, then: 'event' | 'poll' = 'event'): void => {
    cancelTimer();
    if (stopping) return;
    cancelTimer =
      delayMs < LONGEST_SLEEP_MS
        ? clock.after(delayMs, () => wake(then))
        : clock.after(LONGEST_SLEEP_MS, () => wake('event'));
  };

  const settle = (end: FlushEnd): void => {
    switch (end.kind) {
      case 'done': {
        const rowMs = untilNextRow();
        const pollMs = end.pollAfterMs ?? untilNextPoll();
        return rowMs <= pollMs ? sleep(rowMs) : sleep(pollMs, 'poll');
      }
      case 'retry':
        return sleep(end.afterMs);
      case 'pause':
        return sleep(beginPause(end.forMs));
      case 'halted':
        halted = true;
        return;
      default:
        return end satisfies never;
    }
  };

  /** Starts a pause and returns its length; a shorter pause does not shorten a running one. */
  const beginPause = (askedForMs: number): number => {
    const forMs = askedForMs + backoffMs(1, LONGEST_PROBE_MS, parts.random());
    const leftMs = parts.pause.leftMs();
    if (forMs <= leftMs) return leftMs;
    parts.pause.begin(forMs);
    parts.site?.pauseAll(forMs);
    promiseAgain();
    return forMs;
  };

  /** Keeps the send times that the person sees correct when a pause changes. */
  const promiseAgain = (): void => {
    try {
      promiseAfterPause(flushParts, clock.now() + parts.pause.leftMs());
    } catch (error) {
      fail(error);
    }
  };

  const untilNextRow = (): number => {
    const now = clock.now();
    const dueAt = parts.store.nextDueAt() ?? Number.POSITIVE_INFINITY;
    return Math.max(0, (dueAt > now ? dueAt : nextUnpaused()) - now);
  };

  const untilNextPoll = (): number =>
    Math.max(0, (parts.store.nextDeliveryAt() ?? Number.POSITIVE_INFINITY) - clock.now());

  /**
   * For an overdue row: it came due during the flush, or it hides later rows because its business is paused or a person
   * is correcting it.
   */
  const nextUnpaused = (): EpochMs => {
    const paused = pausedBusinesses().map(({ businessId }) => businessId);
    const open = parts.store.listOpen().filter(({ id }) => id !== correction.id());
    return Math.min(...open.map((invitation) => wantedAt(invitation, paused)));
  };

  const halt = (reference: string): void => {
    stopping = true;
    cancelTimer();
    endTurn();
    report({ kind: 'stopped', reference });
  };

  const fail = (error: unknown): void => {
    const why = parts.classifyStorageError(error);
    if (why === undefined) {
      halt(parts.reportBug(error));
    } else {
      report({ kind: 'storage', why });
      sleep(STORAGE_RETRY_MS);
    }
  };

  const probeWhen = (reason: WakeReason | 'poll'): ProbeWhen => {
    if (reason === 'poll') return 'deliveries';
    return reason === 'person' || connection.kind !== 'online' ? 'always' : 'when-due';
  };

  const wake = (reason: WakeReason | 'poll'): void => {
    if (stopping) return;
    if (flushing !== undefined) {
      wakeAgain = wakeAgain === 'person' ? wakeAgain : reason;
      return;
    }
    if (reason === 'person') {
      halted = false;
      pauses.clear();
    }
    if (halted) return;
    const pausedForMs = parts.pause.leftMs();
    if (pausedForMs > 0) {
      promiseAgain();
      return sleep(pausedForMs);
    }

    cancelTimer();
    flushing = flush(flushParts, probeWhen(reason))
      .then(settle)
      .catch(fail)
      .then(() => {
        flushing = undefined;
        const again = wakeAgain;
        wakeAgain = undefined;
        if (again !== undefined) wake(again);
      });
  };

  return {
    wake,
    connection: () => connection,
    askWhyRefused: (id) => {
      questions.add(id);
      wake('event');
    },
    pauseFor: (askedForMs) => {
      if (stopping) return;
      const forMs = Math.max(askedForMs, flushParts.failed('outside'));
      report({ kind: 'busy', until: clock.now() + forMs });
      sleep(beginPause(forMs));
      endTurn();
    },
    holdForCorrection: (id) => {
      if (correction.hold(id) === 'ended') wake('event');
    },
    outsideAnswered: () => flushParts.succeeded('outside'),
    halt,
    stop: async () => {
      stopping = true;
      cancelTimer();
      endTurn();
      await flushing;
    },
  };
}

/** When an invitation needs the courier: never while its business is paused or only a person can move it on. */
function wantedAt({ progress, businessId }: Invitation, paused: readonly string[]): EpochMs {
  if (progress.state === 'held') return progress.notBefore;
  if (progress.state === 'unconfirmed') return progress.dueAt;
  const isOnItsWay = progress.state === 'waiting' && !paused.includes(businessId);
  return isOnItsWay ? progress.dueAt : Number.POSITIVE_INFINITY;
}

function isSame(one: Connection, other: Connection): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
