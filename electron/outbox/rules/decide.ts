import { mayBeWindow, QUARANTINE_MS, WINDOW_MS } from '../../../shared/resend-window.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import { backoffMs, LONGEST_RETRY_MS } from './backoff.ts';
import type { Outcome } from '../outcome.ts';
import type { DatedSend, KnownSend } from '../partoo-port.ts';
import { nextDeliveryCheckAt } from './delivery-schedule.ts';
import type { Row } from '../store-port.ts';
import type { Decision, Next, ProgressOf } from './transitions.ts';

/** How soon after an unclear attempt Partoo is asked for the first time. */
const FIRST_CHECK_MS = 5 * SECOND_MS;

/** The SMS that Partoo lists for a number. */
export type Listed = {
  readonly sends: readonly KnownSend[];
  /** Those that are not already proof for another invitation of this desk. */
  readonly unclaimed: readonly KnownSend[];
};
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
  /** Those for the row's own business; one of them can be this row's. */
  | (Listed & {
      /** `some-sends`: a part of the list could not be had, so it does not show that there was no other. */
      readonly kind: 'sends' | 'some-sends';
      /** Those for the other businesses that were asked about: none of them is this row's. */
      readonly elsewhere: ListedElsewhere;
    })
  | { readonly kind: 'no-answer' };

export type DecisionFacts = {
  readonly outcome: Outcome;
  readonly row: Row;
  readonly evidence: WindowEvidence;
  readonly now: EpochMs;
  /** In [0, 1). */
  readonly random: number;
};

/**
 * Whether an attempt can only be judged after a look at Partoo's own list. The wording of a refusal is not
 * documented, so a refused request that could mean "already invited" is settled by `search-invitation`.
 */
export function needsEvidence(outcome: Outcome, row: Row): boolean {
  if (outcome.kind !== 'refused' || isForced(row)) return false;
  return mayBeWindow(outcome.status);
}

/**
 * The state that follows an attempt (the event table of the product). Total and pure; the courier only carries it
 * out. A forced row never comes back from an unclear attempt by itself: `reconcile` gives it to a person.
 */
export function decide(facts: DecisionFacts): Decision<Next<'sending'>> {
  const { outcome, row, now } = facts;
  switch (outcome.kind) {
    case 'accepted':
      return accept('response', outcome.partooId, now, now);
    case 'not-sent':
      return again(row, now, now + backoffMs(row.attempts, LONGEST_RETRY_MS, facts.random));
    case 'later':
    case 'halt':
      return again(row, now, now);
    case 'unclear': {
      const dueAt = now + Math.max(FIRST_CHECK_MS, outcome.notBeforeMs);
      return moveTo({ state: 'unconfirmed', at: now, dueAt }, row.lastAttemptAt ?? now);
    }
    case 'refused':
      return decideRefusal(facts, outcome.text);
    default:
      return outcome satisfies never;
  }
}

function decideRefusal(
  { row, evidence, now }: DecisionFacts,
  text: string,
): Decision<Next<'sending'>> {
  const refused = (why: 'invalid' | 'unclear' | 'window', sentAt: EpochMs | null) =>
    moveTo({ state: 'refused', at: now, why, text }, sentAt);
  switch (evidence.kind) {
    case 'not-asked':
      return mayHaveLeft(row) ? maybeSent(row, now) : refused('invalid', null);
    case 'no-answer':
      return mayHaveLeft(row) ? maybeSent(row, now) : refused('unclear', null);
    case 'sends':
    case 'some-sends': {
      const ours = findOurs(row, evidence.unclaimed);
      if (ours !== undefined) return provedBySearch(ours, now);
      const recent = explains(evidence, now);
      if (mayHaveLeft(row)) {
        // What is undated or not shown may be the SMS of an earlier unclear attempt, and one for another business does
        // not show that this was another one.
        const isAllKnown = evidence.kind === 'sends' && !hasUndated(evidence.unclaimed);
        if (recent === undefined || !isAllKnown || !evidence.sends.includes(recent))
          return maybeSent(row, now);
        return refused('window', closedFrom(recent, now, now));
      }
      if (recent === undefined)
        return refused(evidence.kind === 'sends' ? 'invalid' : 'unclear', null);
      return moveTo(
        { state: 'needs_decision', at: now, why: 'window' },
        closedFrom(recent, now, now),
      );
    }
    default:
      return evidence satisfies never;
  }
}

/**
 * A refusal whose reason could not be asked for is looked at once more. Undefined while there is still no answer:
 * then it stays as it is.
 */
export function explainRefusal(
  refused: { readonly at: EpochMs; readonly text: string },
  evidence: WindowEvidence,
  now: EpochMs,
): Decision<Next<'refused'>> | undefined {
  if (evidence.kind !== 'sends' && evidence.kind !== 'some-sends') return undefined;
  const recent = explains(evidence, refused.at);
  if (recent !== undefined)
    return moveTo(
      { state: 'needs_decision', at: now, why: 'window' },
      closedFrom(recent, refused.at, now),
    );
  return evidence.kind === 'sends'
    ? moveTo({ state: 'refused', at: now, why: 'invalid', text: refused.text }, null)
    : undefined;
}

/** Partoo may count the ten days a little longer than its own list and the clock of this PC say. */
const REFUSED_SLACK_MS = HOUR_MS;
/** For how long the window counts as closed after Partoo has refused at its very end. */
const CLOSED_ON_MS = 5 * MINUTE_MS;

/** The listed send that explains a refusal at `refusedAt`: the newest for the row's own business, or for another one. */
export function explains(evidence: WindowEvidence, refusedAt: EpochMs): KnownSend | undefined {
  if (evidence.kind !== 'sends' && evidence.kind !== 'some-sends') return undefined;
  return findListed(evidence, refusedAt - REFUSED_SLACK_MS);
}

/** From when the window counts that Partoo refused for: it was closed at that moment, whatever the list says. */
function closedFrom(send: KnownSend, refusedAt: EpochMs, now: EpochMs): EpochMs {
  return Math.max(countedFrom(send, now), refusedAt - WINDOW_MS + CLOSED_ON_MS);
}

/** A listed send that is less than ten days old, of the row's own business or of another one that was asked about. */
export function findListed(
  { sends, elsewhere }: Listed & { readonly elsewhere: Listed },
  now: EpochMs,
): KnownSend | undefined {
  return findInWindow(sends, now) ?? findInWindow(elsewhere.sends, now);
}

/** A send on Partoo's list that is less than ten days old: the newest. */
export function findInWindow(sends: readonly KnownSend[], now: EpochMs): KnownSend | undefined {
  return sends.find((send) => now - countedFrom(send, now) < WINDOW_MS);
}

/** From when a listed send counts for the window: one without a time may be sent any moment, so from `now`. */
export function countedFrom(send: KnownSend, now: EpochMs): EpochMs {
  return send.sentAt ?? now;
}

/** Whether one of these sends is listed without a time: it may be anybody's, and may not be sent yet. */
export function hasUndated(sends: readonly KnownSend[]): boolean {
  return sends.some(({ sentAt }) => sentAt === null);
}

/** A step that Partoo has no part in. */
export function moveTo<To extends Decision['progress']>(
  progress: To,
  sentAt: EpochMs | null,
): Decision<To> {
  return { progress, sentAt, partooId: null, deliveryDueAt: null };
}

function accept(
  evidence: 'response' | 'search',
  partooId: string,
  sentAt: EpochMs,
  now: EpochMs,
): Decision<ProgressOf<'accepted'>> {
  const deliveryDueAt = nextDeliveryCheckAt({ acceptedAt: now, checksDone: 0, now });
  const progress = { state: 'accepted', at: now, evidence, delivery: null } as const;
  return { progress, sentAt, partooId, deliveryDueAt };
}

/** The progress `accepted` that Partoo's own list proves. */
export function provedBySearch(send: DatedSend, now: EpochMs): Decision<ProgressOf<'accepted'>> {
  return accept('search', send.id, send.sentAt, now);
}

/** Closed without proof: counts as sent for the window, never in the statistics. */
export function maybeSent(row: Row, now: EpochMs): Decision<ProgressOf<'maybe_sent'>> {
  return moveTo({ state: 'maybe_sent', at: now }, possibleSend(row));
}

/** Clocks of Partoo and of this PC may differ by this much without a send being taken for an older one. */
export const SKEW_MS = 120 * SECOND_MS;

/** How long after it began an attempt can still become an SMS: the longest request and the quarantine after it. */
const LATEST_MS = MINUTE_MS + QUARANTINE_MS;

/**
 * The send that one of this row's unclear attempts made: not older than the first of them and not much younger than the
 * last (give or take the skew), and newer than the one that the person saw before they forced it. Every desk of an
 * organisation shares one key, so the sender's name proves nothing; time and id do. Another desk's send within these
 * minutes cannot be told apart: then one SMS is booked here that was sent there, and never two.
 */
export function findOurs(row: Row, sends: readonly KnownSend[]): DatedSend | undefined {
  const { unclearSince, lastAttemptAt, seenSentAt } = row;
  if (unclearSince === null) return undefined;
  const latest = (lastAttemptAt ?? unclearSince) + LATEST_MS + SKEW_MS;
  return sends.find(
    (send): send is DatedSend =>
      send.sentAt !== null &&
      send.sentAt >= unclearSince - SKEW_MS &&
      send.sentAt <= latest &&
      (seenSentAt === null || send.sentAt > seenSentAt),
  );
}

/** A send without a time that a person was shown is not news to them for so long. */
const UNDATED_SEEN_MS = HOUR_MS;

/**
 * The send that a person did not know of when they forced a row: newer than the one that they were shown, not that one,
 * and no invitation of this desk. Clocks may differ, so that the listed send which is nearest to the time that was shown is
 * the one, within the skew and for its business. One without a time is taken for it when the person was shown one of this
 * hour, or a stuck one would stop every forced SMS to the number.
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

/** The send that is nearest to an instant, not further away than clocks may differ. */
function nearest(sends: readonly KnownSend[], at: EpochMs): KnownSend | undefined {
  const away = ({ sentAt }: KnownSend) =>
    sentAt === null ? Number.POSITIVE_INFINITY : Math.abs(sentAt - at);
  const [first] = sends.toSorted((one, other) => away(one) - away(other));
  return first !== undefined && away(first) <= SKEW_MS ? first : undefined;
}

/** Whether some attempt of this row may have reached the customer. */
export function mayHaveLeft(row: Row): boolean {
  return row.unclearAttempts > 0;
}

export function isForced(row: Row): boolean {
  return row.invitation.forceReason !== null;
}

/** From when the window counts while a row may have been sent; null while it cannot have been. */
export function possibleSend(row: Row): EpochMs | null {
  return mayHaveLeft(row) ? (row.sentAt ?? row.lastAttemptAt) : null;
}

function again(row: Row, now: EpochMs, dueAt: EpochMs): Decision<ProgressOf<'waiting'>> {
  return moveTo({ state: 'waiting', at: now, dueAt }, possibleSend(row));
}
