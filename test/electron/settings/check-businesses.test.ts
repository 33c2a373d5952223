import { expect, test } from 'vitest';
import { checkBusinesses } from '../../../electron/settings/check-businesses.ts';
import type { PartooAnswer, FoundBusiness, Partoo } from '../../../electron/outbox/partoo-port.ts';

type Query = Parameters<Partoo['searchBusinesses']>[0];
type Shop = FoundBusiness & { readonly hasBooster: boolean };

const shop = (id: string, change: Partial<Shop> = {}): Shop => ({
  id,
  name: `Shop ${id}`,
  isOnGoogle: true,
  hasBooster: true,
  ...change,
});
const asSet = ({ id, name }: Shop) => ({ id, name });

/** A Partoo with these businesses, ten per page. */
function aPartoo(shops: readonly Shop[], trouble?: PartooAnswer<never>) {
  const asked: Query[] = [];
  return {
    asked,
    searchBusinesses: async (query: Query) => {
      asked.push(query);
      if (trouble !== undefined && query.among === 'all') return trouble;
      const found = shops
        .filter(({ hasBooster }) => hasBooster || query.among === 'all')
        .filter(({ name }) => name.includes(query.text));
      const businesses = found.slice((query.page - 1) * 10, query.page * 10);
      const pages = Math.max(1, Math.ceil(found.length / 10));
      return { ok: true, value: { businesses, pages }, serverTime: undefined } as const;
    },
  };
}

test('classifies each business: ready, not on Google, without Review Booster, not found', async () => {
  const ready = shop('1');
  const away = shop('2', { isOnGoogle: false });
  const plain = shop('3', { hasBooster: false });
  const silent = shop('4', { isOnGoogle: undefined });
  const partoo = aPartoo([ready, away, plain, silent]);
  const foreign = shop('5');
  const set = [ready, away, plain, silent, foreign].map(asSet);
  expect(await checkBusinesses(partoo, set)).toEqual({
    kind: 'checked',
    businesses: [
      { ...asSet(ready), standing: 'ready' },
      { ...asSet(away), standing: 'no-google' },
      { ...asSet(plain), standing: 'no-review-booster' },
      { ...asSet(silent), standing: 'ready' },
      { ...asSet(foreign), standing: 'not-seen' },
    ],
  });
});

test('finds a business far down a long list by its name', async () => {
  const shops = Array.from({ length: 200 }, (_, at) => shop(String(at + 100)));
  const last = shops.slice(-1);
  const partoo = aPartoo(shops);
  const checked = await checkBusinesses(partoo, last.map(asSet));
  expect(checked).toMatchObject({ businesses: [{ standing: 'ready' }] });
  expect(partoo.asked).toHaveLength(4);
});

test('makes few requests, however many there are', async () => {
  const set = Array.from({ length: 5_000 }, (_, at) => asSet(shop(String(at))));
  const partoo = aPartoo(Array.from({ length: 100 }, (_, at) => shop(`x${at}`)));
  const checked = await checkBusinesses(partoo, set);
  expect(partoo.asked.length).toBeLessThan(20);
  expect(checked).toMatchObject({ kind: 'checked' });
});

test('makes no request without a business', async () => {
  const partoo = aPartoo([]);
  expect(await checkBusinesses(partoo, [])).toEqual({ kind: 'checked', businesses: [] });
  expect(partoo.asked).toEqual([]);
});

test('returns a failure as it is', async () => {
  const trouble = { kind: 'busy', pauseMs: 1_000 } as const;
  const partoo = aPartoo([], { ok: false, trouble, serverTime: undefined });
  expect(await checkBusinesses(partoo, [asSet(shop('1'))])).toEqual({ kind: 'trouble', trouble });
});
