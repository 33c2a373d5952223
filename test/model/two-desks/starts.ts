import { MINUTE_MS } from '../../../shared/time.ts';
import { follow } from './explore.ts';
import { RULES } from './rules.ts';
import { APART_MS, aWorld, LATE_MS, SOON_MS, type World } from './world.ts';

// Each start leaves out what its faults do not concern, so that every order of the rest can be explored.

/** Longer than a server that was started again takes to count as settled. */
const SETTLED_MS = 2 * MINUTE_MS;
const WITH_PUSHES = { leavesOut: ['pauses'] } as const;
const WITH_SENDS = { leavesOut: ['pauses', 'open-pushes'] } as const;

/** Both desks reach the database; Partoo checks before it sends. */
export const REACHED = aWorld({ left: { times: 2, crashes: 1 } });
/** The same with two invitations that were forced after one older SMS. */
export const REACHED_FORCED = aWorld({
  rows: 'forced',
  left: { times: 1, crashes: 1, failures: 1 },
});
/** The same with one forced invitation. */
export const REACHED_ONE_FORCED = aWorld({ rows: 'one-forced', left: { times: 1, crashes: 1 } });
/** The network of a desk fails. Partoo checks as it sends. */
export const CUT_OFF = aWorld({
  ...WITH_SENDS,
  partoo: 'one-step',
  timesMs: [APART_MS],
  left: { times: 1, cuts: 1 },
});
/** The same with two forced invitations. */
export const CUT_OFF_FORCED = aWorld({
  ...WITH_SENDS,
  rows: 'forced',
  partoo: 'one-step',
  timesMs: [APART_MS],
  left: { times: 1, cuts: 1 },
});
/** The network of a desk fails. The organisation prefers to wait. */
export const CUT_OFF_AND_WAITING = aWorld({
  whenApart: 'wait',
  timesMs: [APART_MS],
  left: { times: 2, cuts: 1 },
});
/** The database forgets everything, or the last acknowledged commit. Partoo checks as it sends. */
export const RESTORED = aWorld({
  ...WITH_SENDS,
  partoo: 'one-step',
  timesMs: [SETTLED_MS],
  left: { times: 1, restores: 1 },
});
/** The same while Partoo refuses nothing: two businesses, and ten days for each. */
export const RESTORED_WITHOUT_CHECK: World = { ...RESTORED, partoo: 'no-check' };
/** A begins to send. */
export const FIRST_BYTE = ['A claims: granted', 'A: the first byte'];
/** A call is late, or its answer is lost. */
export const LATE_CALLS = aWorld({
  timesMs: [SOON_MS],
  left: { times: 1, lateCalls: 1, lostAnswers: 1, failures: 1 },
});
/** The PC of A sleeps at any moment of a send. A person at B sees the possible SMS, and sends again anyway. */
export const ASLEEP = aWorld({
  rows: 'only-a-forced',
  leavesOut: ['pushes'],
  timesMs: [SOON_MS],
  left: { times: 1, forces: 1 },
});
/** A customer says no at B. */
export const REFUSED = aWorld({ ...WITH_PUSHES, rows: 'forced', left: { refusals: 1 } });
/** The same, and the database forgets. */
export const REFUSED_AND_RESTORED = aWorld({ ...WITH_PUSHES, left: { refusals: 1, restores: 1 } });
/** B erases the customer. */
export const ERASED = aWorld({ ...WITH_PUSHES, left: { erasures: 1 } });
/** The network of A fails, and B takes its invitation over. */
export const SILENT = aWorld({
  ...WITH_PUSHES,
  rows: 'only-a',
  partoo: 'one-step',
  timesMs: [LATE_MS],
  left: { times: 1, cuts: 1, failures: 1, takeOvers: 1 },
});
/** The same with a forced invitation. */
export const SILENT_FORCED = aWorld({
  ...WITH_PUSHES,
  rows: 'only-a-forced',
  partoo: 'one-step',
  timesMs: [LATE_MS],
  left: { times: 1, cuts: 1, takeOvers: 1 },
});
const UNCLEAR = follow(
  aWorld({ ...WITH_SENDS, rows: 'only-a', timesMs: [LATE_MS], left: { times: 1 } }),
  RULES,
  [...FIRST_BYTE, 'the request of A is lost', 'A hears nothing'],
);
/** The first request of A was lost. A person at B sends again anyway. */
export const UNCLEAR_AND_FORCED: World = { ...UNCLEAR, left: { ...UNCLEAR.left, forces: 1 } };
/** The same while the SMS of B can be the one of A: both may search for it. */
export const BOTH_UNCLEAR: World = {
  ...UNCLEAR,
  timesMs: [SOON_MS],
  left: { ...UNCLEAR.left, forces: 1, times: 2 },
};
/** The first request of A was lost. B erases the customer. */
export const UNCLEAR_AND_ERASED: World = { ...UNCLEAR, left: { ...UNCLEAR.left, erasures: 1 } };
