import type { Invitation, State } from '../../shared/invitation.ts';

/** What open invitations wait for, starting with those that need a person. */
export const GROUPS = ['decision', 'checking', 'sending', 'waiting', 'held'] as const;
export type GroupName = (typeof GROUPS)[number];
export type Group = { readonly name: GroupName; readonly invitations: readonly Invitation[] };

/** Groups the outbox; no group is empty, and the oldest invitation comes first in each. */
export function groupOpen(invitations: readonly Invitation[]): readonly Group[] {
  return GROUPS.map((name) => ({
    name,
    invitations: invitations
      .filter(({ progress }) => groupOf(progress.state) === name)
      .toSorted((one, other) => one.queuedAt - other.queuedAt),
  })).filter((group) => group.invitations.length > 0);
}

function groupOf(state: State): GroupName | null {
  switch (state) {
    case 'needs_decision':
      return 'decision';
    case 'unconfirmed':
      return 'checking';
    case 'sending':
    case 'waiting':
    case 'held':
      return state;
    case 'accepted':
    case 'refused':
    case 'maybe_sent':
    case 'cancelled':
    case 'expired':
      return null;
    default:
      return state satisfies never;
  }
}
