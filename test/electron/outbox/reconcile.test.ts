import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reconcile as reconcileAfter } from '../../../electron/outbox/reconcile.ts';
import { NONE_LISTED, type WindowEvidence } from '../../../electron/outbox/decide.ts';
import type { Row } from '../../../electron/outbox/row.ts';
import { DAY_MS, SECOND_MS } from '../../../shared/time.ts';
import { aRow, NINE } from '../store/a-row.ts';
import { anyEvidence, REASON } from './arbitrary.ts';

/** When the unclear attempt ended, and the row became unconfirmed. */
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
const reconcile = (row: Row, evidence: WindowEvidence, now: number, awakeMs = now - ENDED) =>
  reconcileAfter(row, evidence, now, awakeMs);

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
    expect(reconcile(row, shown(BEGAN + SECOND_MS), ENDED + SECOND_MS)).toEqual({
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

  test('of another send does not', () => {
    const { progress } = reconcile(unconfirmed(), shown(BEGAN - DAY_MS), ENDED + SECOND_MS);
    expect(progress.state).toBe('unconfirmed');
  });

  test('that belongs to another invitation does not', () => {
    const evidence: WindowEvidence = {
      kind: 'sends',
      sends: [send(BEGAN)],
      unclaimed: [],
      elsewhere: NONE_LISTED,
    };
    expect(reconcile(unconfirmed(), evidence, ENDED + SECOND_MS).progress.state).toBe(
      'unconfirmed',
    );
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
    const { progress } = reconcile(unconfirmed(), undated, ENDED + SECOND_MS);
    expect(progress.state).toBe('unconfirmed');
  });

  test('is never followed by another one: a person decides', () => {
    const { progress } = reconcile(unconfirmed(), undated, ENDED + DAY_MS);
    expect(progress).toMatchObject({ state: 'needs_decision', why: 'unproved' });
  });

  test('of another invitation says nothing about this one', () => {
    const claimed = { ...undated, unclaimed: [] };
    const { progress } = reconcile(unconfirmed(), claimed, ENDED + DAY_MS);
    expect(progress.state).toBe('waiting');
  });
});

test('[row 128] what a part of the list proves is proved', () => {
  const evidence: WindowEvidence = {
    kind: 'some-sends',
    sends: [send(BEGAN)],
    unclaimed: [send(BEGAN)],
    elsewhere: NONE_LISTED,
  };
  const { progress } = reconcile(unconfirmed(), evidence, ENDED + SECOND_MS);
  expect(progress).toMatchObject({ state: 'accepted', evidence: 'search' });
});

describe('without evidence', () => {
  const after = (row: Row, ms: number, evidence: WindowEvidence = nothing) =>
    reconcile(row, evidence, ENDED + ms).progress;

  test.each([
    ['the search shows nothing', nothing],
    ['the search is down', noAnswer],
  ])(
    '[row 43] an unforced one is asked about for 120 s, then goes again: %s',
    (_title, evidence) => {
      const row = unconfirmed();
      expect(after(row, 5 * SECOND_MS, evidence)).toEqual({
        state: 'unconfirmed',
        at: ENDED,
        dueAt: ENDED + 35 * SECOND_MS,
      });
      expect(after(row, 120 * SECOND_MS - 1, evidence).state).toBe('unconfirmed');
      expect(after(row, 120 * SECOND_MS, evidence)).toEqual({
        state: 'waiting',
        at: ENDED + 120 * SECOND_MS,
        dueAt: ENDED + 120 * SECOND_MS,
      });
    },
  );

  test.each([
    ['the search shows nothing', nothing],
    ['the search is down', noAnswer],
  ])('[row 44] a forced one is never sent again, a person decides: %s', (_title, evidence) => {
    expect(after(forced, 119 * SECOND_MS, evidence).state).toBe('unconfirmed');
    expect(after(forced, 120 * SECOND_MS, evidence)).toEqual({
      state: 'needs_decision',
      at: ENDED + 120 * SECOND_MS,
      why: 'unproved',
    });
  });

  test('[row 43] after three unclear attempts a person decides', () => {
    const row = (unclearAttempts: number) => unconfirmed({ attempts: 5, unclearAttempts });
    expect(after(row(2), 120 * SECOND_MS).state).toBe('waiting');
    expect(after(row(3), 120 * SECOND_MS)).toMatchObject({ state: 'needs_decision' });
    expect(after(row(4), 120 * SECOND_MS)).toMatchObject({ state: 'needs_decision' });
  });

  test('[row 72] a clock that was set back begins the quarantine anew', () => {
    const back = ENDED - 365 * DAY_MS;
    expect(reconcile(unconfirmed(), nothing, back).progress).toEqual({
      state: 'unconfirmed',
      at: back,
      dueAt: back + 30 * SECOND_MS,
    });
  });
});

describe('whatever the log and Partoo say', () => {
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
        const { progress, sentAt } = reconcile(row, evidence, now);
        expect(['accepted', 'unconfirmed', 'waiting', 'needs_decision']).toContain(progress.state);
        expect(sentAt).not.toBeNull();
      }),
    );
  });

  test('[I1] a forced one never waits to be sent', () => {
    fc.assert(
      fc.property(anyUnconfirmed, anyEvidence, anyNow, (row, evidence, now) => {
        fc.pre(row.invitation.forceReason !== null);
        expect(reconcile(row, evidence, now).progress.state).not.toBe('waiting');
      }),
    );
  });

  test('nothing is repeated within 120 s', () => {
    fc.assert(
      fc.property(anyUnconfirmed, anyEvidence, anyNow, (row, evidence, now) => {
        fc.pre(now - ENDED < 120 * SECOND_MS);
        expect(['accepted', 'unconfirmed']).toContain(reconcile(row, evidence, now).progress.state);
      }),
    );
  });
});

describe('the quarantine', () => {
  const late = ENDED + 3 * 60 * 60 * SECOND_MS;

  test('[row 25] [row 76] is not over for a clock that was set or a PC that slept: Deskbell must have been awake', () => {
    expect(reconcile(unconfirmed(), nothing, late, 119 * SECOND_MS).progress.state).toBe(
      'unconfirmed',
    );
    expect(reconcile(unconfirmed(), nothing, late, 120 * SECOND_MS).progress.state).toBe('waiting');
  });

  test('keeps no proof waiting', () => {
    expect(reconcile(unconfirmed(), shown(BEGAN), late, 0).progress.state).toBe('accepted');
  });
});
