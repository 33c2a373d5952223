import type { Connection, StorageTrouble } from '../../shared/connection.ts';
import type { Invitation } from '../../shared/invitation.ts';
import { MINUTE_MS, type EpochMs } from '../../shared/time.ts';
import { backoffMs, LONGEST_PROBE_MS, LONGEST_RETRY_MS } from './rules/backoff.ts';
import { promiseAfterPause } from './apply-decision.ts';
import { endsSooner, type BusinessPause } from './rules/connection-state.ts';
import { flush, type Look } from './flush.ts';
import type { FlushEnd, FlushParts, Trial } from './flush-parts.ts';
import type { PartooPause } from './partoo-pause.ts';
import type { Purpose, RateLimiter } from './rate-limiter.ts';

export type CourierParts = Pick<
  FlushParts,
  | 'clock'
  | 'random'
  | 'store'
  | 'partoo'
  | 'settings'
  | 'isHoliday'
  | 'belongsHere'
  | 'onInvitation'
  | 'onConnection'
> & {
  /** This desk's share of Partoo's rate, also spent by others than the courier. */
  readonly turns: RateLimiter;
  /** The pause that Partoo asked for, perhaps before this start. */
  readonly pause: PartooPause;
  /** Writes a bug down and returns the short reference that staff can quote. */
  readonly reportBug: (error: unknown) => string;
  /** What kind of storage trouble an error is; undefined when it is a bug. */
  readonly whyStorageFailed: (error: unknown) => StorageTrouble | undefined;
};

/**
 * Why the courier is woken. `hint`: something may have changed by itself (a new row, the network, the PC woke up).
 * `person`: somebody pressed Try all now, or changed the key or a setting; it ends a halt, never a pause that Partoo
 * asked for.
 */
export type WakeReason = 'hint' | 'person';

export type Courier = {
  readonly wake: (reason: WakeReason) => void;
  readonly connection: () => Connection;
  /** Has Partoo asked why it refused this row, as soon as it can be. */
  readonly askWhyRefused: (id: string) => void;
  /** Partoo asked for a pause in answer to a question outside of the queue. The rate is the organisation's, so all is paused. */
  readonly pauseFor: (askedForMs: number) => void;
  /** Such a question was answered. */
  readonly outsideAnswered: () => void;
  /** After a bug elsewhere: lets nothing leave any more and says so under this reference. */
  readonly halt: (reference: string) => void;
  /** Resolves when nothing is in flight any more; what was in flight is recorded, never cancelled. */
  readonly stop: () => Promise<void>;
};

const STORAGE_RETRY_MS = MINUTE_MS;
const BUSINESS_PAUSE_MS = 15 * MINUTE_MS;
/** A timer is set anew at least this often, so that a jump of the clock cannot starve a row. */
const LONGEST_SLEEP_MS = 5 * MINUTE_MS;

/**
 * The one loop that lets invitations leave. It decides only WHEN to flush: what a flush does is in `flush`, what
 * an answer means in `decide` and `reconcile`. A bug stops it for good; sending on after one could send twice.
 */
export function createCourier(parts: CourierParts): Courier {
  const { clock } = parts;
  const startedMs = clock.elapsedMs();
  const endedMs = new Map<string, number>();
  const questions = new Set<string>();
  const pauses = new Map<string, BusinessPause & { readonly untilMs: number }>();
  const keptMs = parts.pause.leftMs();
  let connection: Connection =
    keptMs > 0 ? { kind: 'busy', until: clock.now() + keptMs } : { kind: 'unknown' };
  let flushing: Promise<void> | undefined;
  let wakeAgain: WakeReason | 'poll' | undefined;
  let failures: Readonly<Record<Trial, number>> = {
    gate: 0,
    send: 0,
    look: 0,
    poll: 0,
    outside: 0,
  };
  let halted = false;
  let stopping = false;
  let cancelTimer = () => {};
  let endTurn = () => {};

  const report = (next: Connection): void => {
    // What was in flight when a bug stopped everything may still end well; nothing else leaves all the same.
    if (connection.kind === 'stopped' || isSame(next, connection)) return;
    // What was in flight when a pause began ends neither the pause nor what is said about it.
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

  const takeTurn = async (purpose: Purpose, requests: number): Promise<'go' | 'stopped'> => {
    for (;;) {
      if (stopping || parts.pause.leftMs() > 0) return 'stopped';
      const turn = parts.turns.take(purpose, requests);
      if (turn.taken) return 'go';
      await new Promise<void>((resolve) => {
        const cancel = clock.after(turn.waitMs, resolve);
        endTurn = () => {
          cancel();
          resolve();
        };
      });
    }
  };

  const flushParts: FlushParts = {
    ...parts,
    onConnection: report,
    takeTurn,
    tryTurn: (purpose, requests) => {
      const pausedForMs = parts.pause.leftMs();
      if (pausedForMs > 0) return { waitMs: pausedForMs };
      const turn = parts.turns.take(purpose, requests);
      return turn.taken ? 'go' : turn;
    },
    awakeMs: (id) => clock.elapsedMs() - (endedMs.get(id) ?? startedMs),
    attemptEnded: (id) => void endedMs.set(id, clock.elapsedMs()),
    questions: () => [...questions],
    answered: (id) => void questions.delete(id),
    failed: (trial) => {
      failures = { ...failures, [trial]: failures[trial] + 1 };
      const isProbe = trial === 'gate' || trial === 'outside';
      const longestMs = isProbe ? LONGEST_PROBE_MS : LONGEST_RETRY_MS;
      return backoffMs(failures[trial], longestMs, parts.random());
    },
    succeeded: (trial) => {
      failures = { ...failures, [trial]: 0 };
    },
    pausedBusinesses,
    pauseBusiness: (pause) => {
      const untilMs = clock.elapsedMs() + BUSINESS_PAUSE_MS;
      pauses.set(pause.businessId, { ...pause, untilMs });
    },
  };

  const sleep = (delayMs: number, then: 'hint' | 'poll' = 'hint'): void => {
    cancelTimer();
    if (stopping) return;
    cancelTimer =
      delayMs < LONGEST_SLEEP_MS
        ? clock.after(delayMs, () => wake(then))
        : clock.after(LONGEST_SLEEP_MS, () => wake('hint'));
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

  /** Returns for how long everything is paused; a shorter pause does not end a longer one. */
  const beginPause = (askedForMs: number): number => {
    const forMs = askedForMs + backoffMs(1, LONGEST_PROBE_MS, parts.random());
    const leftMs = parts.pause.leftMs();
    if (forMs <= leftMs) return leftMs;
    parts.pause.begin(forMs);
    promiseAnew();
    return forMs;
  };

  /** Whatever changes in a pause, the person is told a time that holds. */
  const promiseAnew = (): void => {
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

  /** What is overdue came due while the flush ran; or its business is paused, and it hides what comes after it. */
  const nextUnpaused = (): EpochMs => {
    const paused = pausedBusinesses().map(({ businessId }) => businessId);
    return Math.min(...parts.store.listOpen().map((invitation) => wantedAt(invitation, paused)));
  };

  const halt = (reference: string): void => {
    stopping = true;
    cancelTimer();
    endTurn();
    report({ kind: 'stopped', reference });
  };

  const fail = (error: unknown): void => {
    const why = parts.whyStorageFailed(error);
    if (why === undefined) {
      halt(parts.reportBug(error));
    } else {
      report({ kind: 'storage', why });
      sleep(STORAGE_RETRY_MS);
    }
  };

  const lookFor = (reason: WakeReason | 'poll'): Look => {
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
      promiseAnew();
      return sleep(pausedForMs);
    }

    cancelTimer();
    flushing = flush(flushParts, lookFor(reason))
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
      wake('hint');
    },
    pauseFor: (askedForMs) => {
      if (stopping) return;
      const forMs = Math.max(askedForMs, flushParts.failed('outside'));
      report({ kind: 'busy', until: clock.now() + forMs });
      sleep(beginPause(forMs));
      endTurn();
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

/** When an invitation wants to be looked at: never, while its business is paused or only a person can move it. */
function wantedAt({ progress, businessId }: Invitation, paused: readonly string[]): EpochMs {
  if (progress.state === 'held') return progress.notBefore;
  if (progress.state === 'unconfirmed') return progress.dueAt;
  const isOnItsWay = progress.state === 'waiting' && !paused.includes(businessId);
  return isOnItsWay ? progress.dueAt : Number.POSITIVE_INFINITY;
}

function isSame(one: Connection, other: Connection): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
