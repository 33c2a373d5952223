import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../../electron/store/store.ts';
import { EVERYTHING } from '../../../shared/history.ts';
import { DAY_MS } from '../../../shared/time.ts';
import { A_PROGRESS, aDecision, aPhone, aRow, mayHaveReached, NINE, UNCLEAR } from './a-row.ts';
import { newPath, open } from './a-store.ts';
import { bundle, linesOf, run } from './in-a-process.ts';

const CANARY = { phone: aPhone(77), name: 'Canary Zwirbel' };
/** The number and the name as they could stand in a file, in any spelling and in pieces of the search. */
const TRACES = ['639980077', 'Canary', 'Zwirbel', 'irb'];

function tracesIn(path: string): readonly string[] {
  const files = [path, `${path}-wal`].filter(existsSync);
  const bytes = files.map((file) => readFileSync(file, 'latin1')).join('');
  return TRACES.filter((trace) => bytes.includes(trace));
}

/** Others' invitations around the customer's own, in each state that they can have. */
function fill(store: Store): void {
  for (let turn = 0; turn < 40; turn += 1) {
    const progress = A_PROGRESS.cancelled;
    store.insertInvitation(aRow({ phone: aPhone(turn), queuedAt: NINE - turn, progress }));
  }
  for (const progress of Object.values(A_PROGRESS)) {
    if (progress.state === 'sending' || progress.state === 'waiting') continue;
    const sentAt = mayHaveReached(progress.state) ? NINE : null;
    const forceReason = 'Asked';
    store.insertInvitation(
      aRow({ ...CANARY, progress, sentAt, forceReason, seenSentAt: NINE - 1 }),
    );
  }
  const tried = aRow(CANARY);
  store.insertInvitation({ ...tried, invitation: { ...tried.invitation, forceReason: 'Asked' } });
  const { id } = tried.invitation;
  store.claim(id, NINE);
  store.recordAttempt(id, { endedAt: NINE, outcome: UNCLEAR }, aDecision(A_PROGRESS.unconfirmed));
}

const erase = (store: Store, refusal: 'kept' | 'forgotten' = 'forgotten') =>
  store.eraseCustomer(CANARY.phone, { now: NINE, refusal });

const DAY = [NINE - DAY_MS, NINE + DAY_MS] as const;

describe('a customer who is erased', () => {
  test('is in no file of the log any more, and counts all the same', () => {
    const path = newPath();
    const store = open(path);
    fill(store);
    const before = store.tallyBetween(DAY);
    expect(tracesIn(path)).toEqual(TRACES);
    expect(erase(store)).toEqual({ kind: 'erased', invitations: 9 });
    expect(tracesIn(path)).toEqual([]);
    expect(store.tallyBetween(DAY)).toEqual(before);
    expect(before).toMatchObject([{ accepted: 1 }]);
    expect(store.countOpen()).toBe(0);
    for (const text of ['639980077', 'zwirbel', 'ca'])
      expect(
        store.listFinished({ filter: { ...EVERYTHING, text }, before: null, limit: 9 }),
      ).toEqual({ invitations: [], next: null });
    expect(store.listFinished({ before: null, limit: 50 }).invitations).toHaveLength(40);
  });

  test('is not erased while an SMS is leaving: nothing changes', () => {
    const store = open(newPath());
    const row = aRow(CANARY);
    store.insertInvitation(row);
    store.claim(row.invitation.id, NINE);
    expect(erase(store)).toEqual({ kind: 'sending' });
    expect(store.readRow(row.invitation.id)?.invitation.progress.state).toBe('sending');
  });

  test('leaves the list of those who want no SMS only when a person says so', () => {
    const store = open(newPath());
    store.addDoNotContact({ phone: CANARY.phone, since: NINE, staff: null });
    store.eraseCustomer(CANARY.phone, { now: NINE + 5, refusal: 'kept' });
    expect(store.findDoNotContact(CANARY.phone)).toBe(NINE);
    erase(store);
    expect(store.findDoNotContact(CANARY.phone)).toBeUndefined();
    erase(store, 'kept');
    expect(store.findDoNotContact(CANARY.phone)).toBe(NINE);
  });

  test.each([
    ['an update left behind', 'before-v3'],
    ['was set aside because it is damaged', 'corrupt-2026-11-23T09-00-00-000Z'],
    ['was set aside, with its journal', 'corrupt-2026-11-23T09-00-00-000Z-wal'],
  ])('is in no copy that %s', (_, ending) => {
    const path = newPath();
    const store = open(path);
    fill(store);
    const copy = `${path}.${ending}`;
    writeFileSync(copy, CANARY.name);
    store.dropCopiesBefore(NINE - 400 * DAY_MS);
    expect(existsSync(copy)).toBe(true);
    erase(store);
    expect(existsSync(copy)).toBe(false);
  });

  test('whom nobody knows is erased all the same', () => {
    expect(erase(open(newPath()))).toEqual({ kind: 'erased', invitations: 0 });
  });
});

describe('what is old enough', () => {
  test('goes, the oldest first and in parts; what is newer or open stays', () => {
    const path = newPath();
    const store = open(path);
    for (const [at, days] of [50, 40, 30, 20].entries()) {
      const queuedAt = NINE - days * DAY_MS;
      const progress = { state: 'cancelled', at: queuedAt + 1 } as const;
      store.insertInvitation(aRow({ phone: aPhone(at), name: `Old${days}`, queuedAt, progress }));
    }
    store.insertInvitation(aRow({ phone: aPhone(9), queuedAt: NINE - 60 * DAY_MS }));
    const before = NINE - 25 * DAY_MS;
    expect(store.purgeFinished({ before, limit: 2 })).toBe(2);
    expect(store.purgeFinished({ before, limit: 2 })).toBe(1);
    expect(store.purgeFinished({ before, limit: 2 })).toBe(0);
    store.wipeJournal();
    expect(store.listFinished({ before: null, limit: 9 }).invitations).toMatchObject([
      { name: 'Old20' },
    ]);
    expect(store.countOpen()).toBe(1);
    expect(readFileSync(path, 'latin1')).not.toMatch(/Old[345]0/);
  });

  test('stays while it ended only lately', () => {
    const store = open(newPath());
    store.insertInvitation(
      aRow({ queuedAt: NINE - 50 * DAY_MS, progress: { state: 'cancelled', at: NINE } }),
    );
    expect(store.purgeFinished({ before: NINE - 25 * DAY_MS, limit: 9 })).toBe(0);
  });
});

describe('a process that is killed while it erases', () => {
  let eraser: Awaited<ReturnType<typeof bundle>>;
  beforeAll(async () => {
    eraser = await bundle('./erase-process.ts');
  });
  afterAll(() => eraser.remove());

  test.each(['before', 'within', 'after'])(
    '%s the transaction: doing it again completes it (row 8)',
    async (moment) => {
      const path = newPath();
      const first = open(path);
      fill(first);
      first.close();
      const child = run(eraser.path, [path, moment, CANARY.phone]);
      await linesOf(child);
      const store = open(path);
      erase(store);
      expect(tracesIn(path)).toEqual([]);
      expect(store.listFinished({ before: null, limit: 50 }).invitations).toHaveLength(40);
    },
  );
});
