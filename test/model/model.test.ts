import { afterAll, describe, expect, test } from 'vitest';
import { NONE_LISTED, type WindowEvidence } from '../../electron/outbox/rules/evidence.ts';
import { QUARANTINE_MS } from '../../shared/resend-window.ts';
import { explore, findRestless, type Promised } from './explore.ts';
import { openRestores, type Restore } from './restore.ts';
import { rulesWith, type Rules } from './steps.ts';
import {
  afterRestore,
  FORCED,
  FORCED_AFTER_OWN,
  FORCED_NEXT_DAY,
  FRESH,
  IN_GAP,
  withAnotherBusiness,
  withEarlierBackup,
  withJump,
  withoutSearch,
  withRestore,
  type World,
} from './world.ts';

const restores = openRestores();
afterAll(restores.close);
const RULES = rulesWith(restores.restore);

const STARTS: readonly (readonly [string, World])[] = [
  ['never invited', FRESH],
  ['forced', FORCED],
  ['forced after an own SMS', FORCED_AFTER_OWN],
  ['[row 129] never invited, and no search has an answer', withoutSearch(FRESH)],
  ['[row 129] forced, and no search has an answer', withoutSearch(FORCED)],
  ['[row 125] never invited, and the clock is set during a flush', withJump(FRESH)],
  ['[row 125] forced, and the clock is set during a flush', withJump(FORCED)],
  ['[row 103] restored, not sent since', afterRestore(FRESH, 'nothing')],
  ['[row 103] restored, sent since', afterRestore(FRESH, 'sent')],
  ['[row 103] restored, forced, not sent since', afterRestore(FORCED, 'nothing')],
  ['[row 103] restored, forced, sent since', afterRestore(FORCED, 'sent')],
  ['[row 122] never invited, and restored at any time', withRestore(FRESH)],
  ['[row 122] forced, and restored at any time', withRestore(FORCED)],
  ['[row 197] typed after a backup that is restored at any time', withEarlierBackup(FRESH)],
  ['[row 197] forced after a backup that is restored at any time', withEarlierBackup(FORCED)],
  ...(['organisation', 'business'] as const).flatMap(
    (windowScope): readonly (readonly [string, World])[] => [
      [
        `[row 123] never invited, another business sends, ten days for each ${windowScope}`,
        withAnotherBusiness(FRESH, windowScope),
      ],
      [
        `[row 123] forced, another business sends, ten days for each ${windowScope}`,
        withAnotherBusiness(FORCED_NEXT_DAY, windowScope),
      ],
      [
        `[row 123] typed after a restore, another business sends, ten days for each ${windowScope}`,
        withAnotherBusiness(IN_GAP, windowScope),
      ],
    ],
  ),
];
/** A restore that trusts its backup. */
const trusting: Restore = (at) => at.backup ?? restores.restore(at);

describe.each(STARTS)('%s', (_title, start) => {
  const look = once(() => explore(start, RULES));

  test('[I1] [I3] [I4] [I7] no order of answers, losses, crashes, cancels and delays breaks a promise', () => {
    const { worlds, counterexample } = look();
    expect(counterexample).toBeUndefined();
    expect(worlds.length).toBeGreaterThan(100);
  });

  test('[I8] once nothing fails any more, every row ends or needs a person', () => {
    expect(findRestless(look().worlds, RULES)).toBeUndefined();
  });
});

describe('each rule is needed: without it the model finds a broken promise', () => {
  const { decideAfterAttempt, decideUnconfirmed, check, byHand } = RULES;
  const without: readonly (readonly [string, World, Partial<Rules>, Promised])[] = [
    [
      '`sending` on disk before the first byte (forced)',
      FORCED,
      { intent: 'after' },
      'a forced request begins once at most',
    ],
    [
      '`sending` on disk before the first byte (unforced)',
      FRESH,
      { intent: 'after' },
      'what may have left is remembered',
    ],
    [
      'the quarantine',
      FRESH,
      {
        decideUnconfirmed: (row, evidence, now, awakeMs) =>
          decideUnconfirmed(row, evidence, now + QUARANTINE_MS, awakeMs),
      },
      'one decision, one SMS at most',
    ],
    [
      '[row 129] the quarantine, when no search has an answer',
      withoutSearch(FRESH),
      {
        decideUnconfirmed: (row, evidence, now, awakeMs) =>
          decideUnconfirmed(row, evidence, now + QUARANTINE_MS, awakeMs),
      },
      'one decision, one SMS at most',
    ],
    [
      '[row 125] the clock is checked at each claim (set ahead)',
      withJump(FRESH),
      { isTimeStillValid: () => true },
      'nothing grows too old before its time',
    ],
    [
      '[row 125] the clock is checked at each claim (set back)',
      withJump(FRESH),
      { isTimeStillValid: () => true },
      'one decision, one SMS at most',
    ],
    [
      'a forced one is never repeated by itself',
      FORCED,
      {
        decideUnconfirmed: (row, evidence, now, awakeMs) =>
          decideUnconfirmed(unforced(row), evidence, now, awakeMs),
      },
      'a forced request begins once at most',
    ],
    [
      'an expiry far below the ten days',
      FRESH,
      { check: (facts) => check({ ...facts, outboxExpiryDays: 99 }) },
      'one decision, one SMS at most',
    ],
    [
      'a refusal after an unclear attempt is no proof that it was sent',
      FRESH,
      {
        decideAfterAttempt: (facts) =>
          facts.outcome.kind === 'refused' && facts.row.unclearAttempts > 0
            ? decideAfterAttempt({ ...facts, outcome: { kind: 'accepted', partooId: 'presumed' } })
            : decideAfterAttempt(facts),
      },
      'accepted means sent',
    ],
    [
      '… nor that it was not',
      FRESH,
      {
        decideAfterAttempt: (facts) =>
          facts.outcome.kind === 'refused'
            ? decideAfterAttempt({ ...facts, row: { ...facts.row, unclearAttempts: 0 } })
            : decideAfterAttempt(facts),
      },
      'cancelled, expired and refused mean never sent',
    ],
    [
      'an SMS that may have been sent is never called cancelled or expired',
      FRESH,
      {
        byHand: (move, row, times) => byHand(move, { ...row, unclearAttempts: 0 }, times),
      },
      'cancelled, expired and refused mean never sent',
    ],
    [
      'the SMS that the person saw proves nothing',
      FORCED,
      {
        decideUnconfirmed: (row, evidence, now, awakeMs) =>
          decideUnconfirmed({ ...row, seenSentAt: null }, evidence, now, awakeMs),
      },
      'accepted means sent',
    ],
    [
      '[row 103] an open invitation of a backup is in doubt (forced)',
      afterRestore(FORCED, 'sent', trusting),
      { judgeLook: () => ({ kind: 'send' }) },
      'a forced request begins once at most',
    ],
    [
      '[row 103] an open invitation of a backup is in doubt (unforced)',
      afterRestore(FRESH, 'sent', trusting),
      {},
      'cancelled, expired and refused mean never sent',
    ],
    [
      '[row 122] an ended invitation of the replaced database keeps its end',
      withRestore(FRESH),
      { restore: (at) => restores.restore({ ...at, current: at.backup }) },
      'what a person has called off is not sent',
    ],
    [
      '[row 122] an invitation that may have been cancelled waits for a person',
      withRestore(FRESH),
      { restore: (at) => ({ ...restores.restore(at), onlyByPerson: false }) },
      'what a person has called off is not sent',
    ],
    [
      '[row 197] an open invitation of the replaced database stays as it is',
      withRestore(FRESH),
      { restore: (at) => restores.restore({ ...at, current: undefined }) },
      'a restore on purpose leaves it as it stands',
    ],
    [
      '[row 123] a search includes other businesses',
      withAnotherBusiness(IN_GAP, 'business'),
      { withElsewhere: (own) => own },
      'what another desk has sent stops a look',
    ],
    [
      '[row 123] … and a failed search of one counts as missing',
      withAnotherBusiness(IN_GAP, 'business'),
      {
        withElsewhere: (own, found, ...rest) =>
          found.ok ? RULES.withElsewhere(own, found, ...rest) : own,
      },
      'what another desk has sent stops a look',
    ],
    [
      '[row 123] an SMS for another business never counts as its own',
      withAnotherBusiness(FRESH, 'organisation'),
      {
        decideAfterAttempt: (facts) =>
          decideAfterAttempt({ ...facts, evidence: asOwn(facts.evidence) }),
      },
      'accepted means sent',
    ],
    [
      'an SMS that another invitation claims proves nothing',
      FORCED_AFTER_OWN,
      {
        evidenceIn: (found) =>
          found.ok
            ? { kind: 'sends', sends: found.value, unclaimed: found.value, elsewhere: NONE_LISTED }
            : { kind: 'no-answer' },
      },
      'accepted means sent',
    ],
  ];

  test.each(without)('%s', (_title, start, change, promise) => {
    const { counterexample } = explore(start, { ...RULES, ...change }, promise);
    expect(counterexample?.promise).toBe(promise);
    expect(counterexample?.way.length).toBeGreaterThan(0);
  });
});

/** Computes the result at the first call. */
function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => (done ??= { value: work() }).value;
}

/** SMS listed for other businesses, counted as the row's own. */
function asOwn(evidence: WindowEvidence): WindowEvidence {
  if (evidence.kind !== 'sends' && evidence.kind !== 'some-sends') return evidence;
  const { sends, unclaimed, elsewhere } = evidence;
  return {
    ...evidence,
    sends: [...sends, ...elsewhere.sends],
    unclaimed: [...unclaimed, ...elsewhere.unclaimed],
  };
}

function unforced(row: World['row']): World['row'] {
  return { ...row, invitation: { ...row.invitation, forceReason: null } };
}
