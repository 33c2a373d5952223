import { describe, expect, test } from 'vitest';
import { SECOND_MS } from '../../shared/time.ts';
import { isInFlight, takeTurns, type ClaimAnswered } from './two-desks/database.ts';
import { explore, follow } from './two-desks/explore.ts';
import {
  ATTRIBUTES_NOTHING,
  FLIGHTS_END,
  NUMBERS_START_AGAIN,
  OVERLOOKS_FLIGHTS,
  PUSHES_BLINDLY,
  RESERVES_NOTHING,
} from './two-desks/switched-off.ts';
import { NO_DOUBLE_EVER, type Promised } from './two-desks/promises.ts';
import { findFullMinute } from './two-desks/rate.ts';
import { RULES, type Rules } from './two-desks/rules.ts';
import {
  REACHED,
  REACHED_FORCED,
  REACHED_ONE_FORCED,
  CUT_OFF,
  CUT_OFF_AND_WAITING,
  CUT_OFF_FORCED,
  RESTORED,
  RESTORED_WITHOUT_CHECK,
  FIRST_BYTE,
  LATE_CALLS,
  ASLEEP,
  REFUSED,
  REFUSED_AND_RESTORED,
  ERASED,
  SILENT,
  SILENT_FORCED,
  BOTH_UNCLEAR,
  UNCLEAR_AND_FORCED,
  UNCLEAR_AND_ERASED,
} from './two-desks/starts.ts';
import { aWorld, LATE_MS, type World } from './two-desks/world.ts';

const STARTS: readonly (readonly [string, World, Rules])[] = [
  ['[row 286] the database is reached', REACHED, RULES],
  ['[row 286] the database is reached, both forced', REACHED_FORCED, RULES],
  ['[row 286] the database is reached, one forced', REACHED_ONE_FORCED, RULES],
  ['one desk is cut off, Partoo checks as it sends', CUT_OFF, RULES],
  ['one desk is cut off and waits', CUT_OFF_AND_WAITING, RULES],
  ['[row 285] the database is restored or fails over', follow(RESTORED, RULES, FIRST_BYTE), RULES],
  [
    '[row 285] … and Partoo checks nothing',
    follow(RESTORED_WITHOUT_CHECK, RULES, FIRST_BYTE),
    RULES,
  ],
  [
    '[row 285] a failover loses a claim, and Partoo checks nothing',
    follow(RESTORED_WITHOUT_CHECK, RULES, ['A claims: granted, lost in a failover']),
    RULES,
  ],
  ['[row 289] calls are late or have no answer', LATE_CALLS, RULES],
  ['a PC sleeps, and a person forces at the other desk', ASLEEP, RULES],
  ['a customer says no at one desk, both forced', REFUSED, RULES],
  ['[row 288] a customer is erased at one desk', ERASED, RULES],
  ['a desk is silent, and its invitation is taken over', SILENT, RULES],
  ['a desk with a forced invitation is silent', SILENT_FORCED, RULES],
];

const LOCAL: readonly Promised[] = [
  '[S2] a Partoo that checks as it sends: no second unforced SMS',
  '[S3] no first byte without `sending` on disk and a fresh permission',
  '[S11] accepted means sent',
  '[S11] cancelled, expired and refused mean never sent',
];

const ANY: readonly ClaimAnswered[] = [
  { is: 'granted', claim: 7 },
  { is: 'window', sentAt: 1, proved: true },
  { is: 'refused', since: 1 },
  { is: 'turn', waitMs: 1000 },
  { is: 'look' },
  { is: 'erased' },
  { is: 'taken' },
  { is: 'busy' },
  { is: 'clock' },
  { is: 'SD003' },
];
const alwaysGranted: Rules['claim'] = (db, now, call) => {
  const others = db.sends.filter(({ desk }) => desk !== call.desk);
  const called = RULES.claim({ ...db, sends: [] }, now, call);
  return { ...called, db: { ...called.db, sends: [...others, ...called.db.sends] } };
};

const takeOverTried: Rules['takeOver'] = (db, now, call) => {
  const untried = db.open.map((one) => ({ ...one, forced: false, tried: false }));
  const called = RULES.takeOver({ ...db, sends: [], open: untried }, now, call);
  const open = db.open.map((one) =>
    called.answer === 'yours' && one.invitation === call.invitation
      ? { ...one, takenBy: call.desk }
      : one,
  );
  return { ...called, db: { ...db, open } };
};

describe('two desks, the site database and Partoo', () => {
  test.each(STARTS)('%s: no order of events breaks a promise', (_title, start, rules) => {
    const { worlds, counterexample } = explore(start, rules, { atRest: true });
    expect(counterexample).toBeUndefined();
    expect(worlds).toBeGreaterThan(100);
  });

  test.each([
    ['whatever the database answers', 'only-a', ANY],
    ['however often the database grants', 'unforced', ANY.slice(0, 2)],
  ] as const)('[S11] %s, a desk keeps its own promises', (_title, rows, answers) => {
    const start = aWorld({ rows, partoo: 'one-step', timesMs: [LATE_MS], left: { times: 1 } });
    const answersTo: Rules['answersTo'] = ({ db }) => answers.map((answer) => ({ db, answer }));
    const { worlds, counterexample } = explore(start, { ...RULES, answersTo }, { only: LOCAL });
    expect(counterexample).toBeUndefined();
    expect(worlds).toBeGreaterThan(100);
  });

  test('[S8] no minute has more requests than the organisation may make', () => {
    expect(findFullMinute(takeTurns)).toBeUndefined();
  });
});

describe('each rule is needed: without it the model finds a broken promise', () => {
  const S1 = '[S1] a whole database that is reached: no second SMS';
  const S4 = '[S4] the database remembers a possible SMS';
  const S9 = '[S9] a claim of a forgetful database overlooks no listed SMS';
  const without: readonly (readonly [string, World, Partial<Rules>, Promised])[] = [
    ['the claim', REACHED, { claim: alwaysGranted }, S1],
    ['the lock from the question to the grant', REACHED, { locks: false }, S1],
    [
      '[row 287] a claim never becomes free by itself (forced)',
      REACHED_FORCED,
      {
        claim: (db, now, call) => {
          const sends = db.sends.filter(
            (one) => one.desk === call.desk || isInFlight(one, now) || one.state !== 'in_flight',
          );
          return RULES.claim({ ...db, sends }, now, call);
        },
      },
      S1,
    ],
    [
      'a desk that is apart searches first',
      CUT_OFF,
      { searchesWhenApart: false },
      '[S3] a desk that is apart sends only after a search',
    ],
    ['a permission is at most a minute old', ASLEEP, { isFreshFor: Number.POSITIVE_INFINITY }, S1],
    [
      '[row 281] after a restart claims need a search',
      RESTORED_WITHOUT_CHECK,
      {
        claim: (db, now, call) =>
          RULES.claim({ ...db, isRestarted: false, settledAt: 0 }, now, call),
      },
      S9,
    ],
    [
      '[row 289] a late call takes back no later claim',
      LATE_CALLS,
      {
        settle: (db, now, call) => {
          const own = db.sends.find(({ desk }) => desk === call.desk);
          return RULES.settle(db, now, { ...call, claim: own?.claim ?? call.claim });
        },
      },
      S4,
    ],
    [
      'an invitation that was tried is not taken over',
      SILENT,
      { takeOver: takeOverTried },
      'only an invitation that was never tried is taken over',
    ],
    [
      'a forced invitation is not taken over',
      SILENT_FORCED,
      { takeOver: takeOverTried },
      NO_DOUBLE_EVER,
    ],
    [
      'a refusal holds for a forced invitation too',
      REFUSED,
      {
        claim: (db, now, call) => {
          const { refusals } = db;
          const called = RULES.claim(call.forced ? { ...db, refusals: [] } : db, now, call);
          return { ...called, db: { ...called.db, refusals } };
        },
      },
      '[S5] no claim is granted after a refusal',
    ],
    [
      '[row 288] a push of an erased invitation is not kept',
      ERASED,
      {
        push: (db, now, call) => {
          const { erasures } = db;
          const called = RULES.push({ ...db, erasures: [] }, now, call);
          return { ...called, db: { ...called.db, erasures } };
        },
      },
      '[S7] an erased number does not come back',
    ],
  ];

  test.each(without)('%s', (_title, start, change, promise) => {
    const { counterexample } = explore(start, { ...RULES, ...change }, { only: [promise] });
    expect(counterexample?.promise).toBe(promise);
  });

  test('[row 285] a desk that knows more than the database raises the epoch', () => {
    const hello: Rules['hello'] = (db, now, call) =>
      RULES.hello(db, now, { ...call, epoch: db.epoch, pushed: 0, pulled: 0 });
    const { counterexample } = explore(RESTORED, { ...RULES, hello }, { atRest: true });
    expect(counterexample?.promise).toBe('[S4] the database knows every SMS in the end');
  });

  test('[row 314] a desk says hello on a new connection: else it pushes nothing after a failover', () => {
    const { counterexample } = explore(
      REFUSED_AND_RESTORED,
      { ...RULES, saysHello: false },
      { atRest: true },
    );
    expect(counterexample?.promise).toBe('[S10] every row ends or needs a person');
  });

  test('a request counts for a whole minute', () => {
    const short: typeof takeTurns = (rate, now, purpose, count) => {
      const from = Math.round(now / SECOND_MS) - 59;
      const seconds = rate.seconds.filter(({ second }) => second >= from);
      return takeTurns({ ...rate, seconds }, now, purpose, count);
    };
    expect(findFullMinute(short)).toBeDefined();
  });
});

describe('what the design does not prevent: the database and Partoo both miss an SMS', () => {
  const LIMITS: readonly (readonly [string, World])[] = [
    ['one desk is cut off, and Partoo checks before it sends', { ...CUT_OFF, partoo: 'two-steps' }],
    ['one desk is cut off, and both have forced', CUT_OFF_FORCED],
    [
      '[row 285] the database forgets a claim, and Partoo checks before it sends',
      { ...RESTORED, partoo: 'two-steps' },
    ],
  ];

  test.each(LIMITS)('%s', (_title, start) => {
    const { counterexample } = explore(start, RULES, { only: [NO_DOUBLE_EVER] });
    expect(counterexample?.promise).toBe(NO_DOUBLE_EVER);
  });
});

describe('late and lost calls', () => {
  const S1 = '[S1] a whole database that is reached: no second SMS';
  const late: readonly (readonly [string, World, Partial<Rules>, Promised])[] = [
    [
      '[row 312] a late call takes no later claim back; with numbers that start again it does',
      LATE_CALLS,
      NUMBERS_START_AGAIN,
      S1,
    ],
    [
      '[row 313] a push of an earlier attempt does not end the flight of the next one',
      UNCLEAR_AND_FORCED,
      FLIGHTS_END,
      S1,
    ],
    [
      '[row 313] … so that an erasure waits for it',
      UNCLEAR_AND_ERASED,
      FLIGHTS_END,
      '[S7] an erasure waits for an SMS that is being sent',
    ],
  ];

  test.each(late)('%s', (_title, start, without, promise) => {
    expect(explore(start, RULES, { only: [promise] }).counterexample).toBeUndefined();
    const { counterexample } = explore(start, { ...RULES, ...without }, { only: [promise] });
    expect(counterexample?.promise).toBe(promise);
  });

  test.each([
    ['the database knows the SMS of other invitations', UNCLEAR_AND_FORCED, ATTRIBUTES_NOTHING],
    ['it reserves the SMS that proves one', BOTH_UNCLEAR, RESERVES_NOTHING],
    ['an SMS that is being sent may be any listed one', UNCLEAR_AND_FORCED, OVERLOOKS_FLIGHTS],
  ])('[row 325] one SMS proves no two invitations: %s', (_title, start, without) => {
    const only = ['[S12] an SMS proves one invitation'] as const;
    expect(explore(start, RULES, { only }).counterexample).toBeUndefined();
    const { counterexample } = explore(start, { ...RULES, ...without }, { only });
    expect(counterexample?.promise).toBe(only[0]);
  });

  test('[row 314] a push after a failover does not hide what the database forgot', () => {
    const pooled = { ...REFUSED_AND_RESTORED, isPooled: true };
    const forgotten = ['a customer says no at B', 'B pushes, lost in a failover'] as const;
    const knowing = explore(follow(pooled, RULES, forgotten), RULES, { atRest: true });
    expect(knowing.counterexample).toBeUndefined();
    const blind = { ...RULES, ...PUSHES_BLINDLY };
    const { counterexample } = explore(follow(pooled, blind, forgotten), blind, { atRest: true });
    expect(counterexample?.promise).toBe('[S5] the database knows every refusal in the end');
  });
});
