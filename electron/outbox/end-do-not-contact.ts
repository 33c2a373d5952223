import type { Invitation } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import { decideEnd } from './rules/manual-decision.ts';
import { mayHaveLeft } from './rules/decide.ts';
import type { FlushParts } from './flush-parts.ts';
import type { Row } from './store-port.ts';
import type { Decision, ProgressOf } from './rules/transitions.ts';

/**
 * How a row ends at once whose number is on the do-not-contact list: proved never sent, or counted as sent where an
 * earlier attempt may have arrived. Undefined where it stays: what is being sent or not confirmed is settled by Partoo's
 * answer, and what a person has to settle was perhaps sent.
 */
export function endDoNotContact(
  row: Row,
  now: EpochMs,
): Decision<ProgressOf<'maybe_sent' | 'expired' | 'cancelled'>> | undefined {
  switch (row.invitation.progress.state) {
    case 'held':
    case 'waiting':
      return decideEnd(row, now);
    case 'needs_decision':
      return mayHaveLeft(row) ? undefined : decideEnd(row, now);
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

/** Ends everything that has not been sent to a number on the do-not-contact list, and returns what has ended. */
export function endAllDoNotContact({
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
    const decision = endDoNotContact(row, now);
    return decision === undefined ? [] : [{ id, from: progress.state, decision }];
  });
  const ended = store.recordDecisions(moves);
  for (const invitation of ended) onInvitation(invitation);
  return ended;
}
