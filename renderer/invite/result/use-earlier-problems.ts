import { useEffect, useState } from 'react';
import type { Invitation } from '../../../shared/invitation.ts';
import { useEvent } from '../../ipc/use-ipc.ts';
import type { TabName } from '../../shell/tabs.tsx';

/** An invitation that got into trouble and that nobody has seen since. */
export type EarlierProblem = {
  readonly invitation: Invitation;
  /** Its result stood on the screen when that happened, and was read out there. */
  readonly wasRead: boolean;
};

/** More than a day has. */
const LATE_MAX = 200;

/** Trouble that nobody at this desk has chosen, and that they should hear of whatever they do meanwhile. */
export function isProblem({ progress: { state } }: Invitation): boolean {
  return state === 'refused' || state === 'needs_decision';
}

/** What is late after an invitation has changed; `isShown`: its result stands on the screen. */
export function problemsAfter(
  late: readonly EarlierProblem[],
  invitation: Invitation,
  isShown: boolean,
): readonly EarlierProblem[] {
  const { id, progress } = invitation;
  const before = late.find((one) => one.invitation.id === id);
  if (!isProblem(invitation))
    return before === undefined ? late : late.filter((one) => one !== before);
  // The same trouble is not read out again.
  if (before?.invitation.progress.state === progress.state) {
    return late.map((one) => (one === before ? { ...one, invitation } : one));
  }
  const others = late.filter((one) => one !== before);
  return [...others, { invitation, wasRead: isShown }].slice(-LATE_MAX);
}

/** What is still unseen when a tab has been looked at: History shows what was refused, Outbox what waits for a decision. */
export function problemsAfterSeen(
  late: readonly EarlierProblem[],
  tab: TabName,
): readonly EarlierProblem[] {
  const state = tab === 'history' ? 'refused' : tab === 'outbox' ? 'needs_decision' : null;
  const left = late.filter(({ invitation }) => invitation.progress.state !== state);
  return left.length === late.length ? late : left;
}

/** Earlier invitations that got into trouble, kept until somebody has seen them; the one whose result is shown apart. */
export function useEarlierProblems(tab: TabName, shownId: string | null) {
  const [late, setLate] = useState<readonly EarlierProblem[]>([]);
  useEvent('invitation.changed', (invitation) =>
    setLate((before) => problemsAfter(before, invitation, invitation.id === shownId)),
  );
  useEffect(() => setLate((before) => problemsAfterSeen(before, tab)), [tab, late]);
  return {
    late: late.filter(({ invitation }) => invitation.id !== shownId),
    /** Somebody has seen it, or all of them. */
    see: (id?: string): void =>
      setLate((before) =>
        id === undefined ? [] : before.filter((one) => one.invitation.id !== id),
      ),
  };
}
