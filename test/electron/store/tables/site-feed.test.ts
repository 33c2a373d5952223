import { describe, expect, test } from 'vitest';
import { e164Schema } from '../../../../shared/phone/e164.ts';
import { NINE } from '../../../support/builders/row.ts';
import { newPath, open } from '../../../support/builders/store.ts';

const KEY = '00000000-0000-4000-8000-000000000001';

/** A database of a desk that has joined. */
function joined() {
  const store = open(newPath());
  store.beginSharing('site database 10.0.0.1:5432/deskbell 0123');
  return store;
}

describe('[row 297] a second order to erase the same customer', () => {
  const first = { key: KEY, at: NINE, forgetsRefusal: true };

  test('that keeps the refusal does not forget it because of the first', () => {
    const store = joined();
    store.addErasure(first);
    store.keepErasureGiven(first, 7);
    store.addErasure({ key: KEY, at: NINE + 5, forgetsRefusal: false });
    expect(store.listErasuresToGive()).toEqual([{ key: KEY, at: NINE + 5, forgetsRefusal: false }]);
  });

  test('that is taken back leaves the first one as it was', () => {
    const store = joined();
    store.addErasure(first);
    store.addErasure({ key: KEY, at: NINE + 5, forgetsRefusal: false })();
    expect(store.listErasuresToGive()).toEqual([first]);
    store.keepErasureGiven(first, 7);
    store.addErasure({ key: KEY, at: NINE + 5, forgetsRefusal: false })();
    expect(store.listErasuresToGive()).toEqual([]);
    store.dropErasures(NINE + 1);
    store.addErasure({ key: KEY, at: NINE + 6, forgetsRefusal: true })();
    expect(store.listErasuresToGive()).toEqual([]);
  });
});

describe('the refusals that only other desks have', () => {
  const own = e164Schema.parse('+33639980001');
  const feed = (entries: readonly number[]) => ({
    entries: entries.map((entry) => ({ kind: 'refusal', entry, hint: entry }) as const),
    pulled: 9,
    clearedTo: 0,
    isFirst: false,
  });

  test('are all hints but those of this desk', () => {
    const store = joined();
    store.applyFeed(feed([1, 2]));
    expect(store.countRefusalsElsewhere()).toBe(2);
    store.addDoNotContact({ phone: own, since: NINE, staff: null });
    expect(store.countRefusalsElsewhere()).toBe(2);
    const shared = store.listUnsharedRefusals('added', 1);
    store.keepShared({ invitations: [], refusals: shared, pushed: 1 });
    store.applyFeed(feed([3]));
    expect(store.countRefusalsElsewhere()).toBe(2);
    store.removeDoNotContact(own);
    store.markRemovedRefusal(own);
    expect(store.countRefusalsElsewhere()).toBe(2);
  });

  test('are never fewer than none, also at a desk that shares nothing', () => {
    const store = open(newPath());
    store.addDoNotContact({ phone: own, since: NINE, staff: null });
    expect(store.countRefusalsElsewhere()).toBe(0);
  });
});

describe('the orders to erase that are under way', () => {
  const order = (nth: number, at: number) => ({
    key: `key ${nth}`,
    at,
    forgetsRefusal: false,
  });

  test('are the latest ones, with their position once they were given, until every desk has them', () => {
    const store = joined();
    const [first, second] = [order(1, NINE), order(2, NINE + 5)];
    store.addErasure(first);
    store.addErasure(second);
    store.keepErasureGiven(first, 7);
    expect(store.listErasuresUnderWay(50)).toEqual([
      { at: NINE + 5, seq: null },
      { at: NINE, seq: 7 },
    ]);
    expect(store.listErasuresUnderWay(1)).toEqual([{ at: NINE + 5, seq: null }]);
    store.keepErasureDone(7);
    expect(store.listErasuresUnderWay(50)).toEqual([{ at: NINE + 5, seq: null }]);
  });

  test('begin again when the customer is erased again, and go on when that is taken back', () => {
    const store = joined();
    store.addErasure(order(1, NINE));
    store.keepErasureGiven(order(1, NINE), 7);
    const takeBack = store.addErasure(order(1, NINE + 5));
    expect(store.listErasuresUnderWay(50)).toEqual([{ at: NINE + 5, seq: null }]);
    takeBack();
    expect(store.listErasuresUnderWay(50)).toEqual([{ at: NINE, seq: 7 }]);
  });

  test('are not given any more after the site database was restored', () => {
    const store = joined();
    store.addErasure(order(1, NINE));
    store.keepErasureGiven(order(1, NINE), 7);
    store.markEverything({ epoch: 2, change: 0, sentAfter: NINE });
    expect(store.listErasuresUnderWay(50)).toEqual([{ at: NINE, seq: null }]);
    store.keepErasureDone(7);
    expect(store.listErasuresUnderWay(50)).toEqual([{ at: NINE, seq: null }]);
  });
});
