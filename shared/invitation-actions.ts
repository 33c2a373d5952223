import { isOpen, type Invitation } from './invitation.ts';
import { mayBeWindow } from './resend-window.ts';

/** The manual actions on an invitation, beyond reading its story. */
export const ACTIONS = [
  'check-again',
  'mark-sent',
  'leave',
  'send-now',
  'edit',
  'send-again',
  'cancel',
] as const;
export type Action = (typeof ACTIONS)[number];
/** The actions that continue in the form. */
export type FormAction = Extract<Action, 'edit' | 'send-again'>;

/**
 * Returns the actions that an invitation's state allows, the safe ones first; main refuses all others.
 *
 * `cancel` promises that no SMS was sent and `leave` only that none will be; `edit` makes a new invitation in place of
 * this one; `send-now` never overrides the sending hours; `send-again` makes a new invitation inside the resend
 * window, with a reason given in the form.
 */
export function actionsOn(invitation: Invitation): readonly Action[] {
  const { progress, mayHaveLeft } = invitation;
  switch (progress.state) {
    case 'held':
      if (mayHaveLeft) return ['leave'];
      return progress.why === 'undo' ? ['send-now', 'edit', 'cancel'] : ['edit', 'cancel'];
    case 'waiting':
      return mayHaveLeft ? ['send-now', 'leave'] : ['send-now', 'edit', 'cancel'];
    case 'sending':
      return [];
    case 'unconfirmed':
      return ['check-again'];
    case 'needs_decision':
      if (mayHaveLeft) return ['check-again', 'mark-sent', 'leave', 'edit'];
      return isRenewable(invitation) ? ['leave', 'send-now', 'edit'] : ['leave', 'edit'];
    case 'refused':
      if (progress.why === 'unclear') return ['check-again', 'edit'];
      return isUnexplained(invitation) ? ['edit', 'send-again'] : ['edit'];
    case 'accepted':
      // The number may be wrong; the resend window still applies to the same number.
      return progress.delivery === 'failed_send' || progress.delivery === 'failed_delivery'
        ? ['edit']
        : [];
    case 'cancelled':
    case 'expired':
      return ['edit'];
    case 'maybe_sent':
      return [];
    default:
      return progress satisfies never;
  }
}

/**
 * Whether `send-now` replaces an invitation that needs a decision with a new one of the same values. Not a forced one:
 * a force ticket was valid only at that moment; the form creates a new one.
 */
export function isRenewable({
  progress,
  mayHaveLeft,
  forceReason,
}: Pick<Invitation, 'progress' | 'mayHaveLeft' | 'forceReason'>): boolean {
  return (
    progress.state === 'needs_decision' &&
    (progress.why === 'too-old' || progress.why === 'not-accepted') &&
    !mayHaveLeft &&
    forceReason === null
  );
}

/** Whether a correction replaces the invitation; otherwise it only refers to it. */
export function isReplaceable(invitation: Invitation): boolean {
  return isOpen(invitation) && actionsOn(invitation).includes('edit');
}

/**
 * Whether Partoo refused an invitation with a status that can mean the resend window while its list shows no SMS:
 * another business that could not be searched may have sent one. A forced invitation is never offered again.
 */
export function isUnexplained({
  progress,
  refusalStatus,
  forceReason,
}: Pick<Invitation, 'progress' | 'refusalStatus' | 'forceReason'>): boolean {
  return (
    progress.state === 'refused' &&
    progress.why === 'invalid' &&
    forceReason === null &&
    refusalStatus !== null &&
    mayBeWindow(refusalStatus)
  );
}
