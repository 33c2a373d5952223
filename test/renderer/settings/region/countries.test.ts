import { expect, test } from 'vitest';
import { listCountries } from '../../../../renderer/settings/region/countries.ts';

test('every country has a name, in alphabetical order', () => {
  const countries = listCountries('en');
  expect(countries.length).toBeGreaterThan(200);
  expect(countries).toContainEqual({ code: 'RE', name: 'Réunion' });
  const names = countries.map(({ name }) => name);
  expect(names).toEqual(names.toSorted(new Intl.Collator('en').compare));
});
