import type { InvitationDraft } from '../../shared/invitation-draft.ts';
import type { Invitation, Progress } from '../../shared/invitation.ts';
import { checkMessage, type MessageProblem } from '../../shared/sms/message.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { Clock, EpochMs } from '../../shared/time.ts';
import { shownToForce, type Verdict } from '../../shared/verdict.ts';
import { WINDOW_MS } from '../../shared/resend-window.ts';
import type { ForceTickets } from './force-tickets.ts';
import { isReplaceable, isUnexplained } from '../../shared/invitation-actions.ts';
import { decideEnd } from './rules/manual-decision.ts';
import { sendTime, type SendTime, type SchedulingRules } from './rules/send-time.ts';
import type { OutboxStore, PastSend, Replaced, Row } from './store-port.ts';
import type { NumberAtDesks } from './site-port.ts';
import { giveVerdict, isAllowed, type VerdictFacts } from './rules/verdict.ts';

export type EnqueueParts = SchedulingRules & {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly store: OutboxStore;
  readonly tickets: ForceTickets;
  /** The latest SMS that a recent Partoo search found for this number; undefined without a search or a result. */
  readonly recallElsewhere: (asked: WhoIsAsked) => PastSend | undefined;
  /** What other desks know about a number, from a recent look-up; undefined without one. */
  readonly recallAtDesks: (phone: E164) => NumberAtDesks | undefined;
  /** End of the pause that Partoo asked for; null without a pause. */
  readonly pausedUntil: () => EpochMs | null;
};

type WhoIsAsked = { readonly phone: E164; readonly businessId: string };

export type VerdictQuestion = WhoIsAsked & {
  readonly name: string;
  /** The invitation under correction; it does not block its own replacement. */
  readonly replaces: string | null;
};

/** What another desk has recorded with an invitation that is taken over from it. */
export type GivenConsent = Consent & { readonly content: string | null };

export type Enqueued =
  | {
      readonly kind: 'saved';
      readonly invitation: Invitation;
      /** The open invitation that this one replaced, in its final state. */
      readonly ended: Invitation | null;
    }
  | { readonly kind: 'not-allowed'; readonly verdict: Verdict }
  | { readonly kind: 'ticket' }
  /** This desk requires the customer's consent, and the draft has none. */
  | { readonly kind: 'consent' }
  | { readonly kind: 'unknown-business' }
  | { readonly kind: 'message'; readonly problem: MessageProblem };

/** Gives the verdict on a number from this PC's database and recent Partoo searches. Sends no request. */
export function checkVerdict(parts: EnqueueParts, asked: VerdictQuestion): Verdict {
  const now = parts.clock.now();
  const replaced = findReplaceable(parts.store, asked);
  return giveVerdict({
    name: asked.name,
    open: parts.store.findOpen(asked.phone, replaced?.invitation.id ?? null),
    lastSend: findLast(parts, asked),
    doNotContact: findDoNotContact(parts, asked.phone),
    waitsElsewhere: parts.recallAtDesks(asked.phone)?.waits ?? null,
    now,
    houseWindowDays: parts.settings().houseWindowDays,
    departure: sendTime(now, parts, parts.pausedUntil()),
    knownSince: parts.store.readKnownSince(),
    refusedAt: unexplainedAt(parts.store.findRefused(asked)),
  });
}

function findDoNotContact(parts: EnqueueParts, phone: E164): VerdictFacts['doNotContact'] {
  const since = parts.store.findDoNotContact(phone);
  if (since !== undefined) return { since, place: null };
  return parts.recallAtDesks(phone)?.doNotContact ?? undefined;
}

function unexplainedAt(refused: Row | undefined): EpochMs | undefined {
  if (refused === undefined || !isUnexplained(refused.invitation)) return undefined;
  return refused.invitation.progress.at;
}

/** The last known SMS to a number, from this PC's database, from other desks or from Partoo. */
function findLast(parts: EnqueueParts, asked: WhoIsAsked): PastSend | undefined {
  const known = later(parts.store.findLastSend(asked.phone, null), parts.recallElsewhere(asked));
  const sent = parts.recallAtDesks(asked.phone)?.sent ?? undefined;
  // The desk that sent it says more about it than Partoo's list.
  const atDesk = sent && { ...sent, businessId: null, name: '', from: 'elsewhere' as const };
  return later(atDesk, known);
}

function later(one: PastSend | undefined, other: PastSend | undefined): PastSend | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.sentAt > one.sentAt ? other : one;
}

/** The open invitation that a correction replaces, whatever its number. */
function findReplaceable(
  store: OutboxStore,
  { replaces }: Pick<VerdictQuestion, 'replaces'>,
): Row | undefined {
  const row = replaces === null ? undefined : store.readRow(replaces);
  return row !== undefined && isReplaceable(row.invitation) ? row : undefined;
}

/**
 * Saves one decision of a person. When this returns `saved`, the invitation is on disk; a second call with the same
 * form token returns the same invitation. Throws only storage errors; nothing was saved then.
 */
export function enqueue(
  parts: EnqueueParts,
  draft: InvitationDraft,
  given?: GivenConsent,
): Enqueued {
  // A second Enter, or a form that never received its reply.
  const saved = parts.store.findByToken(draft.token);
  if (saved !== undefined) {
    // Replying "saved" for another number would lose the draft.
    if (saved.invitation.phone !== draft.phone) throw new Error('one form token, two numbers');
    return { kind: 'saved', invitation: saved.invitation, ended: null };
  }

  const settings = parts.settings();
  if (!settings.businesses.some((business) => business.id === draft.businessId)) {
    return { kind: 'unknown-business' };
  }
  const message = contentOf(draft);
  if (message.kind === 'message') return message;
  const verdict = checkVerdict(parts, draft);
  const permission = permit(parts, draft, verdict);
  if (permission.kind === 'no') return { kind: 'not-allowed', verdict };
  if (permission.kind === 'ticket') return { kind: 'ticket' };
  if (settings.requireConsent && !draft.consented) return { kind: 'consent' };

  const now = parts.clock.now();
  const replaced = replacedBy(parts.store, draft, now);
  const insertion = parts.store.insertInvitation(
    newRow(
      { ...draft, replaces: knownId(parts.store, draft.replaces) },
      parts.newId(),
      now,
      sendTime(now, parts, parts.pausedUntil()),
      { ...permission, ...consentTo(parts.store, draft, now), content: message.content, ...given },
    ),
    replaced,
  );
  switch (insertion.kind) {
    case 'already-open':
    case 'not-replaced':
      return { kind: 'not-allowed', verdict: checkVerdict(parts, draft) };
    case 'inserted':
    case 'same-token':
      if (draft.force !== null) parts.tickets.use(draft.force.ticket);
      return {
        kind: 'saved',
        invitation: insertion.row.invitation,
        ended: (replaced && parts.store.readRow(replaced.id)?.invitation) ?? null,
      };
    default:
      return insertion satisfies never;
  }
}

type Content =
  | { readonly kind: 'content'; readonly content: string | null }
  | { readonly kind: 'message'; readonly problem: MessageProblem };

/** The text as sent to Partoo; null uses Partoo's template. */
function contentOf({ message, name }: InvitationDraft): Content {
  if (message === null) return { kind: 'content', content: null };
  const checked = checkMessage(message, { name });
  return checked.ok
    ? { kind: 'content', content: checked.sent }
    : { kind: 'message', problem: checked.problem };
}

function replacedBy(
  store: OutboxStore,
  draft: InvitationDraft,
  now: EpochMs,
): Replaced | undefined {
  const row = findReplaceable(store, draft);
  if (row === undefined) return undefined;
  const { id, progress } = row.invitation;
  return { id, from: progress.state, decision: decideEnd(row, now) };
}

/** Drops the reference to an invitation that was erased in between. */
function knownId(store: OutboxStore, id: string | null): string | null {
  return id === null || store.readRow(id) === undefined ? null : id;
}

type Consent = { readonly consentAt: EpochMs | null; readonly consentBy: string | null };

/** When the customer gave consent, and to whom; a replacement for the same number keeps the earlier consent. */
function consentTo(store: OutboxStore, draft: InvitationDraft, now: EpochMs): Consent {
  if (!draft.consented) return { consentAt: null, consentBy: null };
  const earlier = draft.replaces === null ? undefined : store.readRow(draft.replaces)?.invitation;
  if (earlier === undefined || earlier.phone !== draft.phone || earlier.consentAt === null)
    return { consentAt: now, consentBy: draft.staff };
  return { consentAt: earlier.consentAt, consentBy: earlier.consentBy };
}

type Forced = {
  readonly kind: 'forced';
  readonly reason: string;
  readonly seenSentAt: EpochMs;
  readonly seenBusinessId: string | null;
};
type Granted = { readonly kind: 'unforced' } | Forced;
type Permission = Granted | { readonly kind: 'ticket' } | { readonly kind: 'no' };

function permit(parts: EnqueueParts, draft: InvitationDraft, verdict: Verdict): Permission {
  const shownAt = shownToForce(verdict);
  if (draft.force === null || shownAt === null) {
    // An open resend window needs no force, and without force Partoo's own guard stays on.
    return { kind: isAllowed(verdict.ruling) ? 'unforced' : 'no' };
  }
  const scope = { phone: draft.phone, businessId: draft.businessId, shownAt };
  if (!parts.tickets.isGood(draft.force.ticket, scope)) return { kind: 'ticket' };
  const { reason } = draft.force;
  if (verdict.ruling.kind === 'closed') {
    const seenBusinessId = findLast(parts, draft)?.businessId ?? null;
    return { kind: 'forced', reason, seenSentAt: shownAt, seenBusinessId };
  }
  // The person saw a refusal and no SMS from the ten days before it, so any SMS that Partoo lists then is new to
  // them.
  return { kind: 'forced', reason, seenSentAt: shownAt - WINDOW_MS, seenBusinessId: null };
}

function newRow(
  draft: InvitationDraft,
  id: string,
  now: EpochMs,
  { leavesAt, why, promisedAt }: SendTime,
  permission: Granted & Consent & { readonly content: string | null },
): Row {
  const forced = permission.kind === 'forced' ? permission : null;
  const progress: Progress =
    why === 'now'
      ? { state: 'waiting', at: now, dueAt: now }
      : { state: 'held', at: now, notBefore: leavesAt, why };
  return {
    invitation: {
      id,
      businessId: draft.businessId,
      phone: draft.phone,
      name: draft.name,
      content: permission.content,
      staff: draft.staff,
      consentAt: permission.consentAt,
      consentBy: permission.consentBy,
      forceReason: forced?.reason ?? null,
      queuedAt: now,
      replaces: draft.replaces,
      mayHaveLeft: false,
      refusalStatus: null,
      progress,
    },
    token: draft.token,
    attempts: 0,
    unclearAttempts: 0,
    unclearSince: null,
    lastAttemptAt: null,
    promisedAt,
    seenSentAt: forced?.seenSentAt ?? null,
    seenBusinessId: forced?.seenBusinessId ?? null,
    sentAt: null,
    onlyByPerson: false,
  };
}
