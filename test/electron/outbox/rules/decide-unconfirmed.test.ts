import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideUnconfirmed } from '../../../../electron/outbox/rules/decide-unconfirmed.ts';
import { NONE_LISTED, type WindowEvidence } from '../../../../electron/outbox/rules/evidence.ts';
import type { Row } from '../../../../electron/outbox/store-port.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts';
import { aRow, NINE } from '../../../support/builders/row.ts';
import { anyEvidence, REASON } from '../../../support/builders/arbitrary.ts';

/** When the unclear attempt ended, and the invitation became unconfirmed. */
const ENDED = NINE;
const BEGAN = NINE - 30 * SECOND_MS;

const unconfirmed = (changes: Parameters<typeof aRow>[0] = {}): Row =>
  aRow({
    progress: { state: 'unconfirmed', at: ENDED, dueAt: ENDED + 5 * SECOND_MS },
    attempts: 1,
    unclearAttempts: 1,
    unclearSince: BEGAN,
    lastAttemptAt: BEGAN,
    sentAt: BEGAN,
    ...changes,
  });
const forced = unconfirmed({ forceReason: REASON, seenSentAt: NINE - 4 * DAY_MS });

/** The PC has been awake all the time, unless a test says otherwise. */
const decide = (row: Row, evidence: WindowEvidence, now: number, awakeMs = now - ENDED) =>
  decideUnconfirmed(row, evidence, now, awakeMs);

const nothing: WindowEvidence = { kind: 'sends', sends: [], unclaimed: [], elsewhere: NONE_LISTED };
const noAnswer: WindowEvidence = { kind: 'no-answer' };
const send = (sentAt: number) => ({ id: 'p-1', sentAt, by: 'Practice Desk' });
const shown = (sentAt: number): WindowEvidence => ({
  kind: 'sends',
  sends: [send(sentAt)],
  unclaimed: [send(sentAt)],
  elsewhere: NONE_LISTED,
});

describe('evidence', () => {
  test.each([
    ['unforced', unconfirmed()],
    ['forced', forced],
  ])('[row 29] accepts at once: %s', (_title, row) => {
    expect(decide(row, shown(BEGAN + SECOND_MS), ENDED + SECOND_MS)).toEqual({
      progress: {
        state: 'accepted',
        at: ENDED + SECOND_MS,
        evidence: 'search',
        delivery: null,
      },
      sentAt: BEGAN + SECOND_MS,
      partooId: 'p-1',
      deliveryDueAt: ENDED + 31 * SECOND_MS,
    });
  });

  test('[row 325] that may belong to another desk does not accept, and leaves it to a person', () => {
    const sent = send(BEGAN + SECOND_MS);
    const unclaimed = [{ ...sent, isOfAnother: true }];
    const evidence: WindowEvidence = { ...nothing, sends: [sent], unclaimed };
    expect(decide(unconfirmed(), evidence, ENDED + SECOND_MS).progress.state).toBe('unconfirmed');
    expect(decide(unconfirmed(), evidence, ENDED + 10 * MINUTE_MS).progress).toMatchObject({
      state: 'needs_decision',
      why: 'unproved',
    });
  });

  test('of another send does not accept', () => {
    const { progress } = decide(unconfirmed(), shown(BEGAN - DAY_MS), ENDED + SECOND_MS);
    expect(progress.state).toBe('unconfirmed');
  });

  test('that belongs to another invitation does not accept', () => {
    const evidence: WindowEvidence = {
      kind: 'sends',
      sends: [send(BEGAN)],
      unclaimed: [],
      elsewhere: NONE_LISTED,
    };
    expect(decide(unconfirmed(), evidence, ENDED + SECOND_MS).progress.state).toBe('unconfirmed');
  });
});

describe('[row 141] an SMS without a time', () => {
  const undated: WindowEvidence = {
    kind: 'sends',
    sends: [{ id: 'p-0', sentAt: null, by: 'Léa' }],
    unclaimed: [{ id: 'p-0', sentAt: null, by: 'Léa' }],
    elsewhere: NONE_LISTED,
  };

  test('proves nothing while it may still be sent', () => {
    const { progress } = decide(unconfirmed(), undated, ENDED + SECOND_MS);
    expect(progress.state).toBe('unconfirmed');
  });

  test('stops every repeat: a person decides', () => {
    const { progress } = decide(unconfirmed(), undated, ENDED + DAY_MS);
    expect(progress).toMatchObject({ state: 'needs_decision', why: 'unproved' });
  });

  test('of another invitation says nothing about this one', () => {
    const claimed = { ...undated, unclaimed: [] };
    const { progress } = decide(unconfirmed(), claimed, ENDED + DAY_MS);
    expect(progress.state).toBe('waiting');
  });
});

test('[row 128] a partial list proves what it shows', () => {
  const evidence: WindowEvidence = {
    kind: 'some-sends',
    sends: [send(BEGAN)],
    unclaimed: [send(BEGAN)],
    elsewhere: NONE_LISTED,
  };
  const { progress } = decide(unconfirmed(), evidence, ENDED + SECOND_MS);
  expect(progress).toMatchObject({ state: 'accepted', evidence: 'search' });
});

describe('without evidence', () => {
  const after = (row: Row, ms: number, evidence: WindowEvidence = nothing) =>
    decide(row, evidence, ENDED + ms).progress;

  const TEN = 10 * MINUTE_MS;
  const THIRTY = 30 * MINUTE_MS;
  const unclear = (times: number, changes: Parameters<typeof aRow>[0] = {}) =>
    unconfirmed({ attempts: 5, unclearAttempts: times, ...changes });

  test.each([
    ['the search shows nothing', nothing],
    ['the search has no answer', noAnswer],
  ])(
    '[row 43] [row 129] an unforced one is searched for ten minutes, then sent again: %s',
    (_title, evidence) => {
      expect(after(unconfirmed(), 5 * SECOND_MS, evidence)).toEqual({
        state: 'unconfirmed',
        at: ENDED,
        dueAt: ENDED + 35 * SECOND_MS,
      });
      expect(after(unconfirmed(), TEN - 1, evidence).state).toBe('unconfirmed');
      expect(after(unconfirmed(), TEN, evidence)).toEqual({
        state: 'waiting',
        at: ENDED + TEN,
        dueAt: ENDED + TEN,
      });
    },
  );

  test('[row 129] the second repeat waits half an hour while Partoo does not answer', () => {
    expect(after(unclear(2), THIRTY - 1, noAnswer).state).toBe('unconfirmed');
    expect(after(unclear(2), THIRTY, noAnswer).state).toBe('waiting');
    // Ten minutes are enough as soon as the search answers again without an SMS.
    expect(after(unclear(2), TEN, nothing).state).toBe('waiting');
  });

  test('is searched at growing intervals, and once more at the very end', () => {
    const asked: number[] = [];
    let atMs = 5 * SECOND_MS;
    for (;;) {
      asked.push(atMs / SECOND_MS);
      const progress = after(unclear(2), atMs, noAnswer);
      if (progress.state !== 'unconfirmed') break;
      atMs = progress.dueAt - ENDED;
    }
    expect(asked).toEqual([5, 35, 105, 315, 615, 915, 1_215, 1_515, 1_800]);
  });

  test.each([
    ['the search shows nothing', nothing],
    ['the search has no answer', noAnswer],
  ])('[row 44] a forced one is never sent again, a person decides: %s', (_title, evidence) => {
    expect(after(forced, TEN - 1, evidence).state).toBe('unconfirmed');
    expect(after(forced, TEN, evidence)).toEqual({
      state: 'needs_decision',
      at: ENDED + TEN,
      why: 'unproved',
    });
  });

  test('[row 43] after three unclear attempts a person decides', () => {
    expect(after(unclear(2), TEN).state).toBe('waiting');
    expect(after(unclear(3), TEN)).toMatchObject({ state: 'needs_decision' });
    expect(after(unclear(4), TEN)).toMatchObject({ state: 'needs_decision' });
    expect(after(unclear(3), THIRTY, noAnswer)).toMatchObject({ state: 'needs_decision' });
  });

  test('[row 129] an SMS of a slow Partoo is recognised as ours up to the repeat', () => {
    const late = shown(ENDED + TEN - SECOND_MS);
    expect(after(unconfirmed(), TEN, late)).toMatchObject({ state: 'accepted' });
  });

  test('[row 72] a clock that was set back restarts the quarantine', () => {
    const back = ENDED - 365 * DAY_MS;
    expect(decide(unconfirmed(), nothing, back).progress).toEqual({
      state: 'unconfirmed',
      at: back,
      dueAt: back + 30 * SECOND_MS,
    });
  });
});

describe('for any database and any search result', () => {
  const anyUnconfirmed = fc
    .record({
      unclear: fc.integer({ min: 1, max: 4 }),
      since: fc.integer({ min: BEGAN - 3 * DAY_MS, max: BEGAN }),
      isForced: fc.boolean(),
    })
    .map(({ unclear, since, isForced }) =>
      unconfirmed({
        attempts: 4,
        unclearAttempts: unclear,
        unclearSince: since,
        forceReason: isForced ? REASON : null,
      }),
    );
  const anyNow = fc.integer({ min: ENDED - 2 * DAY_MS, max: ENDED + 20 * DAY_MS });

  test('[I4] it ends accepted, undecided, or waits with its possible send kept', () => {
    fc.assert(
      fc.property(anyUnconfirmed, anyEvidence, anyNow, (row, evidence, now) => {
        const { progress, sentAt } = decide(row, evidence, now);
        expect(['accepted', 'unconfirmed', 'waiting', 'needs_decision']).toContain(progress.state);
        expect(sentAt).not.toBeNull();
      }),
    );
  });

  test('[I1] a forced one never waits to be sent', () => {
    fc.assert(
      fc.property(anyUnconfirmed, anyEvidence, anyNow, (row, evidence, now) => {
        fc.pre(row.invitation.forceReason !== null);
        expect(decide(row, evidence, now).progress.state).not.toBe('waiting');
      }),
    );
  });

  test('[row 129] nothing is repeated within ten minutes', () => {
    fc.assert(
      fc.property(anyUnconfirmed, anyEvidence, anyNow, (row, evidence, now) => {
        fc.pre(now - ENDED < 10 * MINUTE_MS);
        expect(['accepted', 'unconfirmed']).toContain(decide(row, evidence, now).progress.state);
      }),
    );
  });
});

describe('the quarantine', () => {
  const late = ENDED + 3 * 60 * 60 * SECOND_MS;

  test('[row 25] [row 76] does not end for a clock that was set or a PC that slept: Deskbell must have been awake', () => {
    expect(decide(unconfirmed(), nothing, late, 10 * MINUTE_MS - 1).progress.state).toBe(
      'unconfirmed',
    );
    expect(decide(unconfirmed(), nothing, late, 10 * MINUTE_MS).progress.state).toBe('waiting');
  });

  test('delays no proof', () => {
    expect(decide(unconfirmed(), shown(BEGAN), late, 0).progress.state).toBe('accepted');
  });
});
