import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createIpcClient } from '../../../renderer/ipc/client.ts';
import { createHistoryLoader, type HistoryView } from '../../../renderer/history/load-history.ts';
import { EVERYTHING, type HistoryFilter } from '../../../shared/history-query.ts';
import type { Invitation } from '../../../shared/invitation.ts';
import { createFakeBridge } from '../fake-bridge.ts';
import { NOON, sampleInvitation } from '../samples.ts';

const accepted = { state: 'accepted', at: NOON, evidence: 'response', delivery: null } as const;
const finished = (minutesAgo: number, name = 'Marie') =>
  sampleInvitation({ name, queuedAt: NOON - minutesAgo * 60_000, progress: accepted });
const searchFor = (text: string): HistoryFilter => ({ ...EVERYTHING, text });
const NEXT = { queuedAt: NOON, seq: 7 };
const BUSY = { ok: false, failure: { kind: 'storage', why: 'busy' } };

type Page = { readonly invitations: readonly Invitation[]; readonly next: typeof NEXT | null };
const page = (invitations: readonly Invitation[], next: Page['next'] = null) => ({
  ok: true,
  value: { invitations, next },
});

/** A history whose replies the test gives, in any order. */
function openHistory() {
  const questions: ((answer: unknown) => Promise<void>)[] = [];
  const views: HistoryView[] = [];
  const { bridge, asked } = createFakeBridge({
    'history.list': () =>
      new Promise((resolve) => {
        questions.push(async (answer) => {
          resolve(answer);
          await settle();
        });
      }),
  });
  const pages = createHistoryLoader(
    createIpcClient(bridge, () => {}),
    (view) => views.push(view),
  );
  return {
    pages,
    asked,
    /** Replies to the nth request, counted from 1, once it was made. */
    answer: async (nth: number, answer: unknown): Promise<void> => {
      await vi.waitUntil(() => questions.length >= nth, { timeout: 60_000 });
      await questions[nth - 1]?.(answer);
    },
    names: () => views.at(-1)?.shown?.invitations.map(({ name }) => name) ?? null,
    failure: () => views.at(-1)?.failure ?? null,
  };
}

/** Runs everything that has its reply. */
const settle = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(0);
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('[row 231] a busy history', () => {
  test('is requested again after 1, 2 and 4 seconds, however often the list asks for more', async () => {
    const { pages, asked, answer, failure, names } = openHistory();
    pages.search(EVERYTHING);
    await answer(1, page([finished(1)], NEXT));
    pages.more();
    for (const [at, seconds] of [1, 2, 4].entries()) {
      await answer(at + 2, BUSY);
      expect(failure()).toEqual(BUSY.failure);
      for (let once = 0; once < 500; once += 1) pages.more();
      await vi.advanceTimersByTimeAsync(seconds * 1_000 - 1);
      expect(asked).toHaveLength(at + 2);
      await vi.advanceTimersByTimeAsync(1);
      expect(asked).toHaveLength(at + 3);
    }
    await answer(5, page([finished(2, 'Jean')]));
    expect(names()).toEqual(['Marie', 'Jean']);
    expect(failure()).toBeNull();
  });

  test('is requested at most every half minute, and no more once its screen is closed', async () => {
    const { pages, asked, answer } = openHistory();
    pages.search(EVERYTHING);
    for (let nth = 1; nth <= 8; nth += 1) {
      await answer(nth, BUSY);
      await vi.advanceTimersByTimeAsync(30_000);
      expect(asked).toHaveLength(nth + 1);
    }
    await answer(9, BUSY);
    pages.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(9);
  });

  test('hides the rows of the earlier search, and runs a new search at once', async () => {
    const { pages, answer, names, failure } = openHistory();
    pages.search(searchFor('marie'));
    await answer(1, page([finished(1)], NEXT));
    pages.search(searchFor('jean'));
    await answer(2, BUSY);
    expect(names()).toBeNull();
    pages.more();
    pages.search(searchFor('paul'));
    await answer(3, page([finished(1, 'Paul')]));
    expect(names()).toEqual(['Paul']);
    expect(failure()).toBeNull();
  });
});

describe('[row 231] a slow answer', () => {
  test.each(['more', 'change'] as const)('to %s of another search is dropped', async (what) => {
    const { pages, answer, names } = openHistory();
    pages.search(searchFor('marie'));
    await answer(1, page([finished(3)], NEXT));
    if (what === 'more') pages.more();
    else pages.change(finished(1, 'Marie too'));
    pages.search(searchFor('jean'));
    await answer(3, page([finished(5, 'Jean')]));
    await answer(2, page([finished(4, 'Marie again')]));
    expect(names()).toEqual(['Jean']);
  });

  test('read before a change is requested again', async () => {
    const { pages, answer, names } = openHistory();
    pages.search(EVERYTHING);
    const [newer, older] = [finished(1, 'Newer'), finished(2, 'Older')];
    pages.change(newer);
    await answer(1, page([older]));
    await answer(2, page([newer, older]));
    expect(names()).toEqual(['Newer', 'Older']);
  });

  test('to the first search, after that of a later one, is dropped', async () => {
    const { pages, answer, names } = openHistory();
    pages.search(searchFor('marie'));
    pages.search(searchFor('jean'));
    await answer(2, page([finished(5, 'Jean')]));
    await answer(1, page([finished(3)]));
    expect(names()).toEqual(['Jean']);
  });
});
