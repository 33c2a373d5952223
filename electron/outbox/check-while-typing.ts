import { MINUTE_MS, SECOND_MS, type Clock, type EpochMs } from '../../shared/time.ts';
import type { RemoteVerdict, Verdict } from '../../shared/verdict.ts';
import { withTimeout } from '../../shared/with-timeout.ts';
import { SEARCH_REQUESTS, searchWindow } from './search-partoo.ts';
import { countedFrom, findInWindow } from './rules/evidence.ts';
import type { VerdictQuestion } from './enqueue.ts';
import type { KnownSend, Partoo } from './partoo-port.ts';
import type { DeskLookup } from './site-port.ts';
import type { Turns } from './turns.ts';
import type { OutboxStore, PastSend } from './store-port.ts';

/** How long an answer of Partoo stays valid. */
const FRESH_MS = 5 * MINUTE_MS;
/** The longest time that a receptionist waits for an answer. */
const PATIENCE_MS = 2 * SECOND_MS;

export type RemoteCheckParts = {
  readonly clock: Clock;
  readonly tryTurn: Turns['tryTurn'];
  /** The other desks of the organisation; undefined at a desk that shares nothing. */
  readonly desks: DeskLookup | undefined;
  readonly store: Pick<OutboxStore, 'findByPartooId'>;
  readonly partoo: Pick<Partoo, 'search'>;
  readonly isWanted: () => boolean;
  /** Whether Partoo can be reached at the moment. */
  readonly isReachable: () => boolean;
};

type Who = Pick<VerdictQuestion, 'phone' | 'businessId'>;

export type RemoteChecks = {
  /** The newest send in recent answers of Partoo that this desk does not know. */
  readonly recall: (who: Who) => PastSend | undefined;
  /**
   * Looks the number up at the other desks, and searches Partoo unless they know everything or a recent answer exists.
   * `check` gives the verdict from everything known by then.
   */
  readonly ask: (question: VerdictQuestion, check: () => Verdict) => Promise<RemoteVerdict>;
};

/**
 * Creates the checks of a number against Partoo's own list: other desks and Partoo's own application send too. They
 * run while a receptionist types, so each takes at most two seconds, and none fails with an error.
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
    // A part of the list can close the resend window; only the whole list can leave it open.
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

  const inTime = <T>(work: Promise<T>): Promise<T | 'no-answer'> =>
    withTimeout(work, { clock, afterMs: PATIENCE_MS, late: 'no-answer' as const });

  return {
    recall: (who) => recallFresh(who)?.send,
    ask: async (question, check) => {
      const { desks } = parts;
      const looked =
        desks === undefined ? 'unavailable' : await inTime(desks.look([question.phone]));
      if (looked === 'known' && (!isSilent(check()) || desks?.isWhole() === true))
        return { kind: 'asked', by: 'desks', verdict: check() };
      if (!parts.isWanted() || !isSilent(check())) return { kind: 'not-asked' };
      if (recallFresh(question) !== undefined) return asked(check());
      if (!parts.isReachable()) return { kind: 'unavailable' };
      // The lowest priority: of all requests this one is the easiest to do without.
      const turn = await parts.tryTurn('poll', SEARCH_REQUESTS);
      if (turn !== 'go') return { kind: 'rate-limited', waitMs: turn.waitMs };
      const answered = await inTime(search(question));
      return answered === 'answered' ? asked(check()) : { kind: answered };
    },
  };
}

/** The verdict after Partoo has answered. */
function asked(verdict: Verdict): RemoteVerdict {
  return { kind: 'asked', by: 'partoo', verdict };
}

/** Whether this PC's database has no reason against an SMS. */
function isSilent({ ruling }: Verdict): boolean {
  return ruling.kind === 'never' || ruling.kind === 'past' || ruling.kind === 'house';
}

/** The newest send that belongs to no invitation of this desk: the database knows more about its own. */
function newestForeign(
  sends: readonly KnownSend[],
  store: RemoteCheckParts['store'],
): KnownSend | undefined {
  return sends.find(({ id }) => store.findByPartooId(id) === undefined);
}

/** Fixes the time of an undated send now: a person who sends again anyway confirms exactly the time that they saw. */
function toPastSend(send: KnownSend, businessId: string, now: EpochMs): PastSend {
  const staff = send.by === '' ? null : send.by;
  const proved = send.sentAt !== null;
  return {
    sentAt: countedFrom(send, now),
    businessId,
    name: '',
    staff,
    from: 'elsewhere',
    place: null,
    proved,
  };
}
