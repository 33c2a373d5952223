import type { EventName } from '../shared/ipc/bridge.ts';
import type { EventDetail } from '../shared/ipc/contract.ts';
import { MINUTE_MS, type Clock } from '../shared/time.ts';

/** What only a person can end. */
export type Call = 'decision' | 'key';

export type PresenceParts = {
  readonly clock: Pick<Clock, 'elapsedMs' | 'after'>;
  /** How many invitations have not left. */
  readonly countWaiting: () => number;
  readonly showWaiting: (count: number) => void;
  readonly isWatched: () => boolean;
  readonly callPerson: (call: Call) => void;
};

export type Presence = {
  /** Whatever the page is told, this is told too. */
  readonly hear: <N extends EventName>(name: N, detail: EventDetail<N>) => void;
  readonly refresh: () => void;
};

/** However many rows change in a flush, this is often enough for a number on a taskbar. */
const REFRESH_MS = 500;
/** One call is heard; the same one again and again is noise. */
const SAME_CALL_MS = 10 * MINUTE_MS;

/**
 * Deskbell on the desktop while nobody looks at its window: how many wait, and a call when a person is needed. Nothing
 * personal leaves the window.
 */
export function createPresence(parts: PresenceParts): Presence {
  const { clock } = parts;
  const calledMs = new Map<Call, number>();
  let waiting = 0;
  let isPlanned = false;

  const refresh = (): void => {
    const count = parts.countWaiting();
    if (count === waiting) return;
    waiting = count;
    parts.showWaiting(count);
  };
  const plan = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    clock.after(REFRESH_MS, () => {
      isPlanned = false;
      refresh();
    });
  };
  const callPerson = (call: Call): void => {
    const now = clock.elapsedMs();
    const last = calledMs.get(call);
    if (parts.isWatched() || (last !== undefined && now - last < SAME_CALL_MS)) return;
    calledMs.set(call, now);
    parts.callPerson(call);
  };

  return {
    hear: (name, detail) => {
      plan();
      const call = callIn(name, detail);
      if (call !== undefined) callPerson(call);
    },
    refresh: plan,
  };
}

/** Whether an event asks for a person. */
function callIn(name: EventName, detail: EventDetail<EventName>): Call | undefined {
  if (name === 'invitation.changed' && 'progress' in detail) {
    return detail.progress.state === 'needs_decision' ? 'decision' : undefined;
  }
  if (name === 'connection.changed' && 'kind' in detail) {
    return detail.kind === 'key-refused' ? 'key' : undefined;
  }
  return undefined;
}
