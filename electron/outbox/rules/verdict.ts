import { plainText } from '../../../shared/search-terms.ts';
import type { Ruling, Verdict } from '../../../shared/verdict.ts';
import { judgeWindow, WINDOW_MS } from '../../../shared/resend-window.ts';
import type { EpochMs } from '../../../shared/time.ts';
import type { SendTime } from './send-time.ts';
import type { PastSend, Row } from '../store-port.ts';

export type VerdictFacts = {
  /** The name being typed now; empty when none is. */
  readonly name: string;
  readonly open: Row | undefined;
  readonly lastSend: PastSend | undefined;
  readonly doNotContactSince: EpochMs | undefined;
  readonly now: EpochMs;
  readonly houseWindowDays: number;
  readonly departure: SendTime;
  /** From when on the log of this PC has every send; undefined: it has all. */
  readonly knownSince: EpochMs | undefined;
  /** When Partoo last refused an SMS to the number for this business and its list did not show why. */
  readonly refusedAt: EpochMs | undefined;
};

/** What the receptionist is told about a number before it is invited, and what saving it is checked against. */
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
  };
}

function rule({ open, lastSend, doNotContactSince, now, houseWindowDays }: VerdictFacts): Ruling {
  if (doNotContactSince !== undefined) return { kind: 'do-not-contact', since: doNotContactSince };
  // Also one that waits for a person: what becomes of it is decided before the next one.
  if (open !== undefined) {
    const { id, queuedAt, name } = open.invitation;
    return { kind: 'open', invitationId: id, since: queuedAt, name };
  }
  if (lastSend === undefined) return { kind: 'never' };
  const judgement = judgeWindow({ lastSentAt: lastSend.sentAt, now, houseWindowDays });
  const { sentAt, name, staff, proved, from } = lastSend;
  switch (judgement.kind) {
    case 'open':
      return { kind: 'past', sentAt, name, staff, from, proved };
    case 'closed':
      return { kind: 'closed', sentAt, opensAt: judgement.opensAt, name, staff, from, proved };
    case 'house':
      return { kind: 'house', sentAt, opensAt: judgement.opensAt, name, staff, from, proved };
    default:
      return judgement satisfies never;
  }
}

/** A refusal counts as long as the ten days that it may stand for, unless an SMS was sent since. */
function standingRefusal({ refusedAt, lastSend, now }: VerdictFacts): EpochMs | null {
  if (refusedAt === undefined || now - refusedAt >= WINDOW_MS) return null;
  return lastSend !== undefined && lastSend.sentAt > refusedAt ? null : refusedAt;
}

/** Whether an invitation that nobody forces may go. The house window warns only. */
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

/** The same person typed by another colleague: case, accents and spaces aside. */
function sameName(one: string, other: string): boolean {
  return plainText(one) === plainText(other);
}
