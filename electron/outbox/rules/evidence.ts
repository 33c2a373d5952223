import { QUARANTINE_MS, WINDOW_MS } from '../../../shared/resend-window.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import type { DatedSend, KnownSend } from '../partoo-port.ts';
import type { Row } from '../store-port.ts';

/** The SMS that Partoo lists for a number. */
export type Listed = {
  readonly sends: readonly KnownSend[];
  /** The sends that do not already prove another invitation of this desk. */
  readonly unclaimed: readonly UnclaimedSend[];
};
/** `isOfAnother`: it belongs to an invitation of another desk, or may do so, and proves none of this desk. */
export type UnclaimedSend = KnownSend & { readonly isOfAnother?: boolean };
export const NONE_LISTED = { sends: [], unclaimed: [] } as const;

/** An SMS for another business than the row's own. */
export type SendElsewhere = KnownSend & { readonly businessId: string };
export type ListedElsewhere = {
  readonly sends: readonly SendElsewhere[];
  readonly unclaimed: readonly SendElsewhere[];
};

/** What Partoo's search says about the sends to this number in the last 10 days. */
export type WindowEvidence =
  | { readonly kind: 'not-asked' }
  /** The sends for the row's own business; one of them can be this row's. */
  | (Listed & {
      /** `some-sends`: a part of the list is missing, so it does not prove that there was no other send. */
      readonly kind: 'sends' | 'some-sends';
      /** The sends for the other searched businesses; none of them is this row's. */
      readonly elsewhere: ListedElsewhere;
    })
  | { readonly kind: 'no-answer' };

/** Partoo may count the ten days a little longer than its own list and this PC's clock suggest. */
const REFUSED_SLACK_MS = HOUR_MS;
/**
 * The listed send that explains a refusal at `refusedAt`: the newest for the row's own business, or else for another
 * one.
 */
export function explains(evidence: WindowEvidence, refusedAt: EpochMs): KnownSend | undefined {
  if (evidence.kind !== 'sends' && evidence.kind !== 'some-sends') return undefined;
  return findListed(evidence, refusedAt - REFUSED_SLACK_MS);
}

/** A listed send younger than ten days, for the row's own business or another searched one. */
export function findListed(
  { sends, elsewhere }: Listed & { readonly elsewhere: Listed },
  now: EpochMs,
): KnownSend | undefined {
  return findInWindow(sends, now) ?? findInWindow(elsewhere.sends, now);
}

/** The newest listed send younger than ten days. */
export function findInWindow(sends: readonly KnownSend[], now: EpochMs): KnownSend | undefined {
  return sends.find((send) => now - countedFrom(send, now) < WINDOW_MS);
}

/** The start of the resend window for a listed send: `now` without a time, because it may be sent any moment. */
export function countedFrom(send: KnownSend, now: EpochMs): EpochMs {
  return send.sentAt ?? now;
}

/**
 * Whether one of these sends can be this row's and proves nothing: it has no time, and may not be sent yet; or it may be
 * another desk's.
 */
export function hasDoubtful(sends: readonly UnclaimedSend[]): boolean {
  return sends.some(({ sentAt, isOfAnother }) => sentAt === null || isOfAnother === true);
}

/** How far Partoo's and this PC's clocks may differ before a send counts as an older one. */
export const SKEW_MS = 120 * SECOND_MS;

/** How long after its start an attempt can still become an SMS: the longest request plus the quarantine. */
const LATEST_MS = MINUTE_MS + QUARANTINE_MS;

/**
 * Finds the send of one of this row's unclear attempts: not older than the first attempt, not much younger than the
 * last (give or take the skew), and newer than the send that the person saw before forcing. All desks of an
 * organisation share one key, so the sender's name proves nothing; time and id do. Another desk's send within these
 * minutes is left out if the site database has it for another invitation; otherwise it cannot be distinguished: its SMS
 * is then recorded here, and never sent twice.
 */
export function findOurs(row: Row, sends: readonly UnclaimedSend[]): DatedSend | undefined {
  return possibleProofs(row, sends)[0];
}

/** The sends that `findOurs` may take, the first choice first. */
export function possibleProofs(row: Row, sends: readonly UnclaimedSend[]): readonly DatedSend[] {
  const { unclearSince, lastAttemptAt, seenSentAt } = row;
  if (unclearSince === null) return [];
  const latest = (lastAttemptAt ?? unclearSince) + LATEST_MS + SKEW_MS;
  return sends.filter(
    (send): send is DatedSend =>
      send.isOfAnother !== true &&
      send.sentAt !== null &&
      send.sentAt >= unclearSince - SKEW_MS &&
      send.sentAt <= latest &&
      (seenSentAt === null || send.sentAt > seenSentAt),
  );
}

/** Marks these of Partoo's ids: their SMS prove nothing about the row. They still close the resend window. */
export function leaveOut(evidence: WindowEvidence, ids: readonly string[]): WindowEvidence {
  if (evidence.kind !== 'sends' && evidence.kind !== 'some-sends') return evidence;
  const unclaimed = evidence.unclaimed.map((send) =>
    ids.includes(send.id) ? { ...send, isOfAnother: true } : send,
  );
  return { ...evidence, unclaimed };
}

/** How long an undated send that the person saw does not count as new. */
const UNDATED_SEEN_MS = HOUR_MS;

/**
 * Finds a send that the person did not know when they forced a row: newer than the one that they saw, not that one,
 * and from no invitation of this desk. Clocks may differ, so the listed send nearest to the seen time, within the
 * skew and for its business, counts as the seen one. An undated send counts as seen when the person saw one within
 * this hour; otherwise one stuck SMS would block every forced SMS to the number.
 */
export function findUnseen(
  row: Row,
  listed: Listed & { readonly elsewhere: ListedElsewhere },
  now: EpochMs,
): KnownSend | undefined {
  const { seenSentAt, seenBusinessId } = row;
  if (seenSentAt === null) return undefined;
  const mayBeSeen = (businessId: string) =>
    seenBusinessId === null || seenBusinessId === businessId;
  const isOwn = mayBeSeen(row.invitation.businessId);
  const { elsewhere } = listed;
  const ofBusiness = elsewhere.sends.filter(({ businessId }) => mayBeSeen(businessId));
  const seen = nearest([...(isOwn ? listed.sends : []), ...ofBusiness], seenSentAt);
  const isNews = ({ id, sentAt }: KnownSend, isOfBusiness: boolean): boolean => {
    if (sentAt !== null) return sentAt > seenSentAt && id !== seen?.id;
    return !isOfBusiness || now - seenSentAt > UNDATED_SEEN_MS;
  };
  return (
    listed.unclaimed.find((send) => isNews(send, isOwn)) ??
    elsewhere.unclaimed.find((send) => isNews(send, mayBeSeen(send.businessId)))
  );
}

/** The send nearest to an instant, at most the allowed clock skew away. */
function nearest(sends: readonly KnownSend[], at: EpochMs): KnownSend | undefined {
  const away = ({ sentAt }: KnownSend) =>
    sentAt === null ? Number.POSITIVE_INFINITY : Math.abs(sentAt - at);
  const [first] = sends.toSorted((one, other) => away(one) - away(other));
  return first !== undefined && away(first) <= SKEW_MS ? first : undefined;
}
