import type { DeskStatus } from '../app/desk-snapshot.ts';
import { MINUTE_MS, type Clock } from '../../shared/time.ts';

/** The states that only a person can resolve. */
const CALLS = ['decision', 'no-key', 'no-keychain', 'key-refused'] as const;
export type NotificationKind = (typeof CALLS)[number];

export type NotifierParts = {
  readonly clock: Pick<Clock, 'elapsedMs' | 'after'>;
  /** Undefined while the status is unknown; the last one stays shown. */
  readonly deskStatus: () => DeskStatus | undefined;
  readonly showWaiting: (count: number) => void;
  /** Whether the user is looking at the window, and needs no notification. */
  readonly isWatched: () => boolean;
  readonly notifyPerson: (call: NotificationKind) => void;
};

export type Notifier = {
  /** Something may have changed. However often this is called, the database is read at most twice a second. */
  readonly changed: () => void;
  /** The user has come to the window, which shows every pending notification. */
  readonly seen: () => void;
  readonly stop: () => void;
};

/** Often enough for a number on a taskbar, however many rows change in a flush. */
const REFRESH_MS = 500;
/** One notification is noticed; the same one repeated is noise. */
const SAME_CALL_MS = 10 * MINUTE_MS;

/**
 * Shows the number of waiting invitations, and notifies when a person is needed who is not looking at the window.
 * Delays a notification that comes too soon after the last one of its kind, if it is still needed then.
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
    const now = parts.deskStatus();
    if (now === undefined) return;
    const before = latest;
    latest = now;
    if (now.waiting !== (before?.waiting ?? 0)) parts.showWaiting(now.waiting);
    // The window that has just opened already shows what is there at the start.
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
      parts.notifyPerson(call);
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

/** The states that need a person now and did not before. */
function arisen(before: DeskStatus, now: DeskStatus): readonly NotificationKind[] {
  return CALLS.filter((call) =>
    call === 'decision'
      ? now.decisions > before.decisions
      : isNeeded(call, now) && !isNeeded(call, before),
  );
}
