import type { DeskStatus } from '../app/desk-snapshot.ts';
import { MINUTE_MS, type Clock } from '../../shared/time.ts';

/** What only a person can end. */
const CALLS = ['decision', 'no-key', 'no-keychain', 'key-refused'] as const;
export type NotificationKind = (typeof CALLS)[number];

export type NotifierParts = {
  readonly clock: Pick<Clock, 'elapsedMs' | 'after'>;
  /** Undefined while nothing can be known; what was shown last stays. */
  readonly glance: () => DeskStatus | undefined;
  readonly showWaiting: (count: number) => void;
  /** Whether somebody looks at the window, and so needs no call. */
  readonly isWatched: () => boolean;
  readonly callPerson: (call: NotificationKind) => void;
};

export type Notifier = {
  /** Something may have changed. However often this is said, the log is looked at twice a second at most. */
  readonly changed: () => void;
  /** Somebody has come to the window, where everything stands that they were to be called for. */
  readonly seen: () => void;
  readonly stop: () => void;
};

/** However many rows change in a flush, this is often enough for a number on a taskbar. */
const REFRESH_MS = 500;
/** One call is heard; the same one again and again is noise. */
const SAME_CALL_MS = 10 * MINUTE_MS;

/**
 * Deskbell on the desktop while nobody looks at its window: how many wait, and a call when a person is needed. A call
 * that comes too soon after the last one of its kind is made later, if it is still needed then.
 */
export function createNotifier(parts: NotifierParts): Notifier {
  const { clock } = parts;
  const calledMs = new Map<NotificationKind, number>();
  let latest: DeskStatus | undefined;
  let owed: readonly NotificationKind[] = [];
  let isPlanned = false;
  let isStopped = false;
  let cancelRefresh = () => {};
  let cancelCalls = () => {};

  const refresh = (): void => {
    isPlanned = false;
    const now = parts.glance();
    if (now === undefined) return;
    const before = latest;
    latest = now;
    if (now.waiting !== (before?.waiting ?? 0)) parts.showWaiting(now.waiting);
    // What is there at the start is on the screen that has just opened.
    if (before !== undefined) owed = [...new Set([...owed, ...arisen(before, now)])];
    makeCalls();
  };

  const makeCalls = (): void => {
    cancelCalls();
    owed = parts.isWatched() ? [] : owed.filter((call) => isNeeded(call, latest));
    const due = owed.filter((call) => quietForMs(call) <= 0);
    owed = owed.filter((call) => !due.includes(call));
    for (const call of due) {
      calledMs.set(call, clock.elapsedMs());
      parts.callPerson(call);
    }
    if (owed.length > 0) cancelCalls = clock.after(Math.min(...owed.map(quietForMs)), makeCalls);
  };

  const quietForMs = (call: NotificationKind): number =>
    (calledMs.get(call) ?? Number.NEGATIVE_INFINITY) + SAME_CALL_MS - clock.elapsedMs();

  return {
    changed: () => {
      if (isPlanned || isStopped) return;
      isPlanned = true;
      cancelRefresh = clock.after(REFRESH_MS, refresh);
    },
    seen: () => {
      owed = [];
      cancelCalls();
    },
    stop: () => {
      isStopped = true;
      cancelRefresh();
      cancelCalls();
    },
  };
}

function isNeeded(call: NotificationKind, now: DeskStatus | undefined): boolean {
  if (now === undefined) return false;
  return call === 'decision' ? now.decisions > 0 : now.connection === call;
}

/** What needs a person now and did not before. */
function arisen(before: DeskStatus, now: DeskStatus): readonly NotificationKind[] {
  return CALLS.filter((call) =>
    call === 'decision'
      ? now.decisions > before.decisions
      : isNeeded(call, now) && !isNeeded(call, before),
  );
}
