import { useEffect, useState } from 'react';
import type { Invitation } from '../../../shared/invitation.ts';
import { useEvent } from '../../ipc/use-ipc.ts';
import type { TabName } from '../../shell/tabs.tsx';

/** An invitation with a problem that no person has seen yet. */
export type EarlierProblem = {
  readonly invitation: Invitation;
  /** Whether its result was on the screen at that time, and was announced there. */
  readonly wasRead: boolean;
};

/** More than a day produces. */
const LATE_MAX = 200;

/** Whether a state is a problem that no user chose and that must be reported during any other work. */
export function isProblem({ progress: { state } }: Invitation): boolean {
  return state === 'refused' || state === 'needs_decision';
}

/** Returns the earlier problems after an invitation has changed; `isShown`: its result is on the screen. */
export function problemsAfter(
  earlierProblems: readonly EarlierProblem[],
  invitation: Invitation,
  isShown: boolean,
): readonly EarlierProblem[] {
  const { id, progress } = invitation;
  const before = earlierProblems.find((one) => one.invitation.id === id);
  if (!isProblem(invitation))
    return before === undefined ? earlierProblems : earlierProblems.filter((one) => one !== before);
  // Do not announce the same problem again.
  if (before?.invitation.progress.state === progress.state) {
    return earlierProblems.map((one) => (one === before ? { ...one, invitation } : one));
  }
  const others = earlierProblems.filter((one) => one !== before);
  return [...others, { invitation, wasRead: isShown }].slice(-LATE_MAX);
}

/**
 * Returns the problems still unseen after a tab was opened: History shows refused ones, Outbox those that wait for a
 * decision.
 */
export function problemsAfterSeen(
  earlierProblems: readonly EarlierProblem[],
  tab: TabName,
): readonly EarlierProblem[] {
  const state = tab === 'history' ? 'refused' : tab === 'outbox' ? 'needs_decision' : null;
  const left = earlierProblems.filter(({ invitation }) => invitation.progress.state !== state);
  return left.length === earlierProblems.length ? earlierProblems : left;
}

/** Keeps earlier problems until they are seen, except that of the invitation whose result is shown. */
export function useEarlierProblems(tab: TabName, shownId: string | null) {
  const [earlierProblems, setEarlierProblems] = useState<readonly EarlierProblem[]>([]);
  useEvent('invitation.changed', (invitation) =>
    setEarlierProblems((before) => problemsAfter(before, invitation, invitation.id === shownId)),
  );
  useEffect(
    () => setEarlierProblems((before) => problemsAfterSeen(before, tab)),
    [tab, earlierProblems],
  );
  return {
    earlierProblems: earlierProblems.filter(({ invitation }) => invitation.id !== shownId),
    /** Marks one problem as seen, or all of them. */
    see: (id?: string): void =>
      setEarlierProblems((before) =>
        id === undefined ? [] : before.filter((one) => one.invitation.id !== id),
      ),
  };
}
