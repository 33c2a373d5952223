import {
  CALLS,
  EVENTS,
  recordOf,
  type Bridge,
  type CallName,
  type EventName,
} from '../../shared/ipc/bridge.ts';

/** A bridge without a main process behind it, derived from the contract's names. */
export type FakeBridge = {
  readonly bridge: Bridge;
  /** Every call that was made, with its input. */
  readonly asked: readonly (readonly [CallName, unknown])[];
  /** Sends an event as the main process would. */
  readonly emit: (event: EventName, detail: unknown) => void;
  /** How many listeners an event has. */
  readonly listening: (event: EventName) => number;
};

/** Calls without an entry in `answers` never answer. */
export function createFakeBridge(
  answers: Partial<Record<CallName, (input: unknown) => unknown>>,
): FakeBridge {
  const asked: (readonly [CallName, unknown])[] = [];
  const listeners = recordOf(EVENTS, () => new Set<(detail: unknown) => void>());
  return {
    bridge: {
      calls: recordOf(CALLS, (name) => async (input: unknown) => {
        asked.push([name, input]);
        const answer = answers[name];
        return answer === undefined ? new Promise(() => undefined) : answer(input);
      }),
      events: recordOf(EVENTS, (event) => (listener: (detail: unknown) => void) => {
        listeners[event].add(listener);
        return () => listeners[event].delete(listener);
      }),
    },
    asked,
    emit: (event, detail) => {
      for (const listener of listeners[event]) listener(detail);
    },
    listening: (event) => listeners[event].size,
  };
}
