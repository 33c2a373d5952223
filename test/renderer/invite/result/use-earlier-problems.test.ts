import { describe, expect, test } from 'vitest';
import {
  isProblem,
  problemsAfter,
  problemsAfterSeen,
  type EarlierProblem,
} from '../../../../renderer/invite/result/use-earlier-problems.ts';
import type { Invitation, Progress } from '../../../../shared/invitation.ts';
import { EVERY_PROGRESS, NOON, sampleInvitation } from '../../samples.ts';

const REFUSED: Progress = { state: 'refused', at: NOON, why: 'invalid', text: '' };
const UNDECIDED: Progress = { state: 'needs_decision', at: NOON, why: 'window' };
const CANCELLED: Progress = { state: 'cancelled', at: NOON };

const inTrouble = (progress: Progress): Invitation => sampleInvitation({ progress });
const unseen = (...invitations: readonly Invitation[]): readonly EarlierProblem[] =>
  invitations.reduce<readonly EarlierProblem[]>((late, one) => problemsAfter(late, one, false), []);

describe('[row 222] a problem with an earlier invitation', () => {
  test('is a refusal or a pending decision, and nothing that a person has chosen', () => {
    const states = EVERY_PROGRESS.filter((progress) => isProblem(sampleInvitation({ progress })));
    expect(states.map(({ state }) => state)).toEqual(['needs_decision', 'refused']);
  });

  test('is kept once each, and removed when it is solved', () => {
    const [first, second] = [inTrouble(REFUSED), inTrouble(UNDECIDED)];
    const late = unseen(first, second, first);
    expect(late.map(({ invitation }) => invitation)).toEqual([first, second]);
    const over = problemsAfter(late, { ...second, progress: CANCELLED }, false);
    expect(over.map(({ invitation }) => invitation)).toEqual([first]);
  });

  test('counts as read where its result was shown, whatever follows', () => {
    const one = inTrouble(REFUSED);
    const late = problemsAfter(problemsAfter([], one, true), one, false);
    expect(late).toEqual([{ invitation: one, wasRead: true }]);
  });

  test('counts as seen in the list that shows it', () => {
    const [refused, undecided] = [inTrouble(REFUSED), inTrouble(UNDECIDED)];
    const late = unseen(refused, undecided);
    expect(problemsAfterSeen(late, 'history')).toEqual(unseen(undecided));
    expect(problemsAfterSeen(late, 'outbox')).toEqual(unseen(refused));
    expect(problemsAfterSeen(late, 'settings')).toBe(late);
  });
});
