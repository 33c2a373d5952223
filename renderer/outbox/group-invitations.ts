import type { Invitation, State } from '../../shared/invitation.ts';

/** What open invitations wait for, those that need a person first. */
export const GROUPS = ['decision', 'checking', 'sending', 'waiting', 'held'] as const;
export type GroupName = (typeof GROUPS)[number];
export type Group = { readonly name: GroupName; readonly invitations: readonly Invitation[] };

/** The outbox in groups, none of them empty, the oldest invitation first in each. */
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
