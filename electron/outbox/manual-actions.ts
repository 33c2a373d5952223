import { isRenewable, type Action, type FormAction } from '../../shared/invitation-actions.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { InvitationDraft } from '../../shared/invitation-draft.ts';
import type { Verdict } from '../../shared/verdict.ts';
import { decideManually } from './rules/manual-decision.ts';
import { rescheduleHeld, applyDecision } from './save-decision.ts';
import type { Courier } from './courier.ts';
import { possibleSend, moveTo } from './rules/build-decision.ts';
import type { Enqueued } from './enqueue.ts';
import type { FlushParts } from './flush-parts.ts';
import { openingAt, type SchedulingRules } from './rules/send-time.ts';
import type { Row } from './store-port.ts';

type HandParts = SchedulingRules &
  Pick<FlushParts, 'clock' | 'store' | 'onInvitation'> & {
    readonly newId: () => string;
    readonly courier: Pick<Courier, 'wake' | 'askWhyRefused'>;
    readonly enqueue: (draft: InvitationDraft) => Enqueued;
  };

export type ActionResult =
  | { readonly kind: 'done'; readonly invitation: Invitation }
  /** The row has moved to a state that this action does not apply to. */
  | { readonly kind: 'too-late' }
  /** Sending needs a new invitation, and the verdict on the number now forbids it. */
  | { readonly kind: 'not-allowed'; readonly verdict: Verdict }
  /** Sending needs a new invitation, and the consent that this desk requires is missing. */
  | { readonly kind: 'consent' };

export type ManualActions = {
  readonly act: (id: string, action: Exclude<Action, FormAction>) => ActionResult;
  readonly undo: (id: string) => Invitation | undefined;
  /** "Try all now": makes every invitation due that waits for a retry, and wakes the courier. Held ones stay held. */
  readonly flushNow: () => void;
  /** Recalculates send times of held invitations from the current sending hours. */
  readonly rescheduleHeld: () => void;
};

const TOO_LATE = { kind: 'too-late' } as const;

/** Creates the manual actions on open invitations; each checks the state that the person saw. */
export function createManualActions(parts: HandParts): ManualActions {
  const { clock, store, courier } = parts;

  const act: ManualActions['act'] = (id, action) => {
    const row = store.readRow(id);
    if (row === undefined) return TOO_LATE;
    const { progress } = row.invitation;
    if (action === 'send-now' && progress.state === 'needs_decision') return renew(parts, row);
    if (action === 'check-again' && progress.state === 'refused') {
      if (progress.why !== 'unclear') return TOO_LATE;
      courier.askWhyRefused(id);
      return { kind: 'done', invitation: row.invitation };
    }
    const now = clock.now();
    const decision = decideManually(action, row, { now, opensAt: openingAt(now, parts) });
    if (decision === undefined) return TOO_LATE;
    const invitation = store.recordDecision(id, progress.state, decision);
    if (invitation === undefined) return TOO_LATE;
    parts.onInvitation(invitation);
    if (action === 'send-now' || action === 'check-again') courier.wake('person');
    return { kind: 'done', invitation };
  };

  return {
    act,
    undo: (id) => {
      if (store.readRow(id)?.invitation.progress.state !== 'held') return undefined;
      const undone = act(id, 'cancel');
      return undone.kind === 'done' ? undone.invitation : undefined;
    },
    flushNow: () => {
      const now = clock.now();
      for (const row of store.listRows('waiting')) {
        const { progress } = row.invitation;
        if (progress.state !== 'waiting' || progress.dueAt <= now) continue;
        applyDecision(parts, row, moveTo({ ...progress, dueAt: now }, possibleSend(row)));
      }
      courier.wake('person');
    },
    rescheduleHeld: () => rescheduleHeld(parts),
  };
}

/** Replaces an invitation that grew too old, or that the site database refuses, with a new one of the same values. */
function renew({ newId, enqueue }: HandParts, { invitation }: Row): ActionResult {
  const { id, phone, name, businessId, staff, consentAt, content } = invitation;
  if (!isRenewable(invitation)) return TOO_LATE;
  const renewed = enqueue({
    token: newId(),
    phone,
    name,
    businessId,
    staff,
    consented: consentAt !== null,
    // The content was already transliterated and personalised when it was saved.
    message: content,
    force: null,
    replaces: id,
  });
  switch (renewed.kind) {
    case 'saved':
      return { kind: 'done', invitation: renewed.invitation };
    case 'not-allowed':
    case 'consent':
      return renewed;
    case 'ticket':
    case 'unknown-business':
    case 'message':
      return TOO_LATE;
    default:
      return renewed satisfies never;
  }
}
