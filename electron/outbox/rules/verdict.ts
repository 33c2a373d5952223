import { plainText } from '../../../shared/search-terms.ts';
import type { Place } from '../../../shared/other-desks.ts';
import type { Ruling, Verdict } from '../../../shared/verdict.ts';
import { judgeWindow, WINDOW_MS } from '../../../shared/resend-window.ts';
import type { EpochMs } from '../../../shared/time.ts';
import type { SendTime } from './send-time.ts';
import type { PastSend, Row } from '../store-port.ts';

export type VerdictFacts = {
  /** The name in the form; empty without one. */
  readonly name: string;
  readonly open: Row | undefined;
  readonly lastSend: PastSend | undefined;
  /** `place`: another desk that has recorded it; null for this PC. */
  readonly doNotContact: { readonly since: EpochMs; readonly place: Place | null } | undefined;
  /** An invitation to the number that waits at another desk. */
  readonly waitsElsewhere: Verdict['waitsElsewhere'];
  readonly now: EpochMs;
  readonly houseWindowDays: number;
  readonly departure: SendTime;
  /** Since when this PC's database knows every send; undefined: it knows all. */
  readonly knownSince: EpochMs | undefined;
  /** When Partoo last refused an SMS to the number for this business without a reason in its list. */
  readonly refusedAt: EpochMs | undefined;
};

/** Gives the verdict on a number: shown to the receptionist, and checked again on saving. */
export function giveVerdict(facts: VerdictFacts): Verdict {
  const ruling = rule(facts);
  const known = facts.open?.invitation.name ?? facts.lastSend?.name ?? '';
  return {
    ruling,
    otherName: facts.name !== '' && known !== '' && !sameName(facts.name, known) ? known : null,
    waitsUntil: facts.departure.waitsFor === null ? null : facts.departure.promisedAt,
    waitsFor: facts.departure.waitsFor,
    knownSince: facts.knownSince ?? null,
    refusedAt: isAllowed(ruling) ? standingRefusal(facts) : null,
    waitsElsewhere: facts.waitsElsewhere,
  };
}

function rule({ open, lastSend, doNotContact, now, houseWindowDays }: VerdictFacts): Ruling {
  if (doNotContact !== undefined) return { kind: 'do-not-contact', ...doNotContact };
  // Includes one that needs a person: it is settled before the next invitation.
  if (open !== undefined) {
    const { id, queuedAt, name } = open.invitation;
    return { kind: 'open', invitationId: id, since: queuedAt, name };
  }
  if (lastSend === undefined) return { kind: 'never' };
  const judgement = judgeWindow({ lastSentAt: lastSend.sentAt, now, houseWindowDays });
  const { sentAt, name, staff, proved, from, place } = lastSend;
  const sent = { sentAt, name, staff, from, place, proved };
  switch (judgement.kind) {
    case 'open':
      return { kind: 'past', ...sent };
    case 'closed':
      return { kind: 'closed', opensAt: judgement.opensAt, ...sent };
    case 'house':
      return { kind: 'house', opensAt: judgement.opensAt, ...sent };
    default:
      return judgement satisfies never;
  }
}

/** A refusal counts for the ten days that it may stand for, unless an SMS was sent since. */
function standingRefusal({ refusedAt, lastSend, now }: VerdictFacts): EpochMs | null {
  if (refusedAt === undefined || now - refusedAt >= WINDOW_MS) return null;
  return lastSend !== undefined && lastSend.sentAt > refusedAt ? null : refusedAt;
}

/** Whether an unforced invitation is allowed. The house window only warns. */
export function isAllowed(ruling: Ruling): boolean {
  switch (ruling.kind) {
    case 'never':
    case 'past':
    case 'house':
      return true;
    case 'open':
    case 'closed':
    case 'do-not-contact':
      return false;
    default:
      return ruling satisfies never;
  }
}

/** Whether two names match, ignoring case, accents and spaces: two colleagues may type one name differently. */
function sameName(one: string, other: string): boolean {
  return plainText(one) === plainText(other);
}
