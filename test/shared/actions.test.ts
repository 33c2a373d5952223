import { expect, test } from 'vitest';
import { actionsOn } from '../../shared/actions.ts';
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
])('a finished one can be corrected where no SMS arrived: %j', (progress, actions) => {
  expect(actionsOn(sampleInvitation({ progress }))).toEqual(actions);
});

test('an open one is one of the outbox', () => {
  const open: readonly string[] = OPEN_STATES;
  for (const progress of EVERY_PROGRESS)
    expect(isOpen({ progress })).toBe(open.includes(progress.state));
});
