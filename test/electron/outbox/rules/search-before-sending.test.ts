import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NONE_LISTED, type WindowEvidence } from '../../../../electron/outbox/rules/evidence.ts';
import {
  judgeSearch,
  mustSearchFirst,
} from '../../../../electron/outbox/rules/search-before-sending.ts';
import type { Row } from '../../../../electron/outbox/store-port.ts';
import type { DataGap } from '../../../../shared/data-gap.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/time.ts';
import { WINDOW_MS } from '../../../../shared/resend-window.ts';
import { aRow, NINE } from '../../../support/builders/row.ts';
import { aCourier, no, yes } from '../../../support/builders/courier.ts';

const GAP: DataGap = { why: 'damaged', from: NINE - DAY_MS, to: NINE, dated: 'by-partoo' };
const FORCED = aRow({ forceReason: 'Lost it', seenSentAt: NINE - DAY_MS });
const DOUBTED = aRow({
  attempts: 1,
  lastAttemptAt: NINE,
  unclearAttempts: 1,
  unclearSince: NINE - DAY_MS,
  sentAt: NINE,
});
const shown = (...sentAt: readonly (number | null)[]): WindowEvidence => {
  const sends = sentAt.map((at) => ({ id: `p-${at}`, sentAt: at, by: 'Léa' }));
  return { kind: 'sends', sends, unclaimed: sends, elsewhere: NONE_LISTED };
};
const partly = (...sentAt: readonly (number | null)[]): WindowEvidence => {
  const sends = sentAt.map((at) => ({ id: `p-${at}`, sentAt: at, by: 'Léa' }));
  return { kind: 'some-sends', sends, unclaimed: sends, elsewhere: NONE_LISTED };
};

describe('[row 103] searching Partoo before a send', () => {
  test('always for a forced one, for others while the database may have missed a send', () => {
    expect(mustSearchFirst(FORCED, undefined, NINE)).toBe(true);
    expect(mustSearchFirst(aRow(), undefined, NINE)).toBe(false);
    expect(mustSearchFirst(aRow(), GAP, NINE)).toBe(true);
    expect(mustSearchFirst(aRow(), GAP, NINE + WINDOW_MS - 1)).toBe(true);
    expect(mustSearchFirst(aRow(), GAP, NINE + WINDOW_MS)).toBe(false);
  });

  test('sends only when the search proves that nothing was sent', () => {
    expect(judgeSearch(aRow(), shown(), NINE)).toEqual({ kind: 'send' });
    expect(judgeSearch(aRow(), { kind: 'no-answer' }, NINE)).toEqual({ kind: 'no-answer' });
    expect(judgeSearch(aRow(), { kind: 'not-asked' }, NINE)).toEqual({ kind: 'no-answer' });
  });

  test('an SMS in the resend window asks a person, with its time', () => {
    expect(judgeSearch(aRow(), shown(NINE - HOUR_MS, NINE - DAY_MS), NINE)).toMatchObject({
      kind: 'not-now',
      decision: { progress: { state: 'needs_decision', why: 'window' }, sentAt: NINE - HOUR_MS },
    });
    expect(judgeSearch(aRow(), shown(NINE - WINDOW_MS), NINE)).toEqual({ kind: 'send' });
  });

  test('an SMS that this invitation may have sent proves it', () => {
    const id = `p-${NINE - HOUR_MS}`;
    expect(judgeSearch(DOUBTED, shown(NINE - HOUR_MS), NINE)).toMatchObject({
      kind: 'not-now',
      decision: { progress: { state: 'accepted', evidence: 'search' }, partooId: id },
    });
  });

  test('[row 123] an SMS for another business asks a person too, and never proves this invitation', () => {
    const elsewhere = (at: number): WindowEvidence => {
      const sends = [{ id: `p-${at}`, sentAt: at, by: 'Léa', businessId: 'another' }];
      return { kind: 'sends', ...NONE_LISTED, elsewhere: { sends, unclaimed: sends } };
    };
    for (const row of [aRow(), DOUBTED, FORCED]) {
      expect(judgeSearch(row, elsewhere(NINE - HOUR_MS), NINE)).toMatchObject({
        kind: 'not-now',
        decision: { progress: { state: 'needs_decision', why: 'window' } },
      });
      expect(judgeSearch(row, elsewhere(NINE - WINDOW_MS), NINE)).toEqual({ kind: 'send' });
    }
  });

  test('a forced one is sent only past the SMS that the person saw', () => {
    expect(judgeSearch(FORCED, shown(NINE - DAY_MS), NINE)).toEqual({ kind: 'send' });
    expect(judgeSearch(FORCED, shown(NINE - HOUR_MS), NINE)).toMatchObject({ kind: 'not-now' });
  });

  test('[row 141] an SMS without a time stops every invitation, and proves none', () => {
    for (const row of [aRow(), DOUBTED, FORCED]) {
      expect(judgeSearch(row, shown(null), NINE)).toMatchObject({
        decision: { progress: { state: 'needs_decision', why: 'window' }, sentAt: NINE },
      });
    }
  });

  test('[row 141] an SMS without a time that the person was shown within the hour lets a forced one be sent', () => {
    const again = aRow({ forceReason: 'Lost it', seenSentAt: NINE - HOUR_MS });
    expect(judgeSearch(again, shown(null), NINE)).toEqual({ kind: 'send' });
    expect(judgeSearch(again, shown(null), NINE + 1)).toMatchObject({ kind: 'not-now' });
  });

  describe('[row 202] the SMS that the person saw is one SMS of one business', () => {
    const SEEN = NINE - DAY_MS;
    const OWN = FORCED.invitation.businessId;
    const saw = (seenBusinessId: string | null) => ({ ...FORCED, seenBusinessId });
    const sms = (at: number | null, id = 'p') => ({ id, sentAt: at, by: 'Léa' });
    type Sms = ReturnType<typeof sms>;
    const listed = (
      own: readonly Sms[],
      other: readonly Sms[] = [],
      claimed: readonly string[] = [],
    ): WindowEvidence => {
      const unclaimed = <S extends Sms>(all: readonly S[]) =>
        all.filter(({ id }) => !claimed.includes(id));
      const elsewhere = other.map((send) => ({ ...send, businessId: 'another' }));
      return {
        kind: 'sends',
        sends: own,
        unclaimed: unclaimed(own),
        elsewhere: { sends: elsewhere, unclaimed: unclaimed(elsewhere) },
      };
    };
    const kindOf = (row: Row, evidence: WindowEvidence) => judgeSearch(row, evidence, NINE).kind;
    const near = sms(SEEN + MINUTE_MS);

    test('one for another business at about the same time is a new one', () => {
      expect(kindOf(saw(OWN), listed([], [near]))).toBe('not-now');
      expect(kindOf(saw('another'), listed([near]))).toBe('not-now');
    });

    test('one of its own business at about the same time is the same one', () => {
      expect(kindOf(saw(OWN), listed([near]))).toBe('send');
      expect(kindOf(saw('another'), listed([], [near]))).toBe('send');
    });

    test('with an unknown business, one is the same and a second is new', () => {
      expect(kindOf(saw(null), listed([near]))).toBe('send');
      expect(kindOf(saw(null), listed([], [near]))).toBe('send');
      const exact = sms(SEEN, 'exact');
      expect(kindOf(saw(null), listed([exact], [near]))).toBe('not-now');
      expect(kindOf(saw(null), listed([near], [exact]))).toBe('not-now');
    });

    test('one that this desk has sent is the same one, and a second is new', () => {
      expect(kindOf(saw(OWN), listed([near, sms(SEEN, 'ours')], [], ['ours']))).toBe('not-now');
      expect(kindOf(saw(OWN), listed([sms(SEEN, 'ours')], [], ['ours']))).toBe('send');
    });

    test('ignores an older one, from this desk or another', () => {
      const older = sms(SEEN - MINUTE_MS);
      expect(kindOf(saw(OWN), listed([older], [older]))).toBe('send');
    });

    test('one without a time for another business is new', () => {
      const row = { ...saw(OWN), seenSentAt: NINE - MINUTE_MS };
      expect(kindOf(row, listed([sms(null)]))).toBe('send');
      expect(kindOf(row, listed([], [sms(null)]))).toBe('not-now');
      expect(kindOf({ ...row, seenBusinessId: null }, listed([], [sms(null)]))).toBe('send');
    });
  });

  test('[row 128] a partial list can stop an invitation, and never lets one be sent', () => {
    expect(judgeSearch(aRow(), partly(NINE - HOUR_MS), NINE)).toMatchObject({ kind: 'not-now' });
    expect(judgeSearch(FORCED, partly(NINE - HOUR_MS), NINE)).toMatchObject({ kind: 'not-now' });
    expect(judgeSearch(aRow(), partly(NINE - WINDOW_MS), NINE)).toEqual({ kind: 'no-answer' });
    expect(judgeSearch(FORCED, partly(NINE - DAY_MS), NINE)).toEqual({ kind: 'no-answer' });
  });

  test('nothing is sent unforced while any SMS is less than ten days old', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: NINE - 2 * WINDOW_MS, max: NINE })),
        fc.constantFrom(aRow(), DOUBTED),
        (sentAt, row) => {
          const looked = judgeSearch(row, shown(...sentAt.toSorted((a, b) => b - a)), NINE);
          const isRecent = sentAt.some((at) => NINE - at < WINDOW_MS);
          expect(looked.kind).toBe(isRecent ? 'not-now' : 'send');
        },
      ),
    );
  });
});

describe('while the database is incomplete', () => {
  const aGap = () => {
    const world = aCourier();
    world.store.doubt({ why: 'damaged', from: NINE - DAY_MS, to: NINE });
    world.vendor.probe = () => ({ ...yes('reachable' as const), serverTime: world.clock.now() });
    return world;
  };

  test('[row 103] an invitation waits as long as Partoo returns no list', async () => {
    const { vendor, insert, wake, clock, count, state } = aGap();
    vendor.search = () => no({ kind: 'unreachable', cause: 'timeout' });
    const row = aRow();
    insert(row);
    await wake();
    await clock.advance(6 * HOUR_MS);
    expect(count('send')).toBe(0);
    expect(state(row)).toBe('waiting');
    vendor.search = () => yes([]);
    await clock.advance(10 * MINUTE_MS);
    expect(state(row)).toBe('accepted');
    expect(count('send')).toBe(1);
  });

  test('[row 103] an invitation already sent elsewhere waits for a person', async () => {
    const { vendor, insert, wake, count, state } = aGap();
    vendor.search = () => yes([{ id: 'p', sentAt: NINE - HOUR_MS, by: 'Léa' }]);
    const row = aRow();
    insert(row);
    await wake();
    expect(count('send')).toBe(0);
    expect(state(row)).toBe('needs_decision');
  });

  test('[row 103] the gap ends after ten days of Partoo’s time; then the database is enough', async () => {
    const { vendor, insert, wake, clock, count } = aGap();
    const first = aRow();
    insert(first);
    await wake();
    expect(count('search')).toBe(1);
    clock.jump(WINDOW_MS);
    vendor.probe = () => ({ ...yes('reachable' as const), serverTime: clock.now() });
    insert(aRow({ phone: first.invitation.phone, queuedAt: clock.now() + 1 }));
    await wake('person');
    await clock.advance(MINUTE_MS);
    expect(count('send')).toBe(2);
    expect(count('search')).toBe(1);
  });
});

describe('[row 63] a database from another PC', () => {
  test('sends nothing, whatever a person presses', async () => {
    let belongs = false;
    const world = aCourier({ belongsHere: () => belongs });
    const row = aRow();
    world.insert(row);
    await world.wake('person');
    await world.clock.advance(DAY_MS);
    await world.wake('person');
    expect(world.count('probe')).toBe(0);
    expect(world.connections.at(-1)).toEqual({ kind: 'other-pc' });
    belongs = true;
    await world.wake('person');
    expect(world.state(row)).toBe('accepted');
  });
});
