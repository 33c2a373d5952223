import { MINUTE_MS, SECOND_MS, type Clock, type EpochMs } from '../../shared/time.ts';
import type { RemoteVerdict, Verdict } from '../../shared/verdict.ts';
import { SEARCH_REQUESTS, searchWindow } from './search-evidence.ts';
import { countedFrom, findInWindow } from './rules/decide.ts';
import type { VerdictQuestion } from './enqueue.ts';
import type { KnownSend, Partoo } from './partoo-port.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { OutboxStore, PastSend } from './store-port.ts';

/** What Partoo said stays good for so long. */
const FRESH_MS = 5 * MINUTE_MS;
/** Nobody at a desk waits longer for it. */
const PATIENCE_MS = 2 * SECOND_MS;

export type RemoteCheckParts = {
  readonly clock: Clock;
  readonly turns: RateLimiter;
  readonly store: Pick<OutboxStore, 'findByPartooId'>;
  readonly partoo: Pick<Partoo, 'search'>;
  readonly isWanted: () => boolean;
  /** Whether a question could be answered at all at the moment. */
  readonly isReachable: () => boolean;
};

type Who = Pick<VerdictQuestion, 'phone' | 'businessId'>;

export type RemoteChecks = {
  /** What Partoo has said lately of sends that this desk does not know: the newest one. */
  readonly recall: (who: Who) => PastSend | undefined;
  /** Asks Partoo, unless it was asked lately. `check` gives the verdict with what is known by then. */
  readonly ask: (question: VerdictQuestion, check: () => Verdict) => Promise<RemoteVerdict>;
};

/**
 * What Partoo knows of a number beyond the log of this PC: other desks send too, and so does Partoo's own application.
 * Asked while somebody types, so it costs at most two seconds and never an error.
 */
export function createRemoteChecks(parts: RemoteCheckParts): RemoteChecks {
  const { clock } = parts;
  const known = new Map<
    string,
    { readonly send: PastSend | undefined; readonly untilMs: number }
  >();
  const keyOf = ({ phone, businessId }: Who) => `${businessId} ${phone}`;

  const recallFresh = (who: Who) => {
    const found = known.get(keyOf(who));
    return found !== undefined && clock.elapsedMs() < found.untilMs ? found : undefined;
  };

  const search = async (who: Who): Promise<'answered' | 'unavailable'> => {
    const found = await searchWindow(parts.partoo, { ...who, now: clock.now() });
    const now = clock.now();
    // A part of the list can close the window; only the whole of it can leave it open.
    const sends = found.ok ? found.value : (found.shown ?? []);
    const newest = newestForeign(sends, parts.store);
    if (!found.ok && (newest === undefined || findInWindow([newest], now) === undefined))
      return 'unavailable';
    const elapsedMs = clock.elapsedMs();
    for (const [key, { untilMs }] of known) if (untilMs <= elapsedMs) known.delete(key);
    const send = newest === undefined ? undefined : toPastSend(newest, who.businessId, now);
    known.set(keyOf(who), { send, untilMs: elapsedMs + FRESH_MS });
    return 'answered';
  };

  return {
    recall: (who) => recallFresh(who)?.send,
    ask: async (question, check) => {
      if (!parts.isWanted() || !isSilent(check())) return { kind: 'not-asked' };
      if (recallFresh(question) !== undefined) return { kind: 'asked', verdict: check() };
      if (!parts.isReachable()) return { kind: 'unavailable' };
      // Of all that is asked this can be done without most easily.
      const turn = parts.turns.take('poll', SEARCH_REQUESTS);
      if (!turn.taken) return { kind: 'rate-limited', waitMs: turn.waitMs };
      const answered = await atMost(clock, PATIENCE_MS, search(question));
      return answered === 'answered' ? { kind: 'asked', verdict: check() } : { kind: answered };
    },
  };
}

/** Whether the log of this PC knows of nothing that stands against an SMS. */
function isSilent({ ruling }: Verdict): boolean {
  return ruling.kind === 'never' || ruling.kind === 'past' || ruling.kind === 'house';
}

/** The newest send that no invitation of this desk claims: the log knows more about those. */
function newestForeign(
  sends: readonly KnownSend[],
  store: RemoteCheckParts['store'],
): KnownSend | undefined {
  return sends.find(({ id }) => store.findByPartooId(id) === undefined);
}

/** The time of one without a time is fixed here: a person who sends again anyway is held to what they were shown. */
function toPastSend(send: KnownSend, businessId: string, now: EpochMs): PastSend {
  const staff = send.by === '' ? null : send.by;
  const proved = send.sentAt !== null;
  return { sentAt: countedFrom(send, now), businessId, name: '', staff, from: 'elsewhere', proved };
}

async function atMost<T>(
  clock: Clock,
  forMs: number,
  answer: Promise<T>,
): Promise<T | 'no-answer'> {
  let cancel = () => {};
  const timeout = new Promise<'no-answer'>((resolve) => {
    cancel = clock.after(forMs, () => resolve('no-answer'));
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    cancel();
  }
}
