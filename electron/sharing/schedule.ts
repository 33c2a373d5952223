import { MINUTE_MS, SECOND_MS, type Clock } from '../../shared/time.ts';
import { APART_AFTER_MS } from './site-calls.ts';

export type ScheduleParts = {
  readonly clock: Pick<Clock, 'after' | 'elapsedMs'>;
  /** Returns a number in [0, 1). */
  readonly random: () => number;
  /** Resolves to whether everything went well. */
  readonly hello: () => Promise<boolean>;
  readonly shareChanges: () => Promise<void>;
  /** How often the site database wants a hello. */
  readonly pollMs: () => number | undefined;
  readonly isSilent: () => boolean;
  /** The site database has been silent for so long that this desk counts as apart. */
  readonly onApart: () => void;
  readonly reportBug: (error: unknown) => unknown;
};

export type Schedule = {
  /** Says hello after this time at the latest. */
  readonly hello: (afterMs: number) => void;
  /** Shares changes after this time at the latest. */
  readonly changes: (afterMs: number) => void;
  readonly silenceChanged: () => void;
  /** Waits for the work that runs. */
  readonly stop: () => Promise<void>;
};

const POLL_MS = 30 * SECOND_MS;
/** More often is a load for the server; after ten minutes the others take this desk's invitations over. */
const SHORTEST_POLL_MS = 5 * SECOND_MS;
const LONGEST_POLL_MS = 5 * MINUTE_MS;
const FIRST_RETRY_MS = 5 * SECOND_MS;
const LONGEST_RETRY_MS = 60 * SECOND_MS;
/** Spreads the desks of an organisation. */
const SPREAD = 0.4;

/** Creates the one loop of sharing: a hello regularly and after each silence, and changes in between. One call at a time. */
export function createSchedule(parts: ScheduleParts): Schedule {
  const { clock } = parts;
  let running: Promise<void> | undefined;
  let isStopped = false;
  let failures = 0;
  let wasSilent = false;
  let cancelApart = () => {};
  const timers = { hello: idle(), changes: idle() };

  const plan = (what: keyof typeof timers, afterMs: number): void => {
    if (isStopped) return;
    const atMs = clock.elapsedMs() + afterMs;
    if (timers[what].atMs <= atMs) return;
    timers[what].cancel();
    timers[what] = { atMs, cancel: clock.after(afterMs, () => run(what)) };
  };

  const run = (what: keyof typeof timers): void => {
    timers[what].cancel();
    timers[what] = idle();
    if (isStopped) return;
    if (running !== undefined) {
      void running.then(() => plan(what, 0));
      return;
    }
    running = (what === 'hello' ? hello() : changes())
      .catch((error: unknown) => {
        parts.reportBug(error);
        plan('hello', LONGEST_RETRY_MS);
      })
      .then(() => {
        running = undefined;
      });
  };
  const hello = async (): Promise<void> => {
    const went = await parts.hello();
    failures = went ? 0 : failures + 1;
    const spread = 1 + (parts.random() - 0.5) * SPREAD;
    const wantedMs = parts.pollMs() ?? POLL_MS;
    const pollMs = Math.min(Math.max(wantedMs, SHORTEST_POLL_MS), LONGEST_POLL_MS);
    plan('hello', Math.round((went ? pollMs : retryMs(failures)) * spread));
  };
  const changes = async (): Promise<void> => {
    // A hello follows a silence, and shares changes too.
    if (!parts.isSilent()) await parts.shareChanges();
  };

  const apart = (): void => {
    try {
      parts.onApart();
    } catch (error) {
      // In a timer: it would count as an uncaught bug, which stops all sending.
      parts.reportBug(error);
    }
  };

  return {
    hello: (afterMs) => plan('hello', afterMs),
    changes: (afterMs) => plan('changes', afterMs),
    silenceChanged: () => {
      const isSilent = parts.isSilent();
      if (isSilent === wasSilent) return;
      wasSilent = isSilent;
      cancelApart();
      if (!isSilent || isStopped) return;
      cancelApart = clock.after(APART_AFTER_MS, apart);
      plan('hello', FIRST_RETRY_MS);
    },
    stop: async () => {
      isStopped = true;
      for (const timer of Object.values(timers)) timer.cancel();
      cancelApart();
      await running;
    },
  };
}

function idle() {
  return { atMs: Number.POSITIVE_INFINITY, cancel: () => {} };
}

function retryMs(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
}
