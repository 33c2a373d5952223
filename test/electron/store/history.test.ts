import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FinishedQuery } from '../../../electron/store/history.ts';
import type { Store } from '../../../electron/store/store.ts';
import { OPEN_STATES, STATES } from '../../../shared/invitation.ts';
import { A_PROGRESS, aPhone, aRow, mayHaveReached, NINE } from './a-row.ts';
import { newPath, open } from './a-store.ts';

/** Turns the pages from the newest to the oldest. */
function readAll(store: Store, limit: number) {
  const pages = [];
  let before: FinishedQuery['before'] = null;
  do {
    const page = store.listFinished({ before, limit });
    pages.push(page.invitations);
    before = page.next;
  } while (before !== null);
  return pages;
}

describe('the history', () => {
  test('is one empty page at first', () => {
    expect(readAll(open(newPath()), 10)).toEqual([[]]);
  });

  test('holds what is finished and nothing that is open', () => {
    const store = open(newPath());
    for (const [place, state] of STATES.entries()) {
      if (state === 'sending') continue;
      const sentAt = mayHaveReached(state) ? NINE : null;
      const changes = { phone: aPhone(place), queuedAt: NINE + place, sentAt };
      store.insertInvitation(aRow({ ...changes, progress: A_PROGRESS[state] }));
    }
    const states = readAll(store, 10)
      .flat()
      .map(({ progress }) => progress.state);
    const finished = STATES.filter((state) => !OPEN_STATES.some((one) => one === state));
    expect(states).toEqual(finished.toReversed());
  });

  test('has no page after one that is exactly full', () => {
    const store = open(newPath());
    for (const queuedAt of [NINE, NINE + 1])
      store.insertInvitation(aRow({ progress: A_PROGRESS.cancelled, queuedAt }));
    expect(store.listFinished({ before: null, limit: 2 }).next).toBeNull();
    expect(store.listFinished({ before: null, limit: 1 }).next).not.toBeNull();
  });

  test('gives each invitation once, newest first, however the pages are cut and many share an instant', () => {
    const instants = fc.array(fc.integer({ min: NINE, max: NINE + 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 5 }), (times, limit) => {
        const store = open(newPath());
        for (const queuedAt of times)
          store.insertInvitation(aRow({ progress: A_PROGRESS.cancelled, queuedAt }));
        const pages = readAll(store, limit);
        store.close();

        const all = pages.flat();
        expect(new Set(all.map(({ id }) => id)).size).toBe(times.length);
        expect(all.map(({ queuedAt }) => queuedAt)).toEqual(times.toSorted((a, b) => b - a));
        expect(pages.every((page) => page.length <= limit)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});
