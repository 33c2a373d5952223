import type { E164 } from '../../shared/phone/e164.ts';
import { isGapOpen } from '../../shared/data-gap.ts';
import { HOUR_MS, type EpochMs } from '../../shared/time.ts';
import { WINDOW_MS } from '../../shared/resend-window.ts';
import { NONE_LISTED, type WindowEvidence } from './rules/decide.ts';
import type { FlushParts } from './flush-parts.ts';
import type { PartooAnswer, KnownSend, Partoo, SendsAnswer, ApiError } from './partoo-port.ts';
import type { OutboxStore, Row } from './store-port.ts';

/** Searches reach back over the window and a little further, for clocks that differ. */
const SEARCH_BACK_MS = WINDOW_MS + HOUR_MS;

/** A search asks in both forms of the number. */
export const SEARCH_REQUESTS = 2;

/** How many businesses one decision asks Partoo about, the row's own among them. */
const MOST_BUSINESSES = 5;

/** What Partoo lists for this number and business in the window that ends at `now`. */
export async function searchWindow(
  partoo: Pick<Partoo, 'search'>,
  query: { readonly businessId: string; readonly phone: E164; readonly now: EpochMs },
): Promise<SendsAnswer> {
  const { businessId, phone, now } = query;
  return partoo.search({ businessId, phone, after: now - SEARCH_BACK_MS });
}

/** What a search for the row's own business proves about it. */
export function evidenceIn(
  found: SendsAnswer,
  store: Pick<OutboxStore, 'findByPartooId'>,
  row: Row,
): WindowEvidence {
  const sends = sendsIn(found);
  if (!found.ok && sends.length === 0) return { kind: 'no-answer' };
  const kind = found.ok ? 'sends' : 'some-sends';
  return { kind, ...listedFor(row, sends, store), elsewhere: NONE_LISTED };
}

function sendsIn(found: SendsAnswer): readonly KnownSend[] {
  return found.ok ? found.value : (found.shown ?? []);
}

/** A send that another invitation of this desk already claims proves nothing about this one. */
function listedFor<S extends KnownSend>(
  row: Row,
  sends: readonly S[],
  store: Pick<OutboxStore, 'findByPartooId'>,
): { readonly sends: readonly S[]; readonly unclaimed: readonly S[] } {
  const unclaimed = sends.filter((send) => {
    const owner = store.findByPartooId(send.id);
    return owner === undefined || owner.invitation.id === row.invitation.id;
  });
  return { sends, unclaimed };
}

/** For how many milliseconds Partoo wants to be left in peace; undefined when it said nothing of the kind. */
export function askedToWaitMs(found: PartooAnswer<unknown>): number | undefined {
  return found.ok ? undefined : pauseIn(found.trouble);
}

function pauseIn(trouble: ApiError): number | undefined {
  return trouble.kind === 'busy' ? trouble.pauseMs : undefined;
}

/**
 * The businesses that a decision about a number asks Partoo about: the row's own, then those that this desk has sent
 * for, then the configured ones where the log may have missed something. Partoo does not document whether its ten days
 * count for each business or for the whole organisation, and the rule of this desk is about the number.
 */
export function businessesToSearch(known: {
  readonly own: string;
  /** Newest first. */
  readonly sentFor: readonly string[];
  readonly configured: readonly string[];
}): readonly string[] {
  const { own, sentFor, configured } = known;
  return [...new Set([own, ...sentFor, ...configured])].slice(0, MOST_BUSINESSES);
}

export type SearchedAround =
  | { readonly kind: 'answered'; readonly evidence: WindowEvidence }
  | {
      readonly kind: 'no-answer';
      /** What the lists that could be had show. */
      readonly evidence: WindowEvidence;
      readonly trouble: ApiError;
      /** For how many milliseconds Partoo wants to be left in peace. */
      readonly pauseMs: number | undefined;
    }
  /** Deskbell quits before everything was asked. */
  | { readonly kind: 'stopped'; readonly evidence: WindowEvidence };

/**
 * Asks Partoo which SMS it lists for the row's number, one business after the other, the row's own first, until
 * `isEnough` or all are asked. Each question waits for its turns. Another business that Partoo does not let this key ask
 * about is passed over; any other question without an answer ends the asking, and what is shown by then is only a part.
 */
export async function searchAround(
  parts: FlushParts,
  row: Row,
  isEnough: (evidence: WindowEvidence) => boolean,
  given: {
    /** The window that is looked at ends here; now when left out. */
    readonly until?: EpochMs;
    /** Asks about the row's own business even when Deskbell quits. */
    readonly isUrgent?: boolean;
  } = {},
): Promise<SearchedAround> {
  const { store, clock, partoo } = parts;
  const { businessId: own, phone } = row.invitation;
  let evidence: WindowEvidence = { kind: 'no-answer' };
  for (const businessId of businessesAround(parts, own)) {
    const turn = await parts.takeTurn('search', SEARCH_REQUESTS);
    if (turn === 'stopped' && !(given.isUrgent === true && businessId === own))
      return { kind: 'stopped', evidence: asPart(evidence) };
    const until = given.until ?? clock.now();
    const found = await searchWindow(partoo, { businessId, phone, now: until });
    if (!found.ok && businessId !== own && isNotForThisKey(found.trouble)) continue;
    evidence =
      businessId === own
        ? evidenceIn(found, store, row)
        : withElsewhere(evidence, found, store, row, businessId);
    if (!found.ok) {
      const { trouble } = found;
      return { kind: 'no-answer', evidence, trouble, pauseMs: pauseIn(trouble) };
    }
    if (isEnough(evidence)) break;
  }
  return { kind: 'answered', evidence };
}

/** A list of which a part is missing does not show that there was no other SMS. */
function asPart(evidence: WindowEvidence): WindowEvidence {
  return evidence.kind === 'sends' ? { ...evidence, kind: 'some-sends' } : evidence;
}

function businessesAround({ store, clock, settings }: FlushParts, own: string): readonly string[] {
  const now = clock.now();
  const gap = store.readGap();
  const mayHaveMissed = gap !== undefined && isGapOpen(gap, now);
  return businessesToSearch({
    own,
    sentFor: store.listBusinessesSentFor({ after: now - WINDOW_MS, limit: MOST_BUSINESSES + 1 }),
    configured: mayHaveMissed ? settings().businesses.map(({ id }) => id) : [],
  });
}

/** The key may no longer use that business, or Partoo does not know it: asking again would change nothing. */
function isNotForThisKey({ kind }: ApiError): boolean {
  return kind === 'no-access' || kind === 'refused';
}

/** The evidence together with what Partoo lists for another business; a list that could not be had makes it a part. */
export function withElsewhere(
  evidence: WindowEvidence,
  found: SendsAnswer,
  store: Pick<OutboxStore, 'findByPartooId'>,
  row: Row,
  businessId: string,
): WindowEvidence {
  if (evidence.kind !== 'sends' && evidence.kind !== 'some-sends') return evidence;
  const more = listedFor(
    row,
    sendsIn(found).map(({ id, sentAt, by }) => ({ id, sentAt, by, businessId })),
    store,
  );
  const { sends, unclaimed } = evidence.elsewhere;
  const elsewhere = {
    sends: [...sends, ...more.sends],
    unclaimed: [...unclaimed, ...more.unclaimed],
  };
  return found.ok ? { ...evidence, elsewhere } : asPart({ ...evidence, elsewhere });
}
