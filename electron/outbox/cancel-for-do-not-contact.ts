import type { Invitation } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import { decideEnd } from './rules/manual-decision.ts';
import { mayHaveLeft } from './rules/build-decision.ts';
import type { FlushParts } from './flush-parts.ts';
import type { Row } from './store-port.ts';
import type { Decision, ProgressOf } from './rules/transitions.ts';

/**
 * Decides how a row ends when its number is added to the do-not-contact list: cancelled when it was never sent, or
 * counted as sent when an earlier attempt may have arrived. Undefined when the row stays: Partoo's answer settles
 * rows in `sending` and `unconfirmed`, and a row in `needs_decision` may have been sent.
 */
export function decideForDoNotContact(
  row: Row,
  now: EpochMs,
): Decision<ProgressOf<'maybe_sent' | 'expired' | 'cancelled'>> | undefined {
  switch (row.invitation.progress.state) {
    case 'held':
    case 'waiting':
      return decideEnd(row, now, 'said-no');
    case 'needs_decision':
      return mayHaveLeft(row) ? undefined : decideEnd(row, now, 'said-no');
    case 'sending':
    case 'unconfirmed':
    case 'accepted':
    case 'refused':
    case 'maybe_sent':
    case 'cancelled':
    case 'expired':
      return undefined;
    default:
      return row.invitation.progress satisfies never;
  }
}

/** Ends all unsent invitations to numbers on the do-not-contact list and returns them. */
export function cancelForDoNotContact({
  clock,
  store,
  onInvitation,
}: Pick<FlushParts, 'clock' | 'store' | 'onInvitation'>): readonly Invitation[] {
  const now = clock.now();
  const open = [
    ...store.listRows('held'),
    ...store.listRows('waiting'),
    ...store.listRows('needs_decision'),
  ];
  const moves = open.flatMap((row) => {
    const { id, phone, progress } = row.invitation;
    if (store.findDoNotContact(phone) === undefined) return [];
    const decision = decideForDoNotContact(row, now);
    return decision === undefined ? [] : [{ id, from: progress.state, decision }];
  });
  const ended = store.recordDecisions(moves);
  for (const invitation of ended) onInvitation(invitation);
  return ended;
}
