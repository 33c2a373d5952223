import { expect, test } from 'vitest';
import { actionsOn, isReplaceable } from '../../shared/invitation-actions.ts';
import { isOpen, OPEN_STATES, type Progress } from '../../shared/invitation.ts';
import { EVERY_PROGRESS, NOON, sampleInvitation } from '../renderer/samples.ts';

const accepted = (delivery: 'delivered' | 'failed_send' | 'failed_delivery' | null): Progress => ({
  state: 'accepted',
  at: NOON,
  evidence: 'response',
  delivery,
});

test.each([
  [accepted(null), []],
  [accepted('delivered'), []],
  [accepted('failed_send'), ['edit']],
  [accepted('failed_delivery'), ['edit']],
  [{ state: 'cancelled', at: NOON } as const, ['edit']],
  [{ state: 'expired', at: NOON } as const, ['edit']],
  [{ state: 'maybe_sent', at: NOON } as const, []],
])('an ended invitation can be corrected where no SMS arrived: %j', (progress, actions) => {
  expect(actionsOn(sampleInvitation({ progress }))).toEqual(actions);
});

test('an open invitation is in the outbox', () => {
  const open: readonly string[] = OPEN_STATES;
  for (const progress of EVERY_PROGRESS)
    expect(isOpen({ progress })).toBe(open.includes(progress.state));
});

test.each([
  ['that may come from the ten days', 400, null, true],
  ['that may come from the ten days', 422, null, true],
  ['for another reason', 404, null, false],
  ['with an unknown status', null, null, false],
  ['of a forced one', 400, 'The customer asked for it', false],
] as const)('[row 124] a refusal %s: %s, %s', (_title, refusalStatus, forceReason, isOffered) => {
  const progress = { state: 'refused', at: NOON, why: 'invalid', text: 'No' } as const;
  const refused = sampleInvitation({ progress, refusalStatus, forceReason });
  expect(actionsOn(refused)).toEqual(isOffered ? ['edit', 'send-again'] : ['edit']);
});

test.each([
  ['that is too old', 'too-old', {}, true],
  ['that the site database refuses', 'not-accepted', {}, true],
  ['that is forced', 'not-accepted', { forceReason: 'The customer asked for it' }, false],
  ['inside the resend window', 'window', {}, false],
] as const)('[row 328] one %s can be sent now: %s', (_title, why, change, isOffered) => {
  const progress = { state: 'needs_decision', at: NOON, why } as const;
  const undecided = sampleInvitation({ progress, ...change });
  expect(actionsOn(undecided)).toEqual(
    isOffered ? ['leave', 'send-now', 'edit'] : ['leave', 'edit'],
  );
  expect(actionsOn({ ...undecided, mayHaveLeft: true })).not.toContain('send-now');
});

test('[row 244] replaces an invitation only while it is open and can be corrected', () => {
  const replaceable = EVERY_PROGRESS.filter((progress) =>
    isReplaceable(sampleInvitation({ progress })),
  );
  expect(replaceable.map(({ state }) => state)).toEqual(['held', 'waiting', 'needs_decision']);
});
