import { expect, test } from 'vitest';
import { aPhone, NINE } from '../../../support/builders/row.ts';
import { newPath, open } from '../../../support/builders/store.ts';

test('finds a number on the list, since when it was first added', () => {
  const path = newPath();
  const store = open(path);
  expect(store.findDoNotContact(aPhone(0))).toBeUndefined();
  store.addDoNotContact({ phone: aPhone(0), since: NINE, staff: 'Léa' });
  store.addDoNotContact({ phone: aPhone(0), since: NINE + 1, staff: null });
  store.close();

  const reopened = open(path);
  expect(reopened.findDoNotContact(aPhone(0))).toBe(NINE);
  expect(reopened.findDoNotContact(aPhone(1))).toBeUndefined();
});

test('removes an accidental entry, and keeps an older one', () => {
  const store = open(newPath());
  store.addDoNotContact({ phone: aPhone(0), since: NINE, staff: null });
  store.undoAddDoNotContact({ phone: aPhone(0), since: NINE + 1 });
  expect(store.findDoNotContact(aPhone(0))).toBe(NINE);
  store.undoAddDoNotContact({ phone: aPhone(0), since: NINE });
  expect(store.findDoNotContact(aPhone(0))).toBeUndefined();
});
