import { BRIDGE, type Bridge, type CallName, type EventName } from '../../shared/ipc/bridge.ts';
import type { DeskSnapshot } from '../../shared/desk-snapshot.ts';
import type { EventDetail, Failure, Input, Output, Reply } from '../../shared/ipc/contract.ts';

declare global {
  interface Window {
    readonly [BRIDGE]: Bridge;
  }
}

/** A bug in the page, or a reply that breaks the contract. */
type Bug = {
  readonly ok: false;
  readonly failure: { readonly kind: 'bug'; readonly reference: string };
};

export type IpcAnswer<N extends CallName> = Reply<N> | Bug;

/** The settings that the page needs before it can send. */
export type DeskSettings = Extract<DeskSnapshot, { readonly kind: 'open' }>['settings'];

/** All failures of all calls. */
export type AnyFailure = Failure<CallName>;

/** Everything that the page can call in the main process, typed and parsed. */
export type IpcClient = {
  /** Never rejects: an error in between is a `bug` failure, whose reference names the call. */
  readonly call: <N extends CallName>(name: N, input: Input<N>) => Promise<IpcAnswer<N>>;
  /** Calls `listener` with each parsed detail, in order, until the returned function is called. */
  readonly on: <N extends EventName>(
    event: N,
    listener: (detail: EventDetail<N>) => void,
  ) => () => void;
};

type Parsed<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: unknown };
type Parser<T> = { readonly safeParse: (raw: unknown) => Parsed<T> };

/** The contract as a map from names to parsers, so that a generic name keeps its types. */
type CallParsers = {
  readonly [N in CallName]: {
    readonly input: Parser<Input<N>>;
    readonly output: Parser<Output<N>>;
    readonly failure: Parser<Failure<N>>;
  };
};
type EventParsers = { readonly [N in EventName]: Parser<EventDetail<N>> };
type Parsers = { readonly contract: CallParsers; readonly events: EventParsers };

/** Returns the bridge that the preload script added to this window. */
export function bridgeOf(window: Window): Bridge {
  return window[BRIDGE];
}

let loaded: Parsers | undefined;

/**
 * Loads the schemas with the first call, after the first paint: they are larger than the form. After that, no call
 * waits for an import, which takes some milliseconds even when cached.
 */
async function loadParsers(): Promise<Parsers> {
  const { contract, events } = await import('../../shared/ipc/contract.ts');
  loaded = { contract, events };
  return loaded;
}

/**
 * Creates the typed client of the bridge, which parses input and output by the contract. `reportBug` gets each
 * violation, without personal data.
 */
export function createIpcClient(
  bridge: Bridge,
  reportBug: (reference: string, error: unknown) => void,
): IpcClient {
  const bug = (reference: string, error: unknown): Bug => {
    reportBug(reference, error);
    return { ok: false, failure: { kind: 'bug', reference } };
  };
  return {
    call: async (name, input) => {
      try {
        const { contract } = loaded ?? (await loadParsers());
        const asked = contract[name].input.safeParse(input);
        if (!asked.success) return bug(`page/${name}/input`, asked.error);
        const raw = await bridge.calls[name](asked.data);
        return parseReply(contract[name], raw) ?? bug(`page/${name}/reply`, shapeOf(raw));
      } catch (error) {
        return bug(`page/${name}`, error);
      }
    },
    on: (event, listener) => {
      let isStopped = false;
      const deliver = async (raw: unknown): Promise<void> => {
        const detail = (await loadParsers()).events[event].safeParse(raw);
        if (isStopped) return;
        if (detail.success) listener(detail.data);
        else reportBug(`page/${event}`, detail.error);
      };
      const stop = bridge.events[event]((raw) => {
        deliver(raw).catch((error: unknown) => reportBug(`page/${event}`, error));
      });
      return () => {
        isStopped = true;
        stop();
      };
    },
  };
}

/** Undefined when the reply breaks the contract. */
function parseReply<N extends CallName>(
  parsers: CallParsers[N],
  raw: unknown,
): Reply<N> | undefined {
  if (typeof raw !== 'object' || raw === null || !('ok' in raw)) return undefined;
  if (raw.ok === true && 'value' in raw) {
    const value = parsers.output.safeParse(raw.value);
    return value.success ? { ok: true, value: value.data } : undefined;
  }
  if (raw.ok === false && 'failure' in raw) {
    const failure = parsers.failure.safeParse(raw.failure);
    return failure.success ? { ok: false, failure: failure.data } : undefined;
  }
  return undefined;
}

/** Returns the part of a reply that may be logged: its structure, none of its values. */
function shapeOf(raw: unknown): string {
  return typeof raw === 'object' && raw !== null ? Object.keys(raw).join(',') : typeof raw;
}
