import type { ErasureProgress } from '../../shared/other-desks.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import { DAY_MS, type EpochMs } from '../../shared/time.ts';
import type { SiteKeys } from '../site/site-keys.ts';
import type { Store } from '../store/store.ts';
import type { ErasureToApply } from '../store/tables/site-feed.ts';
import type { SiteCalls } from './site-calls.ts';

/** How long a given order is kept: a site database that is restored from a backup has forgotten it. */
const KEPT_MS = 60 * DAY_MS;

/** How many orders one call may ask about. */
const ASKED = 50;

/** How many numbers are compared before other work has its turn: some milliseconds. */
const PAGE = 500;

/** What this desk keeps of its orders. */
export type ErasureStore = Pick<Store, 'listErasuresUnderWay' | 'keepErasureDone'>;

export type ErasureParts = {
  readonly calls: Pick<SiteCalls, 'call'>;
  readonly store: Store;
  readonly now: () => EpochMs;
  /** Erases what this desk saved about a number before an instant; `later`: an SMS is being sent. */
  readonly erase: (phone: E164, savedBefore: EpochMs) => 'erased' | 'later';
  readonly reportBug: (error: unknown) => unknown;
};

/** Erases the customers that other desks have erased. Finds them by their keys: the site database has no numbers. */
export async function applyErasures(parts: ErasureParts, keys: SiteKeys): Promise<void> {
  const { store } = parts;
  const orders = new Map(store.listErasuresToApply().map((order) => [order.key, order]));
  if (orders.size === 0) return;
  const found: { readonly phone: E164; readonly order: ErasureToApply }[] = [];
  for (let phones = store.listPhones('', PAGE); phones.length > 0;) {
    for (const phone of phones) {
      const order = orders.get(keys.numberKey(phone));
      if (order !== undefined) found.push({ phone, order });
    }
    await new Promise((resolve) => void setImmediate(resolve));
    phones = store.listPhones(phones.at(-1) ?? '', PAGE);
  }
  /** An order that fails is tried again with the next hello, and keeps this desk from nothing else. */
  const erase = (phone: E164, before: EpochMs): 'erased' | 'later' => {
    try {
      return parts.erase(phone, before);
    } catch (error) {
      parts.reportBug(error);
      return 'later';
    }
  };
  const late = new Set(
    found
      .filter(({ phone, order }) => erase(phone, order.before) === 'later')
      .map(({ order }) => order.key),
  );
  for (const order of orders.values()) if (!late.has(order.key)) store.dropErasureToApply(order);
}

/** Orders the erasures of this desk at all others. An order that is refused for now is given again with the next hello. */
export async function pushErasures({
  calls,
  store,
  now,
}: ErasureParts): Promise<'done' | 'no-answer'> {
  store.dropErasures(now() - KEPT_MS);
  for (const erasure of store.listErasuresToGive()) {
    const { key, at, forgetsRefusal } = erasure;
    const answer = await calls.call((database) =>
      database.erase({ key, now: now(), before: at, forgetsRefusal }),
    );
    if (answer === undefined) return 'no-answer';
    if (answer.is === 'erased') store.keepErasureGiven(erasure, answer.seq);
  }
  return 'done';
}

/**
 * Reads how far the orders of this desk have got, the latest first; without those that every desk has, and without the given ones
 * while the site database does not answer.
 */
export async function readErasures(
  { calls, store }: Pick<ErasureParts, 'calls'> & { readonly store: ErasureStore },
  isReached: () => boolean,
): Promise<readonly ErasureProgress[]> {
  const seqs = store.listErasuresUnderWay(ASKED).flatMap(({ seq }) => seq ?? []);
  const answer =
    seqs.length === 0 ? undefined : await calls.call((database) => database.erasureProgress(seqs));
  const orders = new Map(answer?.orders.map((order) => [order.seq, order]));
  for (const { seq, done, desks } of orders.values()) if (done >= desks) store.keepErasureDone(seq);
  return store.listErasuresUnderWay(ASKED).flatMap(({ at, seq }): readonly ErasureProgress[] => {
    if (seq === null) return [{ kind: 'not-given', at, isReached: isReached() }];
    const order = orders.get(seq);
    if (order === undefined) return [];
    const { done, desks, missing } = order;
    return [{ kind: 'given', at, done, desks, missing }];
  });
}
