import type { E164 } from '../../shared/phone/e164.ts';
import { isGapOpen } from '../../shared/data-gap.ts';
import { HOUR_MS, type EpochMs } from '../../shared/time.ts';
import { WINDOW_MS } from '../../shared/resend-window.ts';
import { leaveOut, NONE_LISTED, possibleProofs, type WindowEvidence } from './rules/evidence.ts';
import type { FlushParts } from './flush-parts.ts';
import type { PartooAnswer, KnownSend, Partoo, SendsAnswer, ApiError } from './partoo-port.ts';
import type { OutboxStore, Row } from './store-port.ts';

/** Searches cover the resend window plus a margin for differing clocks. */
const SEARCH_BACK_MS = WINDOW_MS + HOUR_MS;

/** One search sends a request for each of the two forms of the number. */
export const SEARCH_REQUESTS = 2;

/** The most businesses that one decision searches, the row's own included. */
const MOST_BUSINESSES = 5;

/** Searches Partoo for sends to this number and business in the resend window that ends at `now`. */
export async function searchWindow(
  partoo: Pick<Partoo, 'search'>,
  query: { readonly businessId: string; readonly phone: E164; readonly now: EpochMs },
): Promise<SendsAnswer> {
  const { businessId, phone, now } = query;
  return partoo.search({ businessId, phone, after: now - SEARCH_BACK_MS });
}

/** The evidence that a search for the row's own business gives about the row. */
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

/**
 * Leaves out the SMS of other desks, as far as the site database knows them: they prove nothing about this row. Call it only where
 * a proof decides, because the SMS that proves the row is reserved for it.
 */
export async function withoutSmsOfOthers(
  { site }: Pick<FlushParts, 'site'>,
  row: Row,
  evidence: WindowEvidence,
): Promise<WindowEvidence> {
  if (evidence.kind !== 'sends' && evidence.kind !== 'some-sends') return evidence;
  const ids = possibleProofs(row, evidence.unclaimed).map(({ id }) => id);
  if (site === undefined || ids.length === 0 || site.status() !== 'connected') return evidence;
  const others = await site.attributeSms(row.invitation.id, ids);
  return others === 'no-answer' ? evidence : leaveOut(evidence, others);
}

function sendsIn(found: SendsAnswer): readonly KnownSend[] {
  return found.ok ? found.value : (found.shown ?? []);
}

/** Excludes sends that another invitation of this desk claims: they prove nothing about this row. */
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

/** Milliseconds of the pause that Partoo asked for; undefined without one. */
export function askedToWaitMs(found: PartooAnswer<unknown>): number | undefined {
  return found.ok ? undefined : pauseIn(found.trouble);
}

function pauseIn(trouble: ApiError): number | undefined {
  return trouble.kind === 'busy' ? trouble.pauseMs : undefined;
}

/**
 * The businesses to search for a decision about a number: the row's own, then those that this desk has sent for, then
 * the configured ones if the database has a data gap. Partoo does not document whether its ten days count for each
 * business or the whole organisation; this desk's rule is about the number.
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
      /** The evidence from the lists that were received. */
      readonly evidence: WindowEvidence;
      readonly trouble: ApiError;
      /** Milliseconds of the pause that Partoo asked for. */
      readonly pauseMs: number | undefined;
    }
  /** Deskbell quits before all searches ran. */
  | { readonly kind: 'stopped'; readonly evidence: WindowEvidence };

/**
 * Searches Partoo's list for the row's number, one business after another, the row's own first, until `isEnough` or
 * all are done. Each search waits for the rate limiter. Skips another business that Partoo denies to this key; any
 * other failure ends the search, and the evidence is then only a part.
 */
export async function searchAround(
  parts: FlushParts,
  row: Row,
  isEnough: (evidence: WindowEvidence) => boolean,
  given: {
    /** End of the searched window; default: now. */
    readonly until?: EpochMs;
    /** Searches the row's own business even when Deskbell quits. */
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

/** Marks a list as incomplete: it does not prove that there was no other SMS. */
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

/** Partoo denies that business to the key or does not know it; a repeat would not change that. */
function isNotForThisKey({ kind }: ApiError): boolean {
  return kind === 'no-access' || kind === 'refused';
}

/** Adds another business's list to the evidence; a missing list makes the evidence incomplete. */
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
