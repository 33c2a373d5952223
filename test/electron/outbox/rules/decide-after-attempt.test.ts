import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decideAfterAttempt,
  explainRefusal,
  needsEvidence,
} from '../../../../electron/outbox/rules/decide-after-attempt.ts';
import {
  NONE_LISTED,
  type UnclaimedSend,
  type WindowEvidence,
} from '../../../../electron/outbox/rules/evidence.ts';
import { possibleSend } from '../../../../electron/outbox/rules/build-decision.ts';
import type { Outcome, RefusedStatus } from '../../../../shared/attempt.ts';
import type { KnownSend } from '../../../../electron/outbox/partoo-port.ts';
import type { Row } from '../../../../electron/outbox/store-port.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts';
import { aRow, NINE } from '../../../support/builders/row.ts';
import {
  anyAttemptedRow,
  anyChance,
  anyEvidence,
  anyOutcome,
  REASON,
} from '../../../support/builders/arbitrary.ts';

const NOW = NINE + 5 * SECOND_MS;
/** When the invitation of these tests was first tried and got no answer. */
const BEFORE = NINE - 10 * MINUTE_MS;

const sending = {
  progress: { state: 'sending', at: NINE },
  lastAttemptAt: NINE,
  sentAt: NINE,
} as const;
const unforced = aRow({ ...sending, attempts: 1 });
const forced = aRow({
  ...sending,
  attempts: 1,
  forceReason: REASON,
  seenSentAt: NINE - 4 * DAY_MS,
});
const unforcedAgain = aRow({ ...sending, attempts: 2, unclearAttempts: 1, unclearSince: BEFORE });

const notAsked: WindowEvidence = { kind: 'not-asked' };
const noAnswer: WindowEvidence = { kind: 'no-answer' };
const sends = (...unclaimed: readonly UnclaimedSend[]): WindowEvidence => ({
  kind: 'sends',
  sends: unclaimed,
  unclaimed,
  elsewhere: NONE_LISTED,
});
const sendsElsewhere = (...sent: readonly KnownSend[]): WindowEvidence => {
  const unclaimed = sent.map(({ id, sentAt: at, by }) => ({
    id,
    sentAt: at,
    by,
    businessId: 'another',
  }));
  return { kind: 'sends', ...NONE_LISTED, elsewhere: { sends: unclaimed, unclaimed } };
};
const someSends = (...unclaimed: readonly KnownSend[]): WindowEvidence => ({
  kind: 'some-sends',
  sends: unclaimed,
  unclaimed,
  elsewhere: NONE_LISTED,
});
const UNDATED: KnownSend = { id: 'p-0', sentAt: null, by: 'Léa' };
const sentAt = (instant: number): KnownSend => ({
  id: 'p-1',
  sentAt: instant,
  by: 'Practice Desk',
});

const refused = (status: RefusedStatus): Outcome => ({
  kind: 'refused',
  status,
  text: 'No',
});
const unclear: Outcome = { kind: 'unclear', cause: 'timeout', notBeforeMs: 0 };
const accepted: Outcome = { kind: 'accepted', partooId: 'p-9' };
const notSent: Outcome = { kind: 'not-sent', cause: 'dns' };
const keyRefused: Outcome = { kind: 'halt', scope: 'key', text: 'Bad key' };
const noAccess: Outcome = { kind: 'halt', scope: 'business', text: 'No access' };
const later: Outcome = { kind: 'later', pauseMs: MINUTE_MS };

const judge = (row: Row, outcome: Outcome, evidence: WindowEvidence = notAsked) =>
  decideAfterAttempt({ outcome, row, evidence, now: NOW, random: 0.5 });

describe('the event table', () => {
  const rows = { unforced, forced, 'unforced after an unclear one': unforcedAgain };
  type Which = keyof typeof rows;
  const table: readonly (readonly [string, Which, Outcome, WindowEvidence, object])[] = [
    ['is accepted', 'unforced', accepted, notAsked, { state: 'accepted', evidence: 'response' }],
    ['is accepted', 'forced', accepted, notAsked, { state: 'accepted', evidence: 'response' }],
    [
      'is accepted: the first attempt was lost',
      'unforced after an unclear one',
      accepted,
      notAsked,
      { state: 'accepted', evidence: 'response' },
    ],

    ['waits for a later try', 'unforced', notSent, notAsked, { state: 'waiting' }],
    ['waits for a later try', 'forced', notSent, notAsked, { state: 'waiting' }],
    [
      '[row 42] waits without a counted failure',
      'unforced',
      later,
      notAsked,
      { state: 'waiting', dueAt: NOW },
    ],
    [
      '[row 42] waits without a counted failure',
      'forced',
      later,
      notAsked,
      { state: 'waiting', dueAt: NOW },
    ],
    ['[row 37] waits', 'unforced', keyRefused, notAsked, { state: 'waiting', dueAt: NOW }],
    ['[row 37] waits', 'forced', keyRefused, notAsked, { state: 'waiting', dueAt: NOW }],
    ['[row 38] waits', 'unforced', noAccess, notAsked, { state: 'waiting', dueAt: NOW }],
    ['[row 38] waits', 'forced', noAccess, notAsked, { state: 'waiting', dueAt: NOW }],

    ['[row 43] is searched', 'unforced', unclear, notAsked, { state: 'unconfirmed' }],
    ['[row 44] is searched', 'forced', unclear, notAsked, { state: 'unconfirmed' }],

    [
      '[row 33] needs a person, with the time',
      'unforced',
      refused(400),
      sends(sentAt(NOW - DAY_MS)),
      { state: 'needs_decision', why: 'window' },
    ],
    [
      '[row 40] needs a person, with the time',
      'unforced',
      refused(409),
      sends(sentAt(NOW - DAY_MS)),
      { state: 'needs_decision', why: 'window' },
    ],
    [
      '[row 34] is invalid',
      'unforced',
      refused(400),
      sends(),
      { state: 'refused', why: 'invalid', text: 'No' },
    ],
    [
      '[row 34] is invalid when the last SMS is too long ago to close the window',
      'unforced',
      refused(422),
      sends(sentAt(NOW - 10 * DAY_MS - HOUR_MS)),
      { state: 'refused', why: 'invalid' },
    ],
    [
      '[row 138] is the resend window when the last SMS is ten days and some seconds old',
      'unforced',
      refused(400),
      sends(sentAt(NOW - 10 * DAY_MS - 3 * SECOND_MS)),
      { state: 'needs_decision', why: 'window' },
    ],
    [
      '[row 124] is the resend window when an SMS for another business is listed',
      'unforced',
      refused(400),
      sendsElsewhere(sentAt(NOW - DAY_MS)),
      { state: 'needs_decision', why: 'window' },
    ],
    [
      '[row 124] learns nothing about an earlier attempt from an SMS for another business',
      'unforced after an unclear one',
      refused(400),
      sendsElsewhere(sentAt(NOW)),
      { state: 'maybe_sent' },
    ],
    [
      '[row 35] has an unknown cause',
      'unforced',
      refused(400),
      noAnswer,
      { state: 'refused', why: 'unclear', text: 'No' },
    ],
    [
      'is refused without a search',
      'forced',
      refused(400),
      notAsked,
      { state: 'refused', why: 'invalid', text: 'No' },
    ],
    [
      '[row 39] is refused',
      'unforced',
      refused(404),
      notAsked,
      { state: 'refused', why: 'invalid' },
    ],
    ['[row 39] is refused', 'forced', refused(404), notAsked, { state: 'refused', why: 'invalid' }],

    [
      '[row 47] was ours',
      'unforced after an unclear one',
      refused(400),
      sends(sentAt(BEFORE + SECOND_MS)),
      { state: 'accepted', evidence: 'search' },
    ],
    [
      '[row 47] was another desk’s',
      'unforced after an unclear one',
      refused(400),
      sends(sentAt(BEFORE - DAY_MS)),
      { state: 'refused', why: 'window' },
    ],
    [
      '[row 47] may have been ours',
      'unforced after an unclear one',
      refused(400),
      noAnswer,
      { state: 'maybe_sent' },
    ],
    [
      'may have been sent, although the search shows nothing',
      'unforced after an unclear one',
      refused(400),
      sends(),
      { state: 'maybe_sent' },
    ],
    [
      'may have been sent by the first attempt, whatever fails in the second',
      'unforced after an unclear one',
      refused(404),
      notAsked,
      { state: 'maybe_sent' },
    ],
    [
      'is proved by the search after a refusal only when no other invitation claims the SMS',
      'unforced after an unclear one',
      refused(400),
      { kind: 'sends', sends: [sentAt(NOW)], unclaimed: [], elsewhere: NONE_LISTED },
      { state: 'refused', why: 'window' },
    ],

    [
      '[row 141] needs a person: an SMS without a time counts as sent now',
      'unforced',
      refused(400),
      sends(UNDATED),
      { state: 'needs_decision', why: 'window' },
    ],
    [
      '[row 325] may have been sent: an SMS that may be another desk’s may be its own',
      'unforced after an unclear one',
      refused(400),
      sends({ ...sentAt(NOW), isOfAnother: true }),
      { state: 'maybe_sent' },
    ],
    [
      '[row 141] may have been sent: an SMS without a time may be its own',
      'unforced after an unclear one',
      refused(400),
      sends(UNDATED, sentAt(BEFORE - DAY_MS)),
      { state: 'maybe_sent' },
    ],
    [
      '[row 128] needs a person: a partial list shows an SMS',
      'unforced',
      refused(400),
      someSends(sentAt(NOW - DAY_MS)),
      { state: 'needs_decision', why: 'window' },
    ],
    [
      '[row 128] has an unknown cause: a partial list shows no SMS in the resend window',
      'unforced',
      refused(400),
      someSends(sentAt(NOW - 11 * DAY_MS)),
      { state: 'refused', why: 'unclear' },
    ],
    [
      '[row 128] was ours: a partial list proves it',
      'unforced after an unclear one',
      refused(400),
      someSends(sentAt(BEFORE + SECOND_MS)),
      { state: 'accepted', evidence: 'search' },
    ],
    [
      '[row 128] may have been ours: the rest of the list is unknown',
      'unforced after an unclear one',
      refused(400),
      someSends(sentAt(BEFORE - DAY_MS)),
      { state: 'maybe_sent' },
    ],
  ];
  test.each(table)('%s: %s, %j', (_title, which, outcome, evidence, progress) => {
    expect(judge(rows[which], outcome, evidence).progress).toMatchObject(progress);
  });
});

describe('[row 138] a refusal at the very end of the resend window', () => {
  const listed = sends(sentAt(NOW - 10 * DAY_MS - 3 * SECOND_MS));
  const SOON = 5 * MINUTE_MS;

  test('keeps the window closed for some minutes, whatever the search shows', () => {
    const { sentAt: countsFrom } = judge(unforced, refused(400), listed);
    expect(countsFrom).toBe(NOW - 10 * DAY_MS + SOON);
  });

  test('is explained later by the search result of that moment', () => {
    const asked = NOW + 2 * DAY_MS;
    expect(explainRefusal({ at: NOW, text: 'No' }, listed, asked)).toMatchObject({
      progress: { state: 'needs_decision', why: 'window', at: asked },
      sentAt: NOW - 10 * DAY_MS + SOON,
    });
    expect(explainRefusal({ at: NOW, text: 'No' }, sends(), asked)).toMatchObject({
      progress: { state: 'refused', why: 'invalid', at: asked },
    });
  });
});

describe('the new state keeps', () => {
  test('Partoo’s id of an accepted invitation, and the moment from which the window counts', () => {
    expect(judge(unforced, accepted)).toMatchObject({ partooId: 'p-9', sentAt: NOW });
  });

  test('id and time from the search', () => {
    expect(judge(unforcedAgain, refused(400), sends(sentAt(BEFORE)))).toMatchObject({
      partooId: 'p-1',
      sentAt: BEFORE,
    });
  });

  test('the other desk’s time when the resend window was closed', () => {
    const evidence = sends(sentAt(NOW - DAY_MS));
    expect(judge(unforced, refused(400), evidence).sentAt).toBe(NOW - DAY_MS);
  });

  test('no send time when it is proved that nothing was sent', () => {
    expect(judge(unforced, notSent).sentAt).toBeNull();
    expect(judge(forced, later).sentAt).toBeNull();
  });

  test('the possible send when an earlier attempt is still unclear', () => {
    expect(judge(unforcedAgain, notSent).sentAt).not.toBeNull();
    expect(judge(unforcedAgain, keyRefused).sentAt).not.toBeNull();
  });
});

describe('the next step is due', () => {
  test('soon for an unclear attempt: it is searched', () => {
    const { progress } = judge(unforced, unclear);
    expect(progress).toEqual({ state: 'unconfirmed', at: NOW, dueAt: NOW + 5 * SECOND_MS });
  });

  test('[row 45] not before Partoo’s Retry-After', () => {
    const outcome: Outcome = { ...unclear, notBeforeMs: 7 * MINUTE_MS };
    expect(judge(unforced, outcome).progress).toMatchObject({ dueAt: NOW + 7 * MINUTE_MS });
  });

  test('[row 15] after a growing, spread time when nothing was sent', () => {
    const dueAt = (attempts: number, random: number): number => {
      const row = { ...unforced, attempts };
      const { progress } = decideAfterAttempt({
        outcome: notSent,
        row,
        evidence: notAsked,
        now: NOW,
        random,
      });
      return progress.state === 'waiting' ? progress.dueAt - NOW : -1;
    };
    expect(dueAt(1, 0)).toBe(0);
    expect(dueAt(1, 0.5)).toBe(2 * SECOND_MS);
    expect(dueAt(3, 0.5)).toBe(8 * SECOND_MS);
    expect(dueAt(400, 0.5)).toBe(150 * SECOND_MS);
  });
});

test('[row 146] a search is needed exactly when an unforced refusal could mean the resend window', () => {
  for (const status of [400, 402, 409, 412, 422, 423] as const) {
    expect(needsEvidence(refused(status), unforced)).toBe(true);
    expect(needsEvidence(refused(status), forced)).toBe(false);
  }
  for (const outcome of [
    refused(404),
    refused(405),
    refused(410),
    refused(413),
    refused(415),
    unclear,
    later,
  ]) {
    expect(needsEvidence(outcome, unforced)).toBe(false);
  }
});

describe('any outcome', () => {
  const facts = fc.record({
    outcome: anyOutcome,
    row: anyAttemptedRow,
    evidence: anyEvidence,
    now: fc.integer({ min: NINE - DAY_MS, max: NINE + 20 * DAY_MS }),
    random: anyChance,
  });
  const mayHaveLeft = ({ outcome, row }: { outcome: Outcome; row: Row }) =>
    outcome.kind === 'unclear' || row.unclearAttempts > 0;

  test('leads to a decision, and never to `sending`', () => {
    fc.assert(
      fc.property(facts, (given) => {
        expect(['held', 'sending', 'expired', 'cancelled']).not.toContain(
          decideAfterAttempt(given).progress.state,
        );
      }),
    );
  });

  test('does not return a forced invitation to the queue after an unclear attempt', () => {
    fc.assert(
      fc.property(facts, (given) => {
        fc.pre(given.row.invitation.forceReason !== null && given.outcome.kind === 'unclear');
        expect(decideAfterAttempt(given).progress.state).toBe('unconfirmed');
      }),
    );
  });

  test('[I3] is accepted only with evidence: an id that Partoo returned or lists', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { progress, partooId, sentAt: since } = decideAfterAttempt(given);
        if (progress.state !== 'accepted') return;
        expect(partooId).not.toBeNull();
        expect(since).not.toBeNull();
        if (progress.evidence === 'response') expect(given.outcome.kind).toBe('accepted');
        else expect(['sends', 'some-sends']).toContain(given.evidence.kind);
      }),
    );
  });

  test('[I4] calls nothing that may have been sent invalid, and its send counts', () => {
    fc.assert(
      fc.property(facts, (given) => {
        fc.pre(mayHaveLeft(given));
        const { progress, sentAt: since } = decideAfterAttempt(given);
        expect(since).not.toBeNull();
        if (progress.state === 'refused') expect(progress.why).toBe('window');
      }),
    );
  });

  test('makes nothing due in the past', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { progress } = decideAfterAttempt(given);
        if ('dueAt' in progress) expect(progress.dueAt).toBeGreaterThanOrEqual(given.now);
      }),
    );
  });

  test('leaves no closed window when nothing was sent, except for another desk’s SMS', () => {
    fc.assert(
      fc.property(facts, (given) => {
        fc.pre(!mayHaveLeft(given) && given.outcome.kind !== 'accepted');
        const { progress, sentAt: since } = decideAfterAttempt(given);
        if (progress.state === 'needs_decision') expect(since).not.toBeNull();
        else expect(since).toBeNull();
        expect(possibleSend(given.row)).toBeNull();
      }),
    );
  });
});
