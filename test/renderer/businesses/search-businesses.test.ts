import { expect, test } from 'vitest';
import { createBusinessSearch } from '../../../renderer/businesses/search-businesses.ts';

const HOTELS = [
  { id: 'a1', name: 'Hôtel de la Gare, Lyon' },
  { id: 'a2', name: 'Hôtel du Port, Marseille' },
  { id: 'b7', name: 'Brasserie de Lyon' },
];
const find = createBusinessSearch(HOTELS);

test.each([
  ['', ['a1', 'a2', 'b7']],
  ['lyon', ['a1', 'b7']],
  ['HOTEL lyon', ['a1']],
  ['lyon hôtel', ['a1']],
  ['b7', ['b7']],
  ['Paris', []],
])('%j finds %j', (typed, ids) => {
  expect(find(typed).map(({ id }) => id)).toEqual(ids);
});
