import type { Draft } from '../../shared/draft.ts';
import type { Invitation, Progress } from '../../shared/invitation.ts';
import type { E164 } from '../../shared/phone.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Clock, EpochMs } from '../../shared/time.ts';
import type { Verdict } from '../../shared/verdict.ts';
import type { ForceTickets } from './force-tickets.ts';
import { departure, type Departure } from './leaves-at.ts';
import type { OutboxStore, Row } from './row.ts';
import { giveVerdict, isAllowed } from './verdict.ts';

export type EnqueueParts = {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly store: OutboxStore;
  readonly tickets: ForceTickets;
  readonly settings: () => Settings;
};

export type Enqueued =
  | { readonly kind: 'saved'; readonly invitation: Invitation }
  | { readonly kind: 'not-allowed'; readonly verdict: Verdict }
  | { readonly kind: 'ticket' }
  | { readonly kind: 'unknown-business' };

/** The verdict on a number, from this PC's log alone. */
export function checkVerdict(
  parts: EnqueueParts,
  asked: { readonly phone: E164; readonly name: string },
): Verdict {
  const now = parts.clock.now();
  const settings = parts.settings();
  return giveVerdict({
    name: asked.name,
    open: parts.store.findOpen(asked.phone),
    lastSend: parts.store.findLastSend(asked.phone, null),
    doNotContactSince: parts.store.findDoNotContact(asked.phone),
    now,
    houseWindowDays: settings.houseWindowDays,
    leavesAt: departure(now, settings).leavesAt,
  });
}

/**
 * Saves one decision of a person. When this returns `saved` the invitation is on disk; a second call with the same
 * form token gives the same invitation. Throws only what the store throws: then nothing was saved.
 */
export function enqueue(parts: EnqueueParts, draft: Draft): Enqueued {
  // A second Enter, or a form that never saw its reply.
  const saved = parts.store.findByToken(draft.token);
  if (saved !== undefined) {
    // To say "saved" of another number would lose what was typed.
    if (saved.invitation.phone !== draft.phone) throw new Error('one form token for two numbers');
    return { kind: 'saved', invitation: saved.invitation };
  }

  const settings = parts.settings();
  if (!settings.businesses.some((business) => business.id === draft.businessId)) {
    return { kind: 'unknown-business' };
  }
  const verdict = checkVerdict(parts, draft);
  const permission = permit(parts, draft, verdict);
  if (permission.kind === 'no') return { kind: 'not-allowed', verdict };
  if (permission.kind === 'ticket') return { kind: 'ticket' };

  const now = parts.clock.now();
  const insertion = parts.store.insertInvitation(
    newRow(draft, parts.newId(), now, departure(now, settings), permission),
  );
  switch (insertion.kind) {
    case 'already-open':
      return { kind: 'not-allowed', verdict: checkVerdict(parts, draft) };
    case 'inserted':
    case 'same-token':
      if (draft.force !== null) parts.tickets.use(draft.force.ticket);
      return { kind: 'saved', invitation: insertion.row.invitation };
    default:
      return insertion satisfies never;
  }
}

type Forced = { readonly kind: 'forced'; readonly reason: string; readonly seenSentAt: EpochMs };
type Granted = { readonly kind: 'unforced' } | Forced;
type Permission = Granted | { readonly kind: 'ticket' } | { readonly kind: 'no' };

function permit(parts: EnqueueParts, draft: Draft, verdict: Verdict): Permission {
  // A window that opened meanwhile needs no force, and then Partoo's own guard stays on.
  if (isAllowed(verdict.ruling)) return { kind: 'unforced' };
  if (verdict.ruling.kind !== 'closed' || draft.force === null) return { kind: 'no' };
  const { sentAt } = verdict.ruling;
  const scope = { phone: draft.phone, businessId: draft.businessId, sentAt };
  if (!parts.tickets.isGood(draft.force.ticket, scope)) return { kind: 'ticket' };
  return { kind: 'forced', reason: draft.force.reason, seenSentAt: sentAt };
}

function newRow(
  draft: Draft,
  id: string,
  now: EpochMs,
  { leavesAt, why }: Departure,
  permission: Granted,
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
      content: null,
      staff: draft.staff,
      consentAt: draft.consented ? now : null,
      forceReason: forced?.reason ?? null,
      queuedAt: now,
      replaces: draft.replaces,
      mayHaveLeft: false,
      progress,
    },
    token: draft.token,
    attempts: 0,
    unclearAttempts: 0,
    unclearSince: null,
    lastAttemptAt: null,
    seenSentAt: forced?.seenSentAt ?? null,
    sentAt: null,
  };
}
