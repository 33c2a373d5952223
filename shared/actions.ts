import type { Invitation } from './invitation.ts';

/** What a person can do with an invitation, beyond reading its story. */
export const ACTIONS = ['check-again', 'mark-sent', 'leave', 'send-now', 'edit', 'cancel'] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * The actions that make sense for an invitation as it stands, the safe ones first; main refuses all others.
 *
 * `cancel` promises that no SMS was sent and `leave` only that none will be; `edit` makes a new invitation in place of
 * this one; `send-now` never overrides the sending hours.
 */
export function actionsOn({ progress, mayHaveLeft, forceReason }: Invitation): readonly Action[] {
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
      // A permission to send again was given for that moment; a new one is given in the form.
      return progress.why === 'too-old' && forceReason === null
        ? ['leave', 'send-now', 'edit']
        : ['leave', 'edit'];
    case 'refused':
      return progress.why === 'unclear' ? ['check-again', 'edit'] : ['edit'];
    case 'accepted':
      // The number may be wrong; the ten days hold for the same one all the same.
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
